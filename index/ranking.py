"""Orders of scores, and their fusion."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from index.protocols import Floats


def best(scores: Floats, depth: int) -> list[tuple[int, float]]:
    """The `depth` highest positive scores.

    Args:
        scores: Shape (n,).
        depth: How many at most.

    Returns:
        (index, score) pairs, best first, ties by lower index.
    """
    if depth < len(scores):
        # Everything that ties with the last place stays in, for the tie to be broken by index.
        threshold = np.partition(scores, -depth)[-depth] if depth else np.inf
        candidates = np.flatnonzero(scores >= threshold)
    else:
        candidates = np.arange(len(scores))
    candidates = candidates[scores[candidates] > 0]
    order = np.lexsort((candidates, -scores[candidates]))[:depth]
    return [(int(i), float(scores[i])) for i in candidates[order]]


def reciprocal_rank_fusion(
    rankings: Iterable[Sequence[int]], k: int = 60
) -> list[tuple[int, float]]:
    """Fuses rankings by Σ 1 / (k + rank) (Cormack, Clarke and Büttcher 2009).

    Args:
        rankings: Passage indices, best first.
        k: Smoothing constant.

    Returns:
        (index, score) pairs, best first, ties by lower index; the sum does not depend on the
        rankings' order.
    """
    shares: dict[int, list[float]] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking, start=1):
            shares.setdefault(passage, []).append(1 / (k + rank))
    fused = [(passage, math.fsum(parts)) for passage, parts in shares.items()]
    return sorted(fused, key=lambda hit: (-hit[1], hit[0]))
