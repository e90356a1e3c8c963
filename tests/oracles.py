"""Brute-force counterparts of the searchers, written from the formulas and not from the code."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from index.protocols import Encoder

Terms = Callable[[str], list[str]]


def bm25(
    texts: Sequence[str], query: str, terms: Terms, k1: float = 1.2, b: float = 0.75
) -> list[float]:
    """Lucene's BM25: idf = ln(1 + (N − n + ½) / (n + ½)), saturation tf / (tf + k1 · length)."""
    counted = [Counter(terms(text)) for text in texts]
    lengths = [sum(counts.values()) for counts in counted]
    mean = sum(lengths) / len(lengths)
    scores = []
    for counts, length in zip(counted, lengths, strict=True):
        score = 0.0
        for term in terms(query):
            holding = sum(term in other for other in counted)
            idf = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            if counts[term]:
                score += idf * counts[term] / (counts[term] + k1 * (1 - b + b * length / mean))
        scores.append(score)
    return scores


def best_cosines(texts: Sequence[Sequence[str]], query: str, encoder: Encoder) -> list[float]:
    """Per passage the largest cosine of its texts with the query, at least 0."""
    asked = encoder.encode([query])[0].astype(np.float64)
    scores = []
    for pieces in texts:
        vectors = [encoder.encode([piece])[0].astype(np.float64) for piece in pieces]
        cosines = [
            float(v @ asked / (np.linalg.norm(v) * np.linalg.norm(asked) or 1)) for v in vectors
        ]
        scores.append(max([0.0, *cosines]))
    return scores


def ridge(
    questions: Sequence[tuple[str, int | None]],
    size: int,
    query: str,
    terms: Terms,
    encoder: Encoder,
) -> list[float]:
    """Primal ridge regression on TF-IDF beside embeddings: w = (XᵀX + I)⁻¹ Xᵀ Y."""
    counted = [Counter(terms(text)) for text, _ in questions]
    frequency = Counter(term for counts in counted for term in counts)
    kept = [term for term in frequency if frequency[term] >= 2]
    idf = {t: math.log((1 + len(questions)) / (1 + frequency[t])) + 1 for t in kept}

    def row(text: str) -> list[float]:
        counts = Counter(terms(text))
        values = [(1 + math.log(counts[t])) * idf[t] if counts[t] else 0.0 for t in kept]
        length = math.sqrt(sum(value**2 for value in values)) or 1.0
        return [*(value / length for value in values), *map(float, encoder.encode([text])[0])]

    x = np.array([row(text) for text, _ in questions])
    y = np.array([[float(answer == p) for p in range(size)] for _, answer in questions])
    weights = np.linalg.solve(x.T @ x + np.eye(x.shape[1]), x.T @ y)
    return [float(score) for score in np.array(row(query)) @ weights]
