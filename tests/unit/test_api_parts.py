import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Document
from qa.api.export import export
from qa.api.feedback import masked, store
from qa.api.memory import Memory
from qa.api.problems import problem, validation_problem, wording
from qa.api.search import Found
from qa.api.settings import is_loopback
from qa.ui.address import Address, fresh
from qa.ui.views import segments


def test_the_memory_forgets_what_was_not_asked_for_longest() -> None:
    memory: Memory[str, int] = Memory(2)
    memory.put("a", 1)
    memory.put("b", 2)
    assert memory.get("a") == 1
    memory.put("c", 3)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (1, None, 3)


def test_a_memory_of_nothing_remembers_nothing() -> None:
    memory: Memory[str, int] = Memory(0)
    memory.put("a", 1)
    assert memory.get("a") is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("电话13812345678，谢谢", "电话***********，谢谢"),
        ("138 1234 5678", "*************"),
        ("+86-13812345678", "***************"),
        ("身份证330382199001011234", "身份证******************"),
        ("33038219900101123X", "******************"),
        ("0577-62522222", "*************"),
        ("补助500000元，2024年第28条", "补助500000元，2024年第28条"),
    ],
)
def test_telephone_and_id_numbers_are_masked(text: str, kept: str) -> None:
    assert masked(text) == kept


def test_feedback_is_kept_as_json_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIWEN_HOME", str(tmp_path / "new"))
    for verdict in ("up", "down"):
        store({"verdict": verdict, "question": "我是13812345678", "measure_id": None})
    lines = (tmp_path / "new" / "feedback.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["verdict"] for row in rows] == ["up", "down"]
    assert {row["question"] for row in rows} == {"我是***********"}


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.8.0.1", True),
        ("0.0.0.0", False), ("::", False), ("192.168.1.2", False), ("example.org", False),
    ],
)  # fmt: skip
def test_only_this_machine_reaches_a_loopback_address(host: str, private: bool) -> None:
    assert is_loopback(host) is private


def _hit(documents: tuple[Document, ...], title: str, body: str) -> Found:
    document = documents[0]
    measure = document.measures[2]
    text = f"{title}。{body}"
    start = measure.start
    changed = replace(
        measure,
        title=title,
        text=text,
        body_start=start + len(title) + 1,
        body_end=start + len(text),
    )
    return Found(document, changed, "draft", ("奖励",), 1.0)


_HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("http://x")')


@pytest.mark.parametrize("cell", _HOSTILE)
def test_no_cell_of_a_table_is_a_formula(documents: tuple[Document, ...], cell: str) -> None:
    from openpyxl import load_workbook

    found = [_hit(documents, cell, cell)]
    table = export(found, "csv").decode("utf-8-sig")
    assert f"'{cell}" in table.replace('""', '"')
    sheet = load_workbook(io.BytesIO(export(found, "xlsx"))).worksheets[0]
    values = [value for row in sheet.iter_rows() for value in row]
    assert {value.data_type for value in values} <= {"s", "n"}
    assert f"'{cell}".strip() in {str(value.value).strip() for value in values}


def test_markdown_cells_stay_cells(documents: tuple[Document, ...]) -> None:
    text = export([_hit(documents, "a|b", "<img src=x onerror=alert(1)>\n[x](y)")], "md").decode()
    lines = text.splitlines()
    assert len(lines) == 3
    assert "a\\|b" in lines[2]
    assert "<img" not in text
    assert "\\[x]" in text


def test_every_problem_has_its_wording() -> None:
    names = ("field", "value", "known", "listed", "limit", "by", "start", "end", "file", "why")
    fields = dict.fromkeys(names, "x")
    for name in wording()["problems"]:
        form = problem(name, **fields)
        assert 400 <= form["status"] < 600
        assert form["title"] and form["detail"]


def test_pydantic_errors_are_told_in_chinese() -> None:
    errors: list[dict[str, Any]] = [
        {"type": "missing", "loc": ("query", "q"), "msg": "Field required"},
        {"type": "greater_than_equal", "loc": ("body", "top_k"), "msg": "…", "ctx": {"ge": 1}},
        {"type": "something_new", "loc": ("body",), "msg": "…"},
    ]
    form = validation_problem(errors)
    assert form["detail"] == "q：缺少；top_k：不得小于1；请求体：不合要求"


def test_an_address_keeps_what_it_says() -> None:
    address = Address.parse("?tab=search&unit=市残联&unit=市商务局&page=2&desc=1&x=%3Cscript%3E")
    assert (address.tab, address.query.unit, address.query.page) == ("search", "市商务局", 2)
    assert address.all("unit") == ("市残联", "市商务局")
    again = Address.parse(address.link(page=None, kind="奖励"))
    assert (again.get("page"), again.get("kind"), again.query.descending) == (None, "奖励", True)


@pytest.mark.parametrize(
    "search",
    [
        "", "?", "?tab=x", "?page=-1&year=x", "?page=99999999999999", "?as_of=gestern", "?q=%ff%00",
        "?sort=x&role=lead&validity=no", "?" + "a=b&" * 500, "?q=" + "字" * 9000,
        "?&&==&", "?year=²",
    ],
)  # fmt: skip
def test_an_address_that_was_mistyped_is_still_one(search: str) -> None:
    address = Address.parse(search)
    assert address.tab == "ask"
    assert address.query.page == 1
    assert address.query.role is None
    assert address.as_of is None
    assert address.filters.year is None
    assert len(address.get("q") or "") <= 2000


def test_a_link_to_a_record_opens_it_in_the_search_tab() -> None:
    address = Address.parse(fresh(m="leqing-2024:28"))
    assert (address.tab, address.get("m")) == ("search", "leqing-2024:28")


def test_marks_cut_a_text_into_pieces() -> None:
    assert segments("abcdef", [(1, 3), (5, 6)]) == [
        ("a", False), ("bc", True), ("de", False), ("f", True),
    ]  # fmt: skip
    assert segments("", []) == []
