import re

import pytest

from corpus.records import Document, Measure
from tests.support import D23, D24


@pytest.mark.parametrize(("document_id", "count"), [(D24, 65), (D23, 57)])
def test_measures_are_numbered_through_without_gap(
    measures: dict[str, Measure], document_id: str, count: int
) -> None:
    own = [m for m in measures.values() if m.document_id == document_id]
    assert [m.number for m in own if m.kind == "measure"] == list(range(1, count + 1))
    assert all(m.number is None for m in own if m.kind != "measure")


@pytest.mark.parametrize("document_id", [D24, D23])
def test_each_document_has_eight_sections_a_preamble_and_a_closing(
    measures: dict[str, Measure], document_id: str
) -> None:
    own = [m for m in measures.values() if m.document_id == document_id]
    frame = [m.measure_id for m in own if m.kind != "measure"]
    sections = [f"{document_id}:S{n}" for n in range(1, 9)]
    assert frame == [f"{document_id}:preamble", *sections, f"{document_id}:closing"]
    assert own[0].kind == "preamble"
    assert own[-1].kind == "closing"


def test_both_documents_have_the_same_eight_section_titles(measures: dict[str, Measure]) -> None:
    titles = {
        d: [m.title for m in measures.values() if m.kind == "section" and m.document_id == d]
        for d in (D24, D23)
    }
    assert titles[D24] == titles[D23]
    assert titles[D24][2] == "“415X”先进制造业集群培育政策"
    assert titles[D24][6] == "乡村振兴和城乡一体化发展政策"


def test_text_is_exactly_the_documents_text_between_its_offsets(
    documents: tuple[Document, ...],
) -> None:
    for document in documents:
        for measure in document.measures:
            assert document.text[measure.start : measure.end] == measure.text
            assert measure.start <= measure.body_start <= measure.body_end <= measure.end


def test_records_do_not_overlap_and_only_line_breaks_lie_between_them(
    documents: tuple[Document, ...],
) -> None:
    for document in documents:
        assert document.measures[0].start == 0
        for before, after in zip(document.measures, document.measures[1:], strict=False):
            assert document.text[before.end : after.start].strip() == ""
            assert before.end < after.start


def test_body_has_neither_number_and_title_nor_unit_list(measures: dict[str, Measure]) -> None:
    for measure in measures.values():
        if measure.kind == "measure":
            assert "责任单位" not in measure.body
            head = measure.text[: measure.body_start - measure.start]
            assert re.fullmatch(rf"{measure.number}[.．] ?{re.escape(measure.title)}。", head)
            assert measure.body.endswith("。")


def test_clauses_behind_a_bookmark_are_found(measures: dict[str, Measure]) -> None:
    assert measures[f"{D24}:34"].title == "增强财政要素保障能力"
    assert measures[f"{D24}:35"].title == "加强交通强省重大项目建设"
    assert measures[f"{D24}:34"].text.startswith("34.增强")


def test_text_holds_no_bookmark_and_no_page_mark(documents: tuple[Document, ...]) -> None:
    for document in documents:
        assert "bookmark" not in document.text
        assert not re.search(r"(?m)^\s*[—－-]+\s*\d+\s*[—－-]+\s*$", document.text)
        assert not re.search(r"[—－]\s*\d+\s*[—－]", document.text)


def test_an_amount_at_the_beginning_of_a_line_is_no_clause(measures: dict[str, Measure]) -> None:
    assert "0.58亿元" in measures[f"{D23}:42"].text
    assert not [m for m in measures.values() if m.text.startswith("0.58")]


def test_wrapped_lines_become_one_paragraph(measures: dict[str, Measure]) -> None:
    clauses = [m for m in measures.values() if m.document_id == D23 and m.kind == "measure"]
    assert [m.measure_id for m in clauses if "\n" in m.text] == []
    assert "进一步提振市场信心" in measures[f"{D23}:preamble"].text
    assert "用好“十四五”新增能耗指标可跨年度跨地区统筹使用的政策" in measures[f"{D23}:4"].text


def test_what_follows_a_page_break_stays_in_its_clause(measures: dict[str, Measure]) -> None:
    assert "建成投用市公共卫生临床中心" in measures[f"{D23}:55"].text


def test_the_distribution_list_is_no_part_of_the_closing(measures: dict[str, Measure]) -> None:
    assert measures[f"{D23}:closing"].text.endswith("遵照执行。")
    assert measures[f"{D24}:closing"].text.startswith("上述8个领域政策")
    assert not [m for m in measures.values() if "抄送" in m.text]
