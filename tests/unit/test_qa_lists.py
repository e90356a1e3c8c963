"""Lists: which questions are ones, and that they are complete."""

from collections.abc import Callable

import pytest

from corpus.records import Document, Measure
from qa.lists import Listing, Lists
from qa.understand import Understanding
from tests.support import D23, D24

# Names that begin with more than 省, 市, 县 or 区: what is left over makes them unknown.
_PREFIXED = (
    "乐清湾临港经济开发区管委会",
    "市委宣传部",
    "市委组织部",
    "市委组织部〈市委人才办〉",
    "温州市雁荡山管委会",
    "温州海关乐清办事处",
)
Find = Callable[[str], Listing | None]


@pytest.fixture(scope="module")
def find(documents: tuple[Document, ...]) -> Find:
    lists, understanding = Lists(documents), Understanding(documents)
    measures = [m for d in documents for m in d.measures]
    return lambda text: lists.find(understanding.read(text), measures)


def _ids(listing: Listing | None) -> list[str]:
    assert listing is not None
    return [item.measure.measure_id for item in listing.items]


def _units(documents: tuple[Document, ...]) -> list[str]:
    return sorted({u for d in documents for m in d.measures for u in m.units})


def _holding(
    documents: tuple[Document, ...], unit: str, holds: Callable[[Measure, str], bool]
) -> list[str]:
    """What the records say: measures with units of their own, else sections by their lead."""
    found = []
    for document in documents:
        own = any(m.units_source == "measure" for m in document.measures)
        for m in document.measures:
            if m.units_source == "measure":
                found += [m.measure_id] if holds(m, unit) else []
            elif m.kind == "section" and not own and unit in m.lead_units:
                found.append(m.measure_id)
    return found


def _leads(measure: Measure, unit: str) -> bool:
    return unit in measure.lead_units


def _takes_part(measure: Measure, unit: str) -> bool:
    return unit in measure.units


@pytest.mark.parametrize(("words", "holds"), [("牵头", _leads), ("负责", _takes_part)])
def test_every_office_by_its_full_name_gets_all_its_measures(
    find: Find,
    documents: tuple[Document, ...],
    words: str,
    holds: Callable[[Measure, str], bool],
) -> None:
    for unit in set(_units(documents)) - set(_PREFIXED):
        expected = _holding(documents, unit, holds)
        assert _ids(find(f"{unit}{words}哪些措施")) == expected, unit


@pytest.mark.parametrize("unit", _PREFIXED)
def test_so_does_an_office_with_a_longer_prefix(
    find: Find, documents: tuple[Document, ...], unit: str
) -> None:
    # 市委组织部〈市委人才办〉 is the 市委组织部 too.
    offices = [u for u in _units(documents) if u == unit or u.startswith(f"{unit}〈")]
    expected = {i for office in offices for i in _holding(documents, office, _takes_part)}
    assert expected
    assert set(_ids(find(f"{unit}负责哪些措施"))) == expected


def test_what_an_office_joins_in_is_all_its_measures_less_those_it_leads(find: Find) -> None:
    led, joined, both = (
        set(_ids(find(f"市财政局{role}哪些措施"))) for role in ("牵头", "配合", "负责")
    )
    led -= {i for i in led if i.startswith(D23)}
    assert joined and not joined & led
    assert joined == both - led - {i for i in both if i.startswith(D23)}


def test_relations_say_who_leads(find: Find) -> None:
    listing = find("市科技局负责哪些措施")
    assert listing is not None
    for item in listing.items:
        leads = "市科技局" in item.measure.lead_units
        assert item.relation == (
            "section_lead" if item.measure.kind == "section" else "lead" if leads else "joint"
        )


def test_items_stand_in_the_documents_order(find: Find, documents: tuple[Document, ...]) -> None:
    places = {m.measure_id: i for i, m in enumerate(m for d in documents for m in d.measures)}
    found = [places[i] for i in _ids(find("市财政局负责哪些措施"))]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("航天局负责哪些", "航天局"),
        ("市审计局管哪几条", "市审计局"),
        ("公积金中心有哪些任务", None),
    ],
)
def test_an_office_that_no_document_has_is_unknown(
    find: Find, question: str, name: str | None
) -> None:
    listing = find(question)
    assert listing is not None and listing.items == ()
    assert listing.unknown is not None
    assert name in (None, listing.unknown)


def test_an_office_without_the_role_is_known_and_has_others(find: Find) -> None:
    listing = find("市残联牵头哪些措施")
    assert listing is not None
    assert (listing.items, listing.unknown, listing.others) == ((), None, 1)


@pytest.mark.parametrize(
    "question",
    [
        "科技局",
        "科技局奖励哪些企业",
        "牵头",
        "有哪些措施",
        "研发补助有哪些",
        "工业用地有哪些要求",
        "市科技局牵头的研发补助有多少",
        "第十二章有哪些措施",
        "第0章有哪些措施",
        "",
    ],
)
def test_what_asks_for_more_or_less_than_a_list_is_none(find: Find, question: str) -> None:
    assert find(question) is None


def test_every_section_is_listed_in_full_by_its_title(
    find: Find, documents: tuple[Document, ...]
) -> None:
    titles = {m.title for d in documents for m in d.measures if m.kind == "section"}
    for title in sorted(titles):
        expected = [
            m.measure_id
            for d in documents
            for m in d.measures
            if m.kind == "measure" and m.section == title
        ]
        assert _ids(find(f"{title}有哪些措施")) == expected


@pytest.mark.parametrize("number", ["二", "2"])
def test_a_section_is_listed_by_its_number(find: Find, number: str) -> None:
    listing = find(f"第{number}部分有哪些措施")
    assert listing is not None and listing.subject == ("科技创新政策",)
    assert _ids(listing)[0] == f"{D24}:8"


def test_only_given_measures_are_listed(documents: tuple[Document, ...]) -> None:
    question = Understanding(documents).read("民生方面有哪些措施")
    listing = Lists(documents).find(question, documents[0].measures[-3:])
    allowed = {m.measure_id for m in documents[0].measures[-3:]}
    assert set(_ids(listing)) <= allowed


@pytest.mark.parametrize("named", ["市发改局和市经信局", "经信局、发改局", "发改局以及经信局"])
@pytest.mark.parametrize(
    ("words", "holds", "together"),
    [
        ("负责哪些措施", _takes_part, False),
        ("牵头哪些", _leads, False),
        ("共同负责的有哪些", _takes_part, True),
        ("一起参与的措施有哪些", _takes_part, True),
        ("都参与的有哪几条", _takes_part, True),
    ],
)
def test_of_two_offices_either_or_both_are_listed(
    find: Find,
    documents: tuple[Document, ...],
    named: str,
    words: str,
    holds: Callable[[Measure, str], bool],
    together: bool,
) -> None:
    listing = find(named + words)
    assert listing is not None
    assert set(listing.subject) == {"市发改局", "市经信局"}
    assert listing.together is together
    first, second = (set(_holding(documents, unit, holds)) for unit in ("市发改局", "市经信局"))
    assert set(_ids(listing)) == (first & second if together else first | second) != set()


@pytest.mark.parametrize(
    "question", ["科技局负责的人才有哪些", "科技局和航天局负责哪些", "财政局牵头的和科技局的补助"]
)
def test_what_stands_beside_an_office_is_an_office_or_it_is_no_list(
    find: Find, question: str
) -> None:
    assert find(question) is None


def test_a_units_name_alone_is_a_units_name(documents: tuple[Document, ...]) -> None:
    lists = Lists(documents)
    assert lists.is_unit("科技局")
    assert not lists.is_unit("科技局牵头")
