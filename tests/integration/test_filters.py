import pytest

from corpus.errors import UsageError
from corpus.records import Measure
from qa.assistant import Assistant
from qa.filters import Filters
from tests.support import D23, D24

_QUESTION = "服务业企业首次小升规有奖励吗"
# Both documents answer this one.
_OF_BOTH = "老年食堂要新增多少"


def _cited(assistant: Assistant, filters: Filters, question: str = _QUESTION) -> list[Measure]:
    answer = assistant.ask(question, filters=filters, top_k=20)
    return [citation.measure for citation in answer.citations]


@pytest.mark.parametrize("document", [D24, D23])
def test_only_the_chosen_document_is_cited(assistant: Assistant, document: str) -> None:
    found = _cited(assistant, Filters(document=document), _OF_BOTH)
    assert {m.document_id for m in found} == {document}


@pytest.mark.parametrize(("year", "document"), [(2024, D24), (2023, D23)])
def test_only_the_chosen_year_is_cited(assistant: Assistant, year: int, document: str) -> None:
    found = _cited(assistant, Filters(year=year), _OF_BOTH)
    assert {m.document_id for m in found} == {document}


def test_only_the_chosen_section_is_cited(assistant: Assistant) -> None:
    found = _cited(assistant, Filters(section="现代服务业"))
    assert {m.section for m in found} == {"现代服务业高质量发展政策"}


def test_a_section_may_be_chosen_by_its_number(assistant: Assistant) -> None:
    found = _cited(assistant, Filters(section="4"))
    assert {m.section for m in found} == {"现代服务业高质量发展政策"}


@pytest.mark.parametrize("unit", ["市税务局", "税务局"])
def test_only_measures_of_the_chosen_unit_are_cited(assistant: Assistant, unit: str) -> None:
    found = _cited(assistant, Filters(unit=unit))
    assert found
    assert all("市税务局" in m.units for m in found)
    assert any(m.lead_unit != "市税务局" for m in found)


def test_filters_hold_together_and_for_clause_numbers(assistant: Assistant) -> None:
    filters = Filters(year=2024, section="现代服务业", unit="市税务局")
    assert {m.measure_id for m in _cited(assistant, filters)} == {f"{D24}:28", f"{D24}:29"}
    assert [m.measure_id for m in _cited(assistant, filters, "第28条")] == [f"{D24}:28"]
    assert _cited(assistant, Filters(unit="市残联"), "第28条") == []


def test_filters_that_exclude_each_other_find_nothing(assistant: Assistant) -> None:
    answer = assistant.ask(_QUESTION, filters=Filters(document=D24, year=2023))
    assert (answer.status, answer.citations) == ("not_found", ())


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        (Filters(document="wenzhou-2024"), "leqing-2024, leqing-2023"),
        (Filters(year=1999), "2024, 2023"),
        (Filters(section="航天"), "科技创新政策"),
        (Filters(unit="航天局"), "航天局"),
        (Filters(unit=""), "unit"),
    ],
)
def test_an_impossible_filter_is_refused_with_what_there_is(
    assistant: Assistant, filters: Filters, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        assistant.ask(_QUESTION, filters=filters)


@pytest.mark.parametrize("top_k", [1, 2, 7])
def test_no_more_than_top_k_are_cited(assistant: Assistant, top_k: int) -> None:
    assert len(assistant.ask(_QUESTION, top_k=top_k).citations) == top_k


@pytest.mark.parametrize("top_k", [0, -1])
def test_an_impossible_top_k_is_refused(assistant: Assistant, top_k: int) -> None:
    with pytest.raises(UsageError, match="at least 1"):
        assistant.ask(_QUESTION, top_k=top_k)


def test_a_smaller_top_k_cites_the_first_of_a_larger(assistant: Assistant) -> None:
    few = assistant.ask(_QUESTION, top_k=2).citations
    assert assistant.ask(_QUESTION, top_k=6).citations[:2] == few
