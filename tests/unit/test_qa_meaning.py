"""Questions for the meaning of a term."""

from collections.abc import Callable

import pytest

from corpus.records import Document
from qa.meaning import Meaning, find_meaning
from qa.understand import Understanding
from tests.support import D23, D24

Find = Callable[[str], Meaning | None]


@pytest.fixture(scope="module")
def find(documents: tuple[Document, ...]) -> Find:
    understanding = Understanding(documents)
    measures = [m for d in documents for m in d.measures]
    return lambda text: find_meaning(understanding.read(text), measures)


@pytest.mark.parametrize(
    ("question", "term", "first"),
    [
        ("“七优享”是什么", "七优享", f"{D24}:58"),
        ("七优享是什么意思", "七优享", f"{D24}:58"),
        ("请问七优享指的是什么呢？", "七优享", f"{D24}:58"),
        ("创新联合体指的是什么，由谁组成", "创新联合体", f"{D24}:9"),
        ("4张要素保障清单是哪四张？", "4张要素保障清单", f"{D24}:closing"),
    ],
)
def test_an_explained_term_is_explained_by_its_clause(
    find: Find, question: str, term: str, first: str
) -> None:
    meaning = find(question)
    assert meaning is not None and meaning.explained > 0
    assert (meaning.term, meaning.measures[0].measure_id) == (term, first)


@pytest.mark.parametrize(
    ("question", "term", "holds"),
    [
        ("415X是啥意思", "415x", f"{D24}:S3"),
        ("“赛马”激励机制指什么", "赛马激励机制", f"{D24}:1"),
        ("3个交通圈30-60-90怎么解释", "30-60-90", f"{D23}:32"),
        ("小升规是什么", "小升规", f"{D24}:28"),
    ],
)
def test_a_term_that_is_only_named_is_not_explained(
    find: Find, question: str, term: str, holds: str
) -> None:
    meaning = find(question)
    assert meaning is not None and meaning.explained == 0
    assert term in meaning.term
    assert holds in [m.measure_id for m in meaning.measures]


@pytest.mark.parametrize(
    "question",
    [
        "小升规奖励多少",
        "火星基地是什么",
        "2024年是什么",
        "奖励是什么",  # too short a term
        "我们厂新买的那台全自动数控机床算不算首台套是什么意思",  # most of it is no term
        "是什么意思",
        "",
    ],
)
def test_what_asks_for_no_term_of_the_text_is_no_such_question(find: Find, question: str) -> None:
    assert find(question) is None


def test_all_records_that_hold_the_term_are_named_once_explaining_ones_first(
    find: Find, documents: tuple[Document, ...]
) -> None:
    meaning = find("“七优享”是什么")
    assert meaning is not None
    holding = {m.measure_id for d in documents for m in d.measures if "七优享" in m.text}
    assert {m.measure_id for m in meaning.measures} == holding
    assert len(meaning.measures) == len(holding)
    assert 0 < meaning.explained < len(holding)


@pytest.mark.parametrize("question", ["什么是七优享", "什么叫创新联合体"])
def test_the_term_may_stand_last(find: Find, question: str) -> None:
    meaning = find(question)
    assert meaning is not None and meaning.explained
