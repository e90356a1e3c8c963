"""Documents of several places and series beside each other."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from corpus.records import Document
from qa.context import COLUMNS, Context
from qa.filters import Filters, admitted
from qa.places import Places
from qa.understand import Question
from qa.units import UnitNames
from qa.years import Years


def _like(document: Document, document_id: str, **changes: object) -> Document:
    """A document with another entry and ids to match."""
    entry = replace(document.entry, document_id=document_id, **changes)  # type: ignore[arg-type]
    measures = tuple(
        replace(m, document_id=document_id, measure_id=f"{document_id}:{m.measure_id}")
        for m in document.measures
    )
    return replace(document, entry=entry, measures=measures)


def _column(documents: tuple[Document, ...], name: str, question: Question) -> list[bool]:
    """The column's value for each document; it is one value for all of a document's measures."""
    values = Context(documents).evidence(question)[:, COLUMNS.index(name)]
    sizes = np.cumsum([0, *(len(document.measures) for document in documents)])
    assert all(len(set(values[a:b])) == 1 for a, b in pairwise(sizes))
    return [bool(values[start]) for start in sizes[:-1]]


ASKED = Question("x", "x")


def test_the_shipped_documents_are_one_series(documents: tuple[Document, ...]) -> None:
    assert _column(documents, "older", ASKED) == [False, True]


@pytest.mark.parametrize(
    "changes",
    [
        {"region": "苍南县", "year": 2026},
        {"title": "乐清市人才若干政策", "year": 2026},
        {"region": "", "year": 2026},
        {"year": None},
    ],
)
def test_another_place_or_subject_makes_no_document_older(
    documents: tuple[Document, ...], changes: dict[str, object]
) -> None:
    other = _like(documents[0], "other", **changes)
    assert _column((*documents, other), "older", ASKED) == [False, True, False]


def test_a_newer_document_of_the_series_and_a_newer_version_make_one_older(
    documents: tuple[Document, ...],
) -> None:
    newer = _like(documents[0], "newer", year=2025)
    old = _like(documents[0], "old", region="苍南县", superseded_by="x")
    assert _column((*documents, newer, old), "older", ASKED) == [True, True, False, True]


def test_an_unknown_year_is_no_other_year(documents: tuple[Document, ...]) -> None:
    unknown = _like(documents[0], "unknown", year=None)
    asked = Question("x", "x", years=Years((2023,)))
    assert _column((*documents, unknown), "year_other", asked) == [True, False, False]


def test_context_of_some_measures_is_that_of_all(documents: tuple[Document, ...]) -> None:
    asked = Question(
        "x", "奖励5万元", units=("市财政局",), intents=frozenset({"benefit", "budget", "target"})
    )
    rows = [3, 141, 7, 60]
    context = Context(documents)
    np.testing.assert_array_equal(context.evidence(asked)[rows], context.evidence(asked, rows))


@pytest.fixture(scope="module")
def places(documents: tuple[Document, ...]) -> Places:
    return Places(
        (
            *documents,
            _like(documents[0], "a", region="苍南县", parents=()),
            _like(documents[0], "b", region="浙江省", parents=()),
            _like(documents[0], "c", region="", parents=()),
        )
    )


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("苍南县海外仓有扶持吗", {"苍南县"}),
        ("苍南海外仓有扶持吗", {"苍南县"}),
        # A province's documents apply in its cities, where these are known to be in it.
        ("乐清海外仓有扶持吗", {"乐清市", "浙江省"}),
        ("从苍南来乐清开厂有补贴吗", {"乐清市", "浙江省"}),
        ("乐清和苍南哪个多", {"乐清市", "苍南县", "浙江省"}),
        ("海外仓有扶持吗", set()),
    ],
)
def test_a_question_is_about_the_regions_that_it_names(
    places: Places, question: str, regions: set[str]
) -> None:
    assert places.regions(question) == regions
    assert places.other(question) is None


def test_places_without_a_document_stay_other_places(places: Places) -> None:
    assert places.other("瑞安的海外仓补贴有多少") == "瑞安"
    assert places.other("江苏的海外仓补贴有多少") == "江苏"


def test_superseded_versions_are_admitted_by_their_id_alone(
    documents: tuple[Document, ...],
) -> None:
    old = _like(documents[1], "old", superseded_by="leqing-2023")
    everything = (*documents, old)
    assert admitted(Filters(), everything) == list(range(142))
    assert admitted(Filters(year=2023), everything) == admitted(Filters(year=2023), documents)
    assert min(admitted(Filters(document="old"), everything)) == 142


def test_units_of_other_places_have_short_names_too(documents: tuple[Document, ...]) -> None:
    [first, *_] = documents[0].measures
    measure = replace(first, units=("苍南县农业农村局", "县委宣传部", "县住建局"))
    names = UnitNames((*documents, replace(documents[0], measures=(measure,))))
    assert "苍南县农业农村局" in UnitNames(
        (_like(replace(documents[0], measures=(measure,)), "a", region="苍南县"),)
    ).named("农业农村局负责什么")
    assert "县住建局" in names.named("住建局负责哪些")
    assert "县委宣传部" in names.named("宣传部牵头什么")
