"""Aligns the measures of two documents by content, so that years can be set side by side."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.records import Measure
from index.protocols import Encoder
from index.text import character_ngrams

_GRAMS = (2, 3)


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights and thresholds.

    Chosen on the hand-made alignment of the two shipped documents. No single step of the grid that
    `python -m eval.alignment` prints improves F1 there (0.940); the worst costs 0.032.

    Attributes:
        title_weight: Weight of titles against wordings.
        meaning_weight: Weight of embeddings against wordings.
        pair: A measure's best partner counts from this similarity.
        split: A further one (split, merged) counts from this one.
    """

    title_weight: float = 0.2
    meaning_weight: float = 0.3
    pair: float = 0.265
    split: float = 0.355


SHIPPED_SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike measures are, one matrix (older, newer) each.

    Attributes:
        words: Cosine of TF-IDF n-grams.
        titles: Likeness of titles.
        meanings: Cosine of embeddings.
        same_section: Whether they stand in corresponding sections.
    """

    words: np.ndarray
    titles: np.ndarray
    meanings: np.ndarray
    same_section: np.ndarray


@dataclass(frozen=True, slots=True)
class Pair:
    """Two measures about the same subject; `similarity` is comparable within one alignment."""

    older: int
    newer: int
    similarity: float


def align(older: Sequence[Measure], newer: Sequence[Measure], encoder: Encoder) -> tuple[Pair, ...]:
    """Pairs measures of corresponding sections.

    Sections correspond if their titles are most alike. Within them the assignment of the largest
    total similarity is taken (Kuhn–Munkres), and pairs beyond it that are very alike: a measure may
    have been split or merged.

    Args:
        older: Measures of the older document.
        newer: Measures of the newer one.
        encoder: Embeds wordings.

    Returns:
        Pairs of indices in the newer's order.
    """
    return choose_pairs(find_likeness(older, newer, encoder)) if older and newer else ()


def choose_pairs(likeness: Likeness, settings: Settings = SHIPPED_SETTINGS) -> tuple[Pair, ...]:
    """Pairs measures by how alike they are, as `align` describes."""
    from scipy.optimize import linear_sum_assignment  # scipy takes a while to import

    total = likeness.words + settings.title_weight * likeness.titles
    total = total + settings.meaning_weight * likeness.meanings
    scores = np.where(likeness.same_section, total, 0.0)
    rows, columns = linear_sum_assignment(-scores)
    chosen = scores >= settings.split
    for i, j in zip(rows, columns, strict=True):
        chosen[i, j] |= bool(scores[i, j] >= settings.pair)
    pairs = [Pair(int(i), int(j), round(float(scores[i, j]), 4)) for i, j in np.argwhere(chosen)]
    return tuple(sorted(pairs, key=lambda pair: (pair.newer, pair.older)))


def find_likeness(older: Sequence[Measure], newer: Sequence[Measure], encoder: Encoder) -> Likeness:
    """Compares every measure of one document with every one of the other; neither may be empty."""
    both = [*older, *newer]
    vectors = _tfidf([character_ngrams(m.title * 2 + m.body, _GRAMS) for m in both])
    size = len(older)
    words = np.array([[_dot(a, b) for b in vectors[size:]] for a in vectors[:size]])
    titles = np.array([[dice(a.title, b.title) for b in newer] for a in older])
    meanings = encoder.encode([m.body for m in both])
    return Likeness(words, titles, meanings[:size] @ meanings[size:].T, _same_section(older, newer))


def _same_section(older: Sequence[Measure], newer: Sequence[Measure]) -> np.ndarray:
    """Whether measures stand in corresponding sections, shape (older, newer)."""
    titles = list(dict.fromkeys(m.section for m in older))
    partner = {
        title: max(titles, key=lambda other: (dice(title, other), -titles.index(other)))
        for title in dict.fromkeys(m.section for m in newer)
    }
    return np.array([[a.section == partner[b.section] for b in newer] for a in older])


def _tfidf(texts: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """Unit vectors of (1 + log tf) · log(N / df)."""
    counts = [Counter(text) for text in texts]
    held = Counter(term for count in counts for term in count)
    vectors = []
    for count in counts:
        vector = {
            term: (1 + math.log(n)) * math.log(len(texts) / held[term]) for term, n in count.items()
        }
        length = math.sqrt(math.fsum(value * value for value in vector.values())) or 1.0
        vectors.append({term: value / length for term, value in vector.items()})
    return vectors


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    return math.fsum(value * b[term] for term, value in a.items() if term in b)


@lru_cache(maxsize=8192)
def _counts(text: str) -> Counter[str]:
    """A text's n-gram counts; never changed by who gets them."""
    return Counter(character_ngrams(text))


def dice(a: str, b: str) -> float:
    """Dice's coefficient of two texts' characters and character pairs, 0 to 1."""
    left, right = _counts(a), _counts(b)
    total = sum(left.values()) + sum(right.values())
    return 2 * sum((left & right).values()) / total if total else 0.0
