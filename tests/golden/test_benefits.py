"""Benefits of the two shipped documents against their hand-made labels."""

from collections import Counter
from collections.abc import Sequence

import pytest

from corpus.benefits.extract import find_benefits
from corpus.benefits.roles import number_roles
from corpus.reader import load_corpus
from corpus.records import Document
from eval.benefits import benefit_section, load_gold, measure_benefits, measure_other


@pytest.fixture(scope="module")
def documents() -> Sequence[Document]:
    return load_corpus()


def test_amounts_are_exactly_the_labelled_ones(documents: Sequence[Document]) -> None:
    gold = load_gold()
    for document in documents:
        for measure in document.measures:
            if measure.measure_id not in gold:
                continue
            labels = gold[measure.measure_id]["benefits"]
            ours = [b.amount for b in find_benefits(measure) if b.amount]
            assert Counter((a.low, a.high, a.unit) for a in ours) == Counter(
                (g["amount_min"], g["amount_max"], g["unit"]) for g in labels if g["amount"]
            ), measure.measure_id


def test_what_is_shown_is_literally_in_the_text(documents: Sequence[Document]) -> None:
    for document in documents:
        for measure in document.measures:
            benefits = find_benefits(measure)
            for benefit in benefits:
                assert benefit.quote == document.text[benefit.start : benefit.end]
                for amount in (benefit.amount, benefit.cap):
                    assert amount is None or amount.text == document.text[amount.start : amount.end]
            for number in number_roles(measure, benefits):
                quantity = number.quantity
                assert quantity.text == document.text[quantity.start : quantity.end]


def test_agreement_with_the_labels_does_not_fall(documents: Sequence[Document]) -> None:
    metrics = measure_benefits(documents, load_gold())
    assert metrics.benefits.f1 >= 0.97
    assert metrics.groups.recall >= 0.8
    assert metrics.roles.precision >= 0.995


def test_the_halves_of_other_cities_are_apart() -> None:
    halves = measure_other()
    assert list(halves) == ["seen", "unseen"]
    assert halves["seen"].benefits.f1 >= 0.97


def test_the_section_has_every_set_and_says_how_labels_were_made(
    documents: Sequence[Document],
) -> None:
    section = benefit_section(documents)
    for name in ("leqing-2024", "leqing-2023", "documents, all", "seen", "unseen", "blind"):
        assert name in section
    assert section == benefit_section(documents)
