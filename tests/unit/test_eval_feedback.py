import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import MissingFileError, UsageError
from eval.cli import main
from eval.feedback import STUBS, write_stubs
from eval.questions import load_questions
from tests.support import D24


def _row(question: str, verdict: str = "up", **more: object) -> dict[str, object]:
    return {
        "verdict": verdict, "question": question, "measure_id": f"{D24}:28",
        "status": "answered", "text": "", **more,
    }  # fmt: skip


def _write(path: Path, *rows: dict[str, object] | str) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _stubs(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / STUBS).read_text("utf-8").splitlines()]


def test_useful_answers_become_labels_and_others_are_to_be_reviewed(tmp_path: Path) -> None:
    feedback = _write(
        tmp_path / "f.jsonl",
        _row("小升规奖多少"),
        _row("小升规奖多少？"),  # the same question
        _row("我是13812345678，有补助吗", "down", text="答非所问，电话 13812345678"),
        _row("海外仓有扶持吗"),
        _row("海外仓有扶持吗", "down", text="金额不对"),  # people disagree
        _row("火星有补助吗", measure_id=None, status="not_found"),
        _row("删掉的文件", measure_id="gone:1"),
    )
    out = tmp_path / "out"
    written = write_stubs(out, feedback)
    assert written is not None
    assert (written.added, written.review, written.known, written.unreadable) == (5, 4, 0, 0)
    first, private, disagreed, silent, gone = _stubs(out)
    assert first["relevant"] == {f"{D24}:28": 2}
    assert first["answer_units"][0]
    assert (first["qid"], first["review"]) == ("f001", False)
    assert (private["relevant"], private["review"]) == ({}, True)
    assert private["shown"] == [f"{D24}:28"]
    assert "13812345678" not in json.dumps(private)
    assert private["note"].startswith("答非所问")
    assert (disagreed["relevant"], disagreed["note"]) == ({}, "金额不对")
    assert silent["review"]
    assert gone["relevant"] == {}
    read = load_questions(out / STUBS)
    assert [q.answerable for q in read] == [True, False, False, False, False]


def test_reviewed_rows_stay_and_new_ones_are_added(tmp_path: Path) -> None:
    feedback = _write(tmp_path / "f.jsonl", _row("甲的补助", "down"), _row("乙的补助"))
    write_stubs(tmp_path, feedback)
    stubs = tmp_path / STUBS
    reviewed = stubs.read_text("utf-8").replace('"review": true', '"review": false').rstrip("\n")
    stubs.write_text(reviewed, "utf-8")  # an editor that leaves the last line's end out
    _write(feedback, _row("甲的补助"), _row("丙的补助"), _row("乙的补助 ", "down"))
    written = write_stubs(tmp_path, feedback)
    assert written is not None
    assert (written.added, written.known) == (1, 2)
    text = stubs.read_text("utf-8")
    assert text.startswith(reviewed + "\n")
    assert [row["qid"] for row in _stubs(tmp_path)] == ["f001", "f002", "f003"]
    write_stubs(tmp_path, feedback)
    assert stubs.read_text("utf-8") == text


def test_lines_that_are_none_are_counted(tmp_path: Path) -> None:
    odd = ["{", "[]", '{"verdict": "up"}', '{"verdict": "x", "question": "a"}', "1", "", "   "]
    feedback = _write(tmp_path / "f.jsonl", *odd, _row("甲的补助"))
    written = write_stubs(tmp_path, feedback)
    assert written is not None
    assert (written.added, written.unreadable) == (1, 5)


def test_a_file_of_stubs_that_is_damaged_is_left_alone(tmp_path: Path) -> None:
    stubs = tmp_path / STUBS
    stubs.write_text("not json\n", "utf-8")
    with pytest.raises(UsageError, match="line 1"):
        write_stubs(tmp_path, _write(tmp_path / "f.jsonl", _row("甲的补助")))
    assert stubs.read_text("utf-8") == "not json\n"


def test_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIWEN_HOME", str(tmp_path / "home"))
    out = tmp_path / "out"
    assert main(["--feedback", "--out", str(out)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.endswith("nothing was written") for line in told.err.splitlines()] == [True]
    assert not out.exists()
    (tmp_path / "home").mkdir()
    _write(tmp_path / "home" / "feedback.jsonl", _row("甲的补助"))
    assert main(["--feedback", "--out", str(out)]) == 0
    assert "1 questions added, 0 of them" in capsys.readouterr().out
    with pytest.raises(MissingFileError):
        main(["--feedback", str(tmp_path / "none.jsonl"), "--out", str(out)])
    with pytest.raises(UsageError, match="--feedback"):
        main(["--feedback", "--shipped"])
