"""Questions that compare years: which two numbers are meant, and their difference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.records import Document, Measure
from index.align import dice
from index.text import character_ngrams, fold
from qa.compare import subject_likeness
from qa.facts import Fact, difference, facts, is_total, same_unit
from qa.patterns import patterns
from qa.understand import Question

# How many of each year's best measures are looked at.
_DEPTH = 6
# Least share of the question's words that a number's own words and surroundings must cover.
_ABOUT = 0.45
# Numbers count the same thing from this likeness of their words.
_SAME = 0.4
_SURELY_SAME = 0.6
_EVEN = 0.65


@dataclass(frozen=True, slots=True)
class Difference:
    """Two years' numbers on what a question asks.

    Attributes:
        older: The older year's number, or None where it states none.
        newer: The newer year's number, or None.
        difference: Newer minus older as text, or None where they cannot be compared.
        same_words: Whether both years say in the same words what is counted.
    """

    older: Fact | None
    newer: Fact | None
    difference: str | None
    same_words: bool


@dataclass(frozen=True, slots=True)
class _Scored:
    fact: Fact
    score: float
    about: float


def find_difference(
    question: Question,
    expanded: str,
    order: Sequence[Measure],
    older: Document,
    newer: Document,
) -> Difference | None:
    """Finds the numbers that a question compares.

    Args:
        question: The question; it must ask for a comparison.
        expanded: The question with official synonyms.
        order: Measures, best first.
        older: The older document.
        newer: The newer document.

    Returns:
        The numbers, or None where neither year has one about the question.
    """
    if not compares(question):
        return None
    topic = _topic(question.text)
    terms = set(character_ngrams(topic, (1, 2)))
    wide = terms | set(character_ngrams(_topic(expanded), (2,)))
    if patterns()["compare"]["money"].search(question.text):
        question = replace(question, intents=question.intents | {"budget"})
    sides = [_side(question, terms, wide, order, d.document_id) for d in (older, newer)]
    pair = _best_pair(*sides)
    tops = [max(side, key=lambda s: s.score, default=None) for side in sides]
    if pair is not None:
        a, b = pair
        best = max((t.score for t in tops if t), default=0.0)
        abouts = sorted((a.about, b.about))
        # A number that covers far less of the question than the other is on something else.
        alike = subject_likeness(a.fact, b.fact) >= _SURELY_SAME or abouts[0] >= _EVEN * abouts[1]
        if alike and max(a.score, b.score) >= best - 0.25 and abouts[1] >= _ABOUT:
            same = a.fact.what == b.fact.what or (is_total(a.fact) and is_total(b.fact))
            return Difference(a.fact, b.fact, difference(a.fact.quantity, b.fact.quantity), same)
    older_top, newer_top = (t if t and t.about >= _ABOUT else None for t in tops)
    if older_top is None and newer_top is None:
        return None
    if older_top and newer_top and is_total(older_top.fact) and is_total(newer_top.fact):
        # Whole budgets that are no pair are two sections'; only one can be what is asked.
        if older_top.about < newer_top.about:
            older_top = None
        else:
            newer_top = None
    return Difference(
        older_top.fact if older_top else None, newer_top.fact if newer_top else None, None, False
    )


def compares(question: Question) -> bool:
    """Whether a question sets years side by side."""
    both = patterns()["relative"]["both"].search(question.text)
    return "compare" in question.intents or len(question.years.named) > 1 or both is not None


def _topic(text: str) -> str:
    """The question without years, words of comparing and fillers."""
    return patterns()["compare"]["filler"].sub("", text)


def _side(
    question: Question, terms: set[str], wide: set[str], order: Sequence[Measure], document_id: str
) -> list[_Scored]:
    own = [m for m in order if m.document_id == document_id][:_DEPTH]
    scored = []
    for place, measure in enumerate(own):
        for fact in facts(measure):
            if "budget" in question.intents and fact.quantity.dimension != "money":
                continue
            about, score = _score(question, terms, wide, fact)
            scored.append(_Scored(fact, score + 0.3 / (1 + place), about))
    return scored


def _score(question: Question, terms: set[str], wide: set[str], fact: Fact) -> tuple[float, float]:
    """How much of the question a number's words cover, alone and with its surroundings."""
    measure = fact.measure
    start, end = fact.sentence
    sentence = measure.text[max(0, start - measure.start) : end - measure.start]
    near = _ngrams(fact.what + fact.quantity.text)
    around = near | _ngrams(f"{measure.title}{measure.section}")
    # A whole budget's sentence names its parts; it is no sum for any one of them.
    about = _cover(terms, around if is_total(fact) else around | _ngrams(sentence))
    score = _cover(wide, near) + 0.4 * _cover(wide, around) + 0.2 * about
    score += 0.25 * dice(_topic(question.text), fact.what)
    budget = "budget" in question.intents
    score += 0.3 * (budget == (fact.role == "budget")) + 0.5 * (budget and is_total(fact))
    unit = fold(fact.quantity.unit)
    score += 0.3 * bool(unit and unit != "%" and re.search(re.escape(unit), question.text))
    return about, score


@lru_cache(maxsize=8192)
def _ngrams(text: str) -> frozenset[str]:
    return frozenset(character_ngrams(text))


def _cover(terms: set[str], held: frozenset[str]) -> float:
    weight = sum(len(term) for term in terms)
    return sum(len(term) for term in terms & held) / weight if weight else 0.0


def _best_pair(
    older: Sequence[_Scored], newer: Sequence[_Scored]
) -> tuple[_Scored, _Scored] | None:
    best: tuple[float, _Scored, _Scored] | None = None
    top_a = max(older, key=lambda s: s.score, default=None)
    top_b = max(newer, key=lambda s: s.score, default=None)
    for a in older:
        for b in newer:
            if not same_unit(a.fact.quantity, b.fact.quantity):
                continue
            alike = subject_likeness(a.fact, b.fact)
            # Less alike numbers pair only where each is its own year's best for the question.
            leading = a is top_a and b is top_b
            if alike < (_SAME if leading else _SURELY_SAME):
                continue
            total = a.score + b.score + 0.8 * alike
            if best is None or total > best[0]:
                best = (total, a, b)
    return best[1:] if best else None
