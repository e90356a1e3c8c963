"""Units of all 122 clauses against oracles that read the raw files on their own."""

import re
from pathlib import Path

import pytest

from corpus.catalog import SHIPPED_CATALOG
from corpus.records import Document, Measure
from corpus.structure.units import measure_units, section_lead, split_units
from tests.support import D23, D24


def _raw(documents: tuple[Document, ...], document_id: str) -> str:
    [file] = [d.entry.file for d in documents if d.document_id == document_id]
    return (Path(SHIPPED_CATALOG).parent / file).read_text("utf-8")


def test_units_of_2024_are_those_of_the_raw_file(
    documents: tuple[Document, ...], measures: dict[str, Measure]
) -> None:
    found = {}
    for line in _raw(documents, D24).splitlines():
        match = re.match(r"(?:\[[^\]]*\])?(\d+)\..*（责任单位：(.*)）$", line.strip())
        if match:
            found[int(match[1])] = tuple(match[2].split("，")[0].split("、"))
    assert sorted(found) == list(range(1, 66))
    for number, units in found.items():
        measure = measures[f"{D24}:{number}"]
        assert measure.units == units
        assert measure.lead_units == units[:1]
        assert measure.lead_unit == units[0]
        assert measure.units_source == "measure"


def test_units_of_2023_are_the_lead_of_their_sections_heading(
    documents: tuple[Document, ...], measures: dict[str, Measure]
) -> None:
    joined = re.sub(r"\s+", "", _raw(documents, D23))
    headings = list(re.finditer(r"[一二三四五六七八]、[^。（、]+（由([^）]+)牵头实施）", joined))
    numbers = list(re.finditer(r"(\d+)．(?=[^\d])", joined))
    assert len(headings) == 8
    assert [int(n[1]) for n in numbers] == list(range(1, 58))
    for number in numbers:
        lead = [h[1] for h in headings if h.start() < number.start()][-1]
        measure = measures[f"{D23}:{number[1]}"]
        assert measure.lead_unit == lead
        assert measure.units == measure.lead_units == tuple(lead.split("、"))
        assert measure.units_source == "section"


def test_a_unit_with_a_second_name_in_brackets_is_one_unit(measures: dict[str, Measure]) -> None:
    name = "市委组织部〈市委人才办〉"
    assert measures[f"{D24}:13"].units[0] == name
    assert measures[f"{D24}:11"].units[1] == name
    assert not any(u == "市委人才办〉" for m in measures.values() for u in m.units)


def test_the_note_on_who_leads_is_no_unit(measures: dict[str, Measure]) -> None:
    assert "列第一位的为牵头单位" in measures[f"{D24}:1"].text
    assert measures[f"{D24}:1"].units == ("市发改局", "市财政局", "市自然资源和规划局")
    assert not any("列第一位" in u or "下同" in u for m in measures.values() for u in m.units)


@pytest.mark.parametrize("document_id", [D24, D23])
def test_a_section_may_have_two_leads(measures: dict[str, Measure], document_id: str) -> None:
    section = measures[f"{document_id}:S7"]
    assert section.lead_units == ("市农业农村局", "市发改局")
    assert section.lead_unit == "市农业农村局、市发改局"
    assert section.units_source == "section"


def test_preamble_and_closing_name_no_unit(measures: dict[str, Measure]) -> None:
    frame = [m for m in measures.values() if m.kind in ("preamble", "closing")]
    assert len(frame) == 4
    assert {(m.units, m.lead_unit, m.units_source) for m in frame} == {((), None, "none")}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("甲、乙", ("甲", "乙")),
        ("甲（乙、丙）、丁", ("甲（乙、丙）", "丁")),
        ("甲〈乙〉", ("甲〈乙〉",)),
        ("甲、乙，列第一位的为牵头单位、下同", ("甲", "乙")),
        ("甲、、乙 ", ("甲", "乙")),
        ("", ()),
    ],
)
def test_a_list_splits_outside_brackets(text: str, units: tuple[str, ...]) -> None:
    assert split_units(text) == units


