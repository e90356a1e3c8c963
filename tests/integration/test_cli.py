import json

import pytest

from qa.cli import main
from tests.support import D23, D24

_QUESTION = "服务业企业首次小升规有奖励吗"
Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("library")


def test_a_question_is_answered_in_words(capsys: Output) -> None:
    assert main(["ask", _QUESTION, "--as-of", "2024-06-30"]) == 0
    output = capsys.readouterr()
    assert "第28条“支持培育服务业重点企业”" in output.out
    assert "5万元奖励" in output.out
    assert "责任单位：市发改局、市财政局、市投资促进服务中心、市税务局" in output.out
    assert output.err == ""


def test_a_question_is_answered_in_json(capsys: Output) -> None:
    assert main(["ask", _QUESTION, "--json", "--top-k", "3", "--as-of", "2025-01-01"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    answer = json.loads(line)
    assert answer["question"] == _QUESTION
    assert answer["qid"] is None
    assert answer["as_of"] == "2025-01-01"
    assert len(answer["citations"]) == 3
    assert answer["citations"][0]["measure_id"] == f"{D24}:28"
    assert answer["citations"][0]["validity"] == "expired"


@pytest.mark.parametrize(
    ("question", "options", "document"),
    [
        ("老年食堂要新增多少", ["--document", D23], D23),
        ("老年食堂要新增多少", ["--year", "2023"], D23),
        (_QUESTION, ["--year", "2024", "--section", "现代服务业", "--unit", "税务局"], D24),
    ],
)
def test_filters_are_options(
    capsys: Output, question: str, options: list[str], document: str
) -> None:
    assert main(["ask", question, "--json", *options]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {c["document_id"] for c in answer["citations"]} == {document}


@pytest.mark.parametrize(
    "options",
    [
        ["--document", "x"],
        ["--year", "1999"],
        ["--section", "航天"],
        ["--unit", "航天局"],
        ["--top-k", "0"],
    ],
)
def test_an_impossible_option_ends_with_2_and_one_line(capsys: Output, options: list[str]) -> None:
    assert main(["ask", _QUESTION, *options]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("huiwen: ")
    assert len(output.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ask"],
        ["dance"],
        ["ask", _QUESTION, "--batch", "x"],
        ["ask", _QUESTION, "--as-of", "gestern"],
        ["ask", _QUESTION, "--year", "x"],
    ],
)
def test_a_malformed_command_line_ends_with_2_and_its_usage(
    capsys: Output, arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: huiwen" in capsys.readouterr().err


@pytest.mark.parametrize("question", ["", " ", "？？", "\x00\x1b", "补", "补" * 501])
@pytest.mark.parametrize("options", [[], ["--json"], ["--explain"]])
def test_an_unusable_question_ends_with_2(
    capsys: Output, question: str, options: list[str]
) -> None:
    assert main(["ask", question, *options]) == 2
    output = capsys.readouterr()
    assert output.out.strip()
    assert "Traceback" not in output.out + output.err


def test_a_question_that_is_not_found_ends_with_0(capsys: Output) -> None:
    assert main(["ask", "今天天气怎么样"]) == 0
    assert "未找到" in capsys.readouterr().out
