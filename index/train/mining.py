"""Lexically similar clauses as hard negatives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch

from .store import Ints
from .words import normalise

#: Above this cosine two clauses are taken for the same measure retold.
_SAME = 0.6
_BLOCK = 256


def bigram_matrix(texts: list[str], column: dict[str, int]) -> torch.Tensor:
    """Counts of pairs of characters, dense float32 (texts, pairs).

    Args:
        texts: Texts.
        column: Column of each pair of characters; others are passed over.
    """
    rows, columns = [], []
    for row, text in enumerate(texts):
        for a, b in pairwise(normalise(text)):
            place = column.get(a + b)
            if place is not None:
                rows.append(row)
                columns.append(place)
    flat = np.asarray(rows, dtype=np.int64) * len(column) + np.asarray(columns, dtype=np.int64)
    counts = np.bincount(flat, minlength=len(texts) * len(column)).astype(np.float32)
    return torch.from_numpy(counts.reshape(len(texts), len(column)))


def tf_idf(texts: list[str], queries: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Unit TF-IDF vectors (1 + log tf, smoothed idf) of texts and of queries."""
    pairs = sorted({a + b for text in texts for a, b in pairwise(normalise(text))})
    column = {pair: i for i, pair in enumerate(pairs)}
    counts = bigram_matrix(texts, column)
    idf = torch.log((1 + len(texts)) / (1 + (counts > 0).sum(0))) + 1

    def weigh(raw: torch.Tensor) -> torch.Tensor:
        raw = torch.where(raw > 0, 1 + torch.log(raw.clamp(min=1.0)), raw)
        return torch.nn.functional.normalize(raw * idf, dim=1)

    return weigh(counts), weigh(bigram_matrix(queries, column))


def bigram_neighbours(texts: list[str], count: int) -> list[Ints]:
    """Most similar other texts by TF-IDF over pairs of characters.

    Args:
        texts: Texts to compare with one another.
        count: Neighbours wanted for each.

    Returns:
        For each text the indices of its neighbours, best first, int64; those
        nearer than a cosine of 0.6 are left out as possible answers.
    """
    matrix = tf_idf(texts, [])[0]
    found: list[Ints] = []
    for start in range(0, len(texts), _BLOCK):
        scores = matrix[start : start + _BLOCK] @ matrix.T
        scores[scores > _SAME] = -1.0  # the text itself, too
        best = torch.topk(scores, min(count, len(texts)), dim=1).indices
        found.extend(np.asarray(row, dtype=np.int64) for row in best.numpy())
    return found
