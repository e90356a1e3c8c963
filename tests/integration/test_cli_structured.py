"""`huiwen benefits`, `huiwen match` and `huiwen compare` from the command line."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.benefits import COLUMNS, safe_cell
from qa.cli import main
from qa.profile import vocabulary
from tests.support import D23, D24

Output = pytest.CaptureFixture[str]
Run = Callable[..., str]
_DAY = ("--as-of", "2024-06-30")
_FIRM = "开了家物业公司，今年头一回上规"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def run(capsys: Output) -> Run:
    """Runs a command that succeeds without a word on stderr; its output."""

    def run_(*arguments: str) -> str:
        assert main(arguments) == 0
        output = capsys.readouterr()
        assert output.err == ""
        return output.out

    return run_


def _refused(capsys: Output, *arguments: str) -> str:
    """The one line on stderr of a command that is refused."""
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    [line] = output.err.splitlines()
    assert line.startswith("huiwen: ")
    return line


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_benefits_are_listed_with_quote_and_notice(run: Run) -> None:
    text = run("benefits", "--measure", f"{D24}:28", *_DAY)
    assert "2024年第28条“支持培育服务业重点企业”" in text
    assert "5万元" in text and "原文：「" in text
    assert "出自1条" in text and "征求意见稿" in text


def test_benefits_are_lines_of_json_and_rows_of_csv(run: Run) -> None:
    rows = _lines(run("benefits", "--json"))
    head, *cells = _cells(run("benefits", "--csv"))
    assert len(rows) == len(cells) > 100
    assert head == list(COLUMNS)
    assert all(list(row) == list(COLUMNS) for row in rows)
    places = [head.index(name) for name in ("measure_id", "kind", "start")]
    assert [[line[i] for i in places] for line in cells] == [
        [row["measure_id"], row["kind"], str(row["start"])] for row in rows
    ]


@pytest.mark.parametrize(
    ("option", "value", "holds"),
    [
        ("--kind", "奖励", lambda row: row["kind"] == "奖励"),
        ("--year", "2023", lambda row: row["document_id"] == D23),
        ("--measure", f"{D24}:28", lambda row: row["measure_id"] == f"{D24}:28"),
        (
            "--who",
            "高新技术企业",
            lambda row: "高新技术企业" in f"{row['who']}{row['condition']}{row['title']}",
        ),
    ],
)
def test_benefits_are_filtered(
    run: Run, option: str, value: str, holds: Callable[[dict[str, Any]], bool]
) -> None:
    everything = _lines(run("benefits", "--json"))
    found = _lines(run("benefits", "--json", option, value))
    assert found == [row for row in everything if holds(row)] != []


def test_benefits_that_do_not_exist_are_not_found(run: Run) -> None:
    assert "未找到" in run("benefits", "--who", "火星")
    assert run("benefits", "--who", "火星", "--json") == ""
    assert _cells(run("benefits", "--who", "火星", "--csv")) == [list(COLUMNS)]


@pytest.mark.parametrize(
    ("option", "value"), [("--kind", "红包"), ("--year", "1999"), ("--measure", f"{D24}:99")]
)
def test_a_wrong_filter_of_benefits_is_refused(capsys: Output, option: str, value: str) -> None:
    assert value in _refused(capsys, "benefits", option, value)


def test_a_firm_is_matched_by_a_sentence(run: Run) -> None:
    text = run("match", _FIRM, *_DAY)
    assert "按这些情况匹配：服务业；规上；小升规" in text
    assert "【符合所述情况（条件仍需核实）】" in text
    assert "第28条" in text and "✓ 满足：服务业企业" in text and "征求意见稿" in text


def test_a_match_in_json_is_that_in_words(run: Run) -> None:
    result = json.loads(run("match", _FIRM, "--json", *_DAY))
    assert result["profile"]["needs"] == ["小升规"]
    assert [(m["measure_id"], m["verdict"]) for m in result["matches"]] == [(f"{D24}:28", "fits")]
    assert result["as_of"] == "2024-06-30" and result["notices"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("firm.toml", 'industry = ["服务业"]\nsize = "规上"\nneeds = ["小升规"]\n'),
        ("firm.json", '{"industry": ["服务业"], "size": "规上", "needs": ["小升规"]}'),
    ],
)
def test_a_profiles_file_gives_what_its_sentence_gives(
    run: Run, tmp_path: Path, name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    assert run("match", "--profile", str(path), *_DAY) == run("match", _FIRM, *_DAY)


def test_options_give_what_the_sentence_gives(run: Run) -> None:
    options = ("--industry", "服务业", "--size", "规上", "--need", "小升规")
    assert run("match", *options, *_DAY) == run("match", _FIRM, *_DAY)


def test_an_option_stands_above_the_file_and_the_file_above_the_sentence(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "firm.toml"
    path.write_text('size = "小微"\nneeds = ["融资"]\n', "utf-8")
    result = json.loads(
        run("match", _FIRM, "--profile", str(path), "--need", "研发", "--need", "用地", "--json")
    )
    profile = result["profile"]
    assert (profile["industry"], profile["size"]) == (["服务业"], "小微")
    assert profile["needs"] == ["研发", "用地"]


def test_the_values_are_listed(run: Run) -> None:
    listed = dict(line.split(": ", 1) for line in run("match", "--list").splitlines())
    assert {name: tuple(values.split()) for name, values in listed.items()} == vocabulary()


@pytest.mark.parametrize("sentence", ["", "今天天气怎么样", "在虹桥镇"])
def test_a_sentence_that_says_nothing_matches_nothing(run: Run, sentence: str) -> None:
    assert "未找到：没有写明行业、规模、资质或需求" in run("match", sentence)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "no profile"),
        (("--industry", "航天"), "航天"),
        (("--size", "大"), "大"),
        (("--need", "航天"), "航天"),
        (("--qualification", "航天"), "航天"),
        (("--founded", "1800"), "1800"),
        (("--profile", "none.toml"), "none.toml"),
    ],
)
def test_what_is_no_profile_is_refused(
    capsys: Output, arguments: tuple[str, ...], says: str
) -> None:
    assert says in _refused(capsys, "match", *arguments)


@pytest.mark.parametrize(
    "content", ["industry = ", '{"industry": ["制造业"]}', 'size = "大"', "x = 1", "﻿["]
)
def test_a_bad_profiles_file_is_refused(capsys: Output, tmp_path: Path, content: str) -> None:
    path = tmp_path / "firm.toml"
    path.write_text(content, "utf-8")
    _refused(capsys, "match", "--profile", str(path))


def test_two_years_are_compared_in_words(run: Run) -> None:
    text = run("compare", *_DAY)
    assert "2023年" in text and "2024年" in text
    for word in ("有变化", "新增", "取消", "【结语】", "+2.71亿元"):
        assert word in text
    assert "征求意见稿" in text and "届满" in text


def test_a_section_and_a_measure_are_compared_alone(run: Run) -> None:
    assert "【科技创新政策】" not in run("compare", "--section", "民生")
    both = [run("compare", "--measure", i, "--json") for i in (f"{D23}:52", f"{D24}:58")]
    assert both[0] == both[1]
    [row] = json.loads(both[0])["rows"]
    assert (row["older"]["measure_id"], row["newer"]["measure_id"]) == (f"{D23}:52", f"{D24}:58")
    assert {"what", "older", "newer", "difference", "same_words"} == set(row["numbers"][0])


def test_the_table_holds_every_number_of_the_json(run: Run) -> None:
    rows = json.loads(run("compare", "--json"))["rows"]
    head, *cells = _cells(run("compare", "--csv"))
    assert len(cells) == sum(max(1, len(row["numbers"])) for row in rows)
    told = [line[head.index("difference")].removeprefix("'") for line in cells]
    assert [d for d in told if d] == [
        n["difference"] for row in rows for n in row["numbers"] if n["difference"]
    ]


@pytest.mark.parametrize(("option", "value"), [("--section", "航天"), ("--measure", f"{D24}:99")])
def test_an_unknown_section_or_id_is_refused(capsys: Output, option: str, value: str) -> None:
    assert value in _refused(capsys, "compare", option, value)


@pytest.mark.parametrize("command", ["benefits", "compare"])
def test_no_cell_of_a_table_is_a_formula(run: Run, command: str) -> None:
    cells = [cell for line in _cells(run(command, "--csv")) for cell in line]
    assert not [cell for cell in cells if cell.startswith(_FORMULA)]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1", "=cmd|' /C calc'!A0"])
def test_a_formula_becomes_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["5万元", "1+1", "", None, -1, 2.5, True])
def test_other_cells_stay(value: object) -> None:
    assert safe_cell(value) is value


@pytest.mark.parametrize("command", ["benefits", "match", "compare"])
@pytest.mark.parametrize("arguments", [("--as-of", "gestern"), ("--dance",)])
def test_a_malformed_command_line_ends_with_2(
    capsys: Output, command: str, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, *arguments])
    assert ended.value.code == 2
    assert "usage: huiwen" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["benefits", "compare"])
def test_json_and_csv_exclude_each_other(capsys: Output, command: str) -> None:
    with pytest.raises(SystemExit):
        main([command, "--json", "--csv"])
    assert "not allowed with" in capsys.readouterr().err