def test_only_a_bracket_at_the_end_lists_units() -> None:
    inside = "1.标题。措施（责任单位：甲）继续。"
    assert measure_units(inside) is None
    found = measure_units("1.标题。措施。（责任单位：甲（乙）、丙）")
    assert found is not None
    assert found.units == ("甲（乙）", "丙")
    assert section_lead("一、标题") is None


@pytest.mark.parametrize(
    ("end", "units", "leads"),
    [
        ("（责任单位：甲局、乙局，列第一位的为牵头单位，下同）", ("甲局", "乙局"), ("甲局",)),
        ("（责任单位：甲局，乙局，各乡镇（街道））", ("甲局", "乙局", "各乡镇（街道）"), ("甲局",)),
        ("〔责任单位：甲局、乙局等〕", ("甲局", "乙局"), ("甲局",)),
        ("[责任单位:甲局]", ("甲局",), ("甲局",)),
        ("【责任部门：甲局】。", ("甲局",), ("甲局",)),
        ("（牵头单位：甲局；责任单位：乙局、丙局）", ("甲局", "乙局", "丙局"), ("甲局",)),
        ("（牵头单位：甲局、乙局；配合单位：丙局）", ("甲局", "乙局", "丙局"), ("甲局", "乙局")),
        ("（配合单位：丙局；牵头单位：甲局）", ("甲局", "丙局"), ("甲局",)),
        ("\n责任单位：甲局、乙局", ("甲局", "乙局"), ("甲局",)),
        ("\n责任单位：甲局、乙局。", ("甲局", "乙局"), ("甲局",)),
        ("\n牵头单位：甲局\n责任单位：乙局\n协同单位：丙局", ("甲局", "乙局", "丙局"), ("甲局",)),
        ("牵头单位：甲局；配合单位：乙局。", ("甲局", "乙局"), ("甲局",)),
        ("（甲局牵头，乙局、丙局配合）", ("甲局", "乙局", "丙局"), ("甲局",)),
        ("（由甲局牵头，乙局、丙局等部门配合）", ("甲局", "乙局", "丙局"), ("甲局",)),
        ("（甲局负责）", ("甲局",), ("甲局",)),
        ("（甲局、乙局按职责分工负责）", ("甲局", "乙局"), ()),
        ("（甲局、各乡镇（街道）按职责分工负责）", ("甲局", "各乡镇（街道）"), ()),
        ("（责任单位：甲委〈乙办〉、丙局）", ("甲委〈乙办〉", "丙局"), ("甲委〈乙办〉",)),
        ("（各县（市、区）政府负责）", ("各县（市、区）政府",), ("各县（市、区）政府",)),
    ],
)
def test_usual_spellings_of_units(end: str, units: tuple[str, ...], leads: tuple[str, ...]) -> None:
    clause = f"1.标题。给予补贴。{end}"
    found = measure_units(clause)
    assert found is not None
    assert (found.units, found.leads) == (units, leads)
    assert clause[: found.start].rstrip() == "1.标题。给予补贴。"


@pytest.mark.parametrize(
    "end",
    [
        "（企业自行负责）",
        "（含5万元）",
        "（费用由申请人负责）",
        "（征求意见稿）",
        "（责任单位）",
        "（街道除外）",
    ],
)
def test_other_brackets_are_no_units(end: str) -> None:
    assert measure_units(f"1.标题。给予补贴{end}") is None


def test_units_of_paragraphs_are_joined() -> None:
    clause = "（一）标题。（责任单位：甲局）\n1.措施。（责任单位：乙局、甲局）\n2.没有单位。"
    found = measure_units(clause)
    assert found is not None
    assert (found.units, found.leads, found.start) == (("甲局", "乙局"), ("甲局",), len(clause))


@pytest.mark.parametrize(
    "heading", ["一、标题（责任单位：甲局）", "一、标题（甲局负责）", "一、标题（由甲局牵头落实）"]
)
def test_units_of_a_heading(heading: str) -> None:
    found = section_lead(heading)
    assert found is not None
    assert found.units == ("甲局",)
    assert heading[: found.start] == "一、标题"
