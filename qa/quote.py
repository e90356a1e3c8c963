"""Which of a clause's sentences answer a question, and which of their words it asked for."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from corpus.records import Measure
from index.protocols import Encoder, Floats
from index.synonyms import Synonyms
from index.text import character_ngrams, fold, sentence_spans
from qa.patterns import patterns
from qa.understand import Question

# A clause up to this long is quoted whole; a longer one by its sentences that answer, up to about
# this many characters. Clauses of the shipped documents have 40 to 430 characters.
_WHOLE = 170
_LONGEST = 230
_NUMERIC_INTENTS = frozenset({"amount", "budget", "target", "compare"})
_SHORTEST_MARK = 2


# Measures whose sentences are kept ready; the shipped documents have 142.
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is the same for every question: a body's sentences, their terms and vectors."""

    spans: tuple[tuple[int, int], ...]
    terms: tuple[frozenset[str], ...]
    rarity: dict[str, float]
    vectors: Floats
    has_digit: tuple[bool, ...]
    grants: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is the same for every measure: a question's terms with its synonyms, and its vector."""

    text: str
    terms: frozenset[str]
    marking: tuple[str, ...]
    vector: Floats


class Quoter:
    """Chooses quotes.

    Args:
        encoder: Embeds sentences.
        synonyms: The question's official synonyms count as asked for.
    """

    def __init__(self, encoder: Encoder, synonyms: Synonyms) -> None:
        self._encoder = encoder
        self._synonyms = synonyms
        self._prepared: OrderedDict[Measure, _Prepared] = OrderedDict()
        self._asked: _Asked | None = None

    def span(self, question: Question, measure: Measure) -> tuple[int, int]:
        """The quote's span in the document's text: whole sentences, in one piece."""
        body = measure.body
        if len(body) <= _WHOLE:
            return measure.body_start, measure.body_end
        prepared = self._prepare(measure)
        spans = prepared.spans
        if len(spans) < 2:
            return measure.body_start, measure.body_end
        scores = self._scores(question, prepared)
        first = last = int(np.argmax(scores))
        # Grow towards the better neighbour while the quote stays short.
        while True:
            choices = [i for i in (first - 1, last + 1) if 0 <= i < len(spans)]
            choices = [
                i for i in choices if spans[max(last, i)][1] - spans[min(first, i)][0] <= _LONGEST
            ]
            if not choices:
                break
            best = max(choices, key=lambda i: (scores[i], -i))
            first, last = min(first, best), max(last, best)
        return measure.body_start + spans[first][0], measure.body_start + spans[last][1]

    def _scores(self, question: Question, prepared: _Prepared) -> list[float]:
        asked = self._ask(question)
        numeric = bool(_NUMERIC_INTENTS & question.intents)
        benefit = "benefit" in question.intents
        likeness = prepared.vectors @ asked.vector
        scores = []
        for place, terms in enumerate(prepared.terms):
            # A term that every sentence has tells none from another.
            shared = sorted(asked.terms & terms)
            score = float(likeness[place]) + 0.05 * sum(prepared.rarity[term] for term in shared)
            score += 0.1 * (numeric and prepared.has_digit[place])
            score += 0.1 * (benefit and prepared.grants[place])
            scores.append(round(score, 6))
        return scores

    def _prepare(self, measure: Measure) -> _Prepared:
        known = self._prepared.get(measure)
        if known is not None:
            self._prepared.move_to_end(measure)
            return known
        body = measure.body
        spans = tuple(sentence_spans(body))
        sentences = [body[start:end] for start, end in spans]
        terms = tuple(frozenset(character_ngrams(sentence)) for sentence in sentences)
        grants = patterns()["clauses"]["benefit"]
        prepared = _Prepared(
            spans=spans,
            terms=terms,
            rarity={t: 1 / sum(t in other for other in terms) for group in terms for t in group},
            vectors=self._encoder.encode(sentences),
            has_digit=tuple(any(c.isdigit() for c in fold(s)) for s in sentences),
            grants=tuple(bool(grants.search(s)) for s in sentences),
        )
        self._prepared[measure] = prepared
        if len(self._prepared) > _KEPT:
            self._prepared.popitem(last=False)
        return prepared

    def _ask(self, question: Question) -> _Asked:
        """The question's terms and vector, once for all that it cites."""
        known = self._asked
        if known is not None and known.text == question.text:
            return known
        words = f"{question.text} {self._synonyms.expand(question.text)}"
        terms = frozenset(character_ngrams(words))
        marking = tuple(sorted(t for t in terms if len(t) >= _SHORTEST_MARK))
        vector = self._encoder.encode([question.text])[0]
        self._asked = _Asked(question.text, terms, marking, vector)
        return self._asked

    def marks(self, question: Question, quote: str) -> tuple[tuple[int, int], ...]:
        """Spans in the quote of words of two or more characters that the question has too."""
        folded = fold(quote)
        if len(folded) != len(quote):  # folding changed offsets; marks would be off
            return ()
        hit = [False] * len(folded)
        for term in self._ask(question).marking:
            start = folded.find(term)
            while start >= 0:
                hit[start : start + len(term)] = [True] * len(term)
                start = folded.find(term, start + 1)
        spans: list[tuple[int, int]] = []
        for position, marked in enumerate(hit):
            if marked and spans and spans[-1][1] == position:
                spans[-1] = (spans[-1][0], position + 1)
            elif marked:
                spans.append((position, position + 1))
        return tuple(spans)
