"""Two years side by side: every measure once, states, numbers, and the wordings' difference."""

from dataclasses import replace

import pytest

from corpus.errors import UsageError
from corpus.records import Document
from index.static import StaticEncoder
from qa.compare import (
    Comparison,
    compare,
    comparison_table,
    comparison_to_json,
    series,
    subject_likeness,
)
from qa.facts import difference, facts, same_unit
from tests.support import D23, D24


@pytest.fixture(scope="module")
def comparison(documents: tuple[Document, ...], encoder: StaticEncoder) -> Comparison:
    return compare(documents, encoder)


def test_every_measure_of_both_years_has_a_row(comparison: Comparison) -> None:
    older = {row.older.measure_id for row in comparison.rows if row.older}
    newer = {row.newer.measure_id for row in comparison.rows if row.newer}
    for document, found in ((comparison.older, older), (comparison.newer, newer)):
        measures = {m.measure_id for m in document.measures if m.kind != "preamble"}
        assert found == measures


def test_no_two_rows_are_the_same_pair(comparison: Comparison) -> None:
    pairs = [(row.older, row.newer) for row in comparison.rows]
    assert len(set(pairs)) == len(pairs)


def test_states_follow_from_the_sides(comparison: Comparison) -> None:
    for row in comparison.rows:
        assert (row.state == "new") == (row.older is None)
        assert (row.state == "dropped") == (row.newer is None)
        assert (row.similarity > 0) == (row.older is not None and row.newer is not None)


def test_rows_stand_in_the_newers_order_and_dropped_ones_behind(comparison: Comparison) -> None:
    places = {m.measure_id: i for i, m in enumerate(comparison.newer.measures)}
    order = [places[row.newer.measure_id] for row in comparison.rows if row.newer]
    assert order == sorted(order)
    states = [row.state == "dropped" for row in comparison.rows]
    assert states == sorted(states)


def test_the_wordings_difference_holds_both_wordings(comparison: Comparison) -> None:
    for row in comparison.rows:
        older = "".join(text for sign, text in row.diff if sign in "=-")
        newer = "".join(text for sign, text in row.diff if sign in "=+")
        assert older == (row.older.body if row.older else "")
        assert newer == (row.newer.body if row.newer else "")


def test_every_number_stands_once_and_pairs_are_of_one_unit(comparison: Comparison) -> None:
    for row in comparison.rows:
        for side, measure in (("older", row.older), ("newer", row.newer)):
            shown = [f for pair in row.numbers if (f := getattr(pair, side))]
            assert sorted(f.quantity.start for f in shown) == sorted(
                f.quantity.start for f in (facts(measure) if measure else ())
            )
        for pair in row.numbers:
            if pair.older and pair.newer:
                assert same_unit(pair.older.quantity, pair.newer.quantity)
                assert pair.difference == difference(pair.older.quantity, pair.newer.quantity)
            else:
                assert pair.difference is None and not pair.same_words


def test_known_numbers_stand_side_by_side(comparison: Comparison) -> None:
    [row] = [r for r in comparison.rows if r.newer and r.newer.measure_id == f"{D24}:58"]
    assert row.older is not None and row.older.measure_id == f"{D23}:52"
    [pair] = [n for n in row.numbers if n.newer and n.newer.quantity.text == "6.84亿元"]
    assert pair.older is not None and pair.older.quantity.text == "4.13 亿元"
    assert (pair.difference, pair.same_words) == ("+2.71亿元", True)


def _against_itself(documents: tuple[Document, ...], encoder: StaticEncoder) -> Comparison:
    newer = documents[0]
    entry = replace(newer.entry, document_id="past", year=2022)
    return compare([newer, replace(newer, entry=entry)], encoder)


def test_a_document_against_itself_has_nothing_new_or_dropped(
    documents: tuple[Document, ...], encoder: StaticEncoder
) -> None:
    rows = _against_itself(documents, encoder).rows
    assert {row.state for row in rows} <= {"kept", "changed"}
    assert sum(row.state == "changed" for row in rows) <= 1
    assert all(len(row.diff) == 1 for row in rows)


def test_unchanged_wording_is_kept(documents: tuple[Document, ...], encoder: StaticEncoder) -> None:
    assert {row.state for row in _against_itself(documents, encoder).rows} == {"kept"}


def test_a_section_and_a_measure_restrict_the_rows(
    documents: tuple[Document, ...], encoder: StaticEncoder, comparison: Comparison
) -> None:
    rows = compare(documents, encoder, section="民生").rows
    assert rows == tuple(row for row in comparison.rows if "民生" in row.section)
    [row] = compare(documents, encoder, measure=f"{D23}:52").rows
    assert row.newer is not None and row.newer.measure_id == f"{D24}:58"


@pytest.mark.parametrize(("option", "given"), [("section", "航天"), ("measure", f"{D24}:99")])
def test_an_unknown_section_or_measure_is_refused(
    documents: tuple[Document, ...], encoder: StaticEncoder, option: str, given: str
) -> None:
    with pytest.raises(UsageError, match=given):
        compare(documents, encoder, **{option: given})


def test_the_newest_two_years_of_a_region_are_a_series(documents: tuple[Document, ...]) -> None:
    newer, older = documents
    oldest = replace(older, entry=replace(older.entry, document_id="x", year=2020))
    assert series([oldest, newer, older]) == (older, newer)


def test_without_two_years_of_a_region_there_is_no_series(
    documents: tuple[Document, ...],
) -> None:
    newer, older = documents
    elsewhere = replace(older, entry=replace(older.entry, region="苍南县"))
    for held in ([newer], [], [newer, elsewhere]):
        with pytest.raises(UsageError, match="no two documents"):
            series(held)


def test_a_replaced_version_is_in_no_series(documents: tuple[Document, ...]) -> None:
    newer, older = documents
    entry = replace(newer.entry, document_id="z", superseded_by=newer.document_id)
    assert series([replace(newer, entry=entry), newer, older]) == (older, newer)


def test_a_budget_is_not_alike_a_target(comparison: Comparison) -> None:
    both = [f for d in (comparison.older, comparison.newer) for m in d.measures for f in facts(m)]
    budget = next(f for f in both if f.role == "budget")
    target = next(f for f in both if f.role == "target")
    assert subject_likeness(budget, target) == 0
    assert subject_likeness(target, target) == pytest.approx(1)


def test_json_and_table_have_every_row_and_number(comparison: Comparison) -> None:
    written = comparison_to_json(comparison)
    assert len(written["rows"]) == len(comparison.rows)
    head, *lines = comparison_table(comparison)
    assert len(lines) == sum(max(1, len(row.numbers)) for row in comparison.rows)
    assert {len(line) for line in lines} == {len(head)}
