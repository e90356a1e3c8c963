"""Budget questions: the sentence that states the sum for just what is asked."""

from collections.abc import Sequence

from corpus.records import Measure
from index.text import character_ngrams
from qa.facts import Fact, facts, is_total
from qa.patterns import patterns
from qa.understand import Question

# How many of the best measures are looked at, and how much of the question's words the sum's own
# words, its measure's title and its section must cover.
_DEPTH = 8
_COVERED = 0.75


def find_total(question: Question, order: Sequence[Measure]) -> Fact | None:
    """The budget sum that a question asks for, or None where none is plainly for it.

    Args:
        question: The question.
        order: Measures, best first.
    """
    if "budget" not in question.intents:
        return None
    terms = _terms(question.text)
    if not terms:
        return None
    best: tuple[float, int, Fact] | None = None
    for place, measure in enumerate(order[:_DEPTH]):
        for fact in facts(measure):
            if fact.role != "budget" or fact.quantity.dimension != "money":
                continue
            own = fact.what + (f"{measure.title}{measure.section}" if is_total(fact) else "")
            covered = len(terms & _terms(own)) / len(terms)
            if covered >= _COVERED and (best is None or (covered, -place) > best[:2]):
                best = (covered, -place, fact)
    return best[2] if best else None


def _terms(text: str) -> set[str]:
    """Pairs of characters of what a text says besides money and years."""
    groups = patterns()
    for group in ("compare", "budget"):
        text = groups[group]["filler"].sub("", text)
    return {term for term in character_ngrams(text) if len(term) > 1}
