import io
import json
from pathlib import Path
from typing import Any

import pytest

from qa.cli import main

Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("library")
_ROWS: list[dict[str, Any]] = [
    {"qid": "b", "question": "海外仓有扶持吗"},
    {"qid": "a", "question": "第28条"},
    {"qid": None, "question": "今天天气怎么样"},
    {"question": "海外仓有扶持吗"},
    {"qid": 7, "question": ""},
]


def _lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _assert_answered(output: str) -> None:
    answers = [json.loads(line) for line in output.splitlines()]
    assert [a["qid"] for a in answers] == ["b", "a", None, None, "7"]
    assert [a["question"] for a in answers] == [row["question"] for row in _ROWS]
    assert {**answers[0], "qid": None} == answers[3]
    assert answers[4]["status"] == "invalid"


def test_a_file_is_answered_line_by_line_in_order(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(_lines(_ROWS), "utf-8")
    assert main(["ask", "--batch", str(file)]) == 0
    _assert_answered(capsys.readouterr().out)


def test_blank_lines_and_a_byte_order_mark_are_skipped(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(_lines(_ROWS).replace("\n", "\r\n\r\n"), "utf-8-sig")
    assert main(["ask", "--batch", str(file)]) == 0
    _assert_answered(capsys.readouterr().out)


def test_standard_input_is_answered(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(_lines(_ROWS)))
    assert main(["ask", "--batch", "-"]) == 0
    _assert_answered(capsys.readouterr().out)


@pytest.mark.parametrize(
    "line", ["{", "[]", '"补贴"', "1", "{}", '{"question": 1}', '{"question": null}', "补贴吗"]
)
def test_a_malformed_line_ends_with_2_and_is_named(
    tmp_path: Path, capsys: Output, line: str
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(_lines(_ROWS[:2]) + line + "\n", "utf-8")
    assert main(["ask", "--batch", str(file)]) == 2
    output = capsys.readouterr()
    assert output.err.startswith(f"huiwen: {file}, line 3: ")
    assert output.out == ""


def test_a_malformed_line_of_standard_input_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n{\n"))
    assert main(["ask", "--batch", "-"]) == 2
    assert "standard input, line 2" in capsys.readouterr().err


def test_a_missing_file_ends_with_2_and_is_named(tmp_path: Path, capsys: Output) -> None:
    assert main(["ask", "--batch", str(tmp_path / "none.jsonl")]) == 2
    assert f"huiwen: {tmp_path / 'none.jsonl'}: not found" in capsys.readouterr().err


def test_what_is_no_text_file_ends_with_2_and_is_named(tmp_path: Path, capsys: Output) -> None:
    assert main(["ask", "--batch", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    binary = tmp_path / "questions.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    assert main(["ask", "--batch", str(binary)]) == 2
    assert "not a UTF-8 text file" in capsys.readouterr().err


def test_an_empty_file_has_no_answers(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("", "utf-8")
    assert main(["ask", "--batch", str(file)]) == 0
    assert capsys.readouterr().out == ""


def test_filters_hold_for_every_line(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(_lines(_ROWS[:2]), "utf-8")
    assert main(["ask", "--batch", str(file), "--year", "2023", "--as-of", "2023-06-30"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {c["document_id"] for a in answers for c in a["citations"]} == {"leqing-2023"}
    assert {a["as_of"] for a in answers} == {"2023-06-30"}


def test_a_question_may_hold_what_no_terminal_shows(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "海外仓\\u0000有\\ud800扶持吗"}\n', "utf-8")
    assert main(["ask", "--batch", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "海外仓有扶持吗"


def test_a_qid_may_hold_what_no_terminal_shows(tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"qid": "题\\u2028一", "question": "海外仓有扶持吗"}\n', "utf-8")
    assert main(["ask", "--batch", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["qid"] == "题\u2028一"
