"""What the best clause plainly states of just what is asked: a benefit's sum, or a target."""

from collections.abc import Collection
from dataclasses import dataclass

from corpus.benefits.extract import Benefit
from corpus.records import Measure
from index.text import character_ngrams
from qa.benefits import measure_benefits
from qa.facts import Fact, facts
from qa.patterns import patterns
from qa.understand import Question

# Least share of the question's words that the words of a benefit or a number must hold.
_BENEFIT = 0.75
_TARGET = 0.85
_FEWEST_TERMS = 2


@dataclass(frozen=True, slots=True)
class Support:
    """What a clause states of what is asked.

    Attributes:
        stated: The benefit with its sum, or the target, that answers; else None.
        unstated: The benefit whose sum was asked for and is not in the text; else None.
    """

    stated: Benefit | Fact | None = None
    unstated: Benefit | None = None


def find_support(question: Question, best: Measure, places: Collection[str] = ()) -> Support:
    """Looks into the best clause for just what a question asks.

    Args:
        question: The question; details of procedure are never supported.
        best: The best clause.
        places: Names of the documents' places: a clause need not repeat whose policy it is.
    """
    text = question.text
    for place in sorted(places, key=lambda name: (-len(name), name)):
        text = text.replace(place, "，")
    terms = _terms(text)
    if question.details or len(terms) < _FEWEST_TERMS:
        return Support()
    intents = question.intents
    if "benefit" in intents or "amount" in intents:
        fitting = [
            (covered, benefit)
            for benefit in measure_benefits(best)
            if (covered := _covered(terms, f"{benefit.quote}{best.title}")) >= _BENEFIT
        ]
        if fitting:
            covered = max(share for share, _ in fitting)
            closest = [benefit for share, benefit in fitting if share == covered]
            paid = next((b for b in closest if b.amount is not None), None)
            if "amount" not in intents or paid is None:
                return Support(unstated=closest[0] if "amount" in intents else None)
            return Support(stated=paid)
    if "target" in intents and "benefit" not in intents:
        for fact in facts(best):
            if (
                fact.role in ("target", "area")
                and _covered(terms, f"{fact.what}{fact.quantity.text}{best.title}") >= _TARGET
            ):
                return Support(stated=fact)
    return Support()


def _terms(text: str) -> set[str]:
    """Pairs of characters of what a text says besides the asking."""
    pieces = patterns()["support"]["filler"].split(text)
    return {t for piece in pieces if piece for t in character_ngrams(piece) if len(t) > 1}


def _covered(terms: set[str], text: str) -> float:
    """Mean share of characters and of pairs: 出口信保 and 出口信用保险 share no pair at the end."""
    held = set(character_ngrams(text))
    pairs, single = terms, {c for term in terms for c in term}
    return (len(pairs & held) / len(pairs) + len(single & held) / len(single)) / 2
