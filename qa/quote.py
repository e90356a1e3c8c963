"""Which of a clause's sentences answer a question, and which of their words it asked for."""

from collections.abc import Sequence

import numpy as np

from corpus.records import Measure
from index.protocols import Encoder
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


class Quoter:
    """Chooses quotes.

    Args:
        encoder: Embeds sentences.
        synonyms: The question's official synonyms count as asked for.
    """

    def __init__(self, encoder: Encoder, synonyms: Synonyms) -> None:
        self._encoder = encoder
        self._synonyms = synonyms

    def span(self, question: Question, measure: Measure) -> tuple[int, int]:
        """The quote's span in the document's text: whole sentences, in one piece."""
        body = measure.body
        spans = sentence_spans(body)
        if len(body) <= _WHOLE or len(spans) < 2:
            return measure.body_start, measure.body_end
        sentences = [body[start:end] for start, end in spans]
        scores = self._scores(question, sentences)
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

    def _scores(self, question: Question, sentences: Sequence[str]) -> list[float]:
        asked = set(character_ngrams(f"{question.text} {self._synonyms.expand(question.text)}"))
        held = [set(character_ngrams(sentence)) for sentence in sentences]
        vectors = self._encoder.encode([question.text, *sentences])
        numeric = bool(_NUMERIC_INTENTS & question.intents)
        benefit = patterns()["clauses"]["benefit"]
        scores = []
        for sentence, terms, vector in zip(sentences, held, vectors[1:], strict=True):
            # A term that every sentence has tells none from another.
            shared = asked & terms
            rarity = sum(1 / sum(term in other for other in held) for term in sorted(shared))
            score = float(vectors[0] @ vector) + 0.05 * rarity
            score += 0.1 * (numeric and any(c.isdigit() for c in fold(sentence)))
            score += 0.1 * ("benefit" in question.intents and bool(benefit.search(sentence)))
            scores.append(round(score, 6))
        return scores

    def marks(self, question: Question, quote: str) -> tuple[tuple[int, int], ...]:
        """Spans in the quote of words of two or more characters that the question has too."""
        folded = fold(quote)
        if len(folded) != len(quote):  # folding changed offsets; marks would be off
            return ()
        asked = f"{question.text} {self._synonyms.expand(question.text)}"
        wanted = {term for term in character_ngrams(asked) if len(term) >= _SHORTEST_MARK}
        hit = [False] * len(folded)
        for term in wanted:
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
