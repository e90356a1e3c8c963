"""Ranking measures and their bootstrap intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, P, R, nDCG

Vector = npt.NDArray[np.float64]
Qrels = Mapping[str, Mapping[str, int]]
# Query id → document ids, best first.
Ranked = Mapping[str, Sequence[str]]

RESAMPLES = 10_000
SEED = 20240630
# Grade 2 answers, grade 1 is partial; nDCG has trec_eval's linear gain.
POLICY_MEASURES = {
    "P@1": P(rel=2) @ 1,
    "nDCG@10": nDCG @ 10,
    "R@5": R(rel=2) @ 5,
    "RR@10": RR(rel=2) @ 10,
}
# Any positive grade is relevant, as in the BEIR paper.
BEIR_MEASURES = {"P@1": P @ 1, "nDCG@10": nDCG @ 10, "R@100": R @ 100, "RR@10": RR @ 10}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % bootstrap interval.

    Attributes:
        mean: Mean over all values.
        low: 2.5th percentile of the resampled means.
        high: 97.5th percentile.
        n: Number of values.
    """

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def estimate(values: Sequence[float] | Vector) -> Estimate:
    """Bootstraps a mean (percentile interval, fixed seed): the same values give the same interval.

    Args:
        values: One per question, at least one. For a paired difference of two retrievers, the
            differences per question.
    """
    array = np.asarray(values, np.float64)
    generator = np.random.default_rng(SEED)
    means = np.empty(RESAMPLES)
    step = max(1, 2_000_000 // len(array))  # bounds the memory of the drawn indices
    for start in range(0, RESAMPLES, step):
        rows = min(step, RESAMPLES - start)
        drawn = generator.integers(len(array), size=(rows, len(array)))
        means[start : start + rows] = array[drawn].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(array.mean()), float(low), float(high), len(array))


def per_query(
    measures: Mapping[str, ir_measures.Measure], qrels: Qrels, ranked: Ranked
) -> dict[str, dict[str, float]]:
    """Measures every query.

    Args:
        measures: By the name they are shown under.
        qrels: Query id → document id → grade.
        ranked: Query id → document ids, best first.

    Returns:
        Name → query id → value, in the order of `qrels`; 0 for a query without any result.
    """
    names = {measure: name for name, measure in measures.items()}
    values = {name: dict.fromkeys(qrels, 0.0) for name in measures}
    run = {query: _scored(ranked[query]) for query in qrels if ranked.get(query)}
    labels = {query: dict(grades) for query, grades in qrels.items()}
    for found in ir_measures.iter_calc(list(names), labels, run):
        values[names[found.measure]][found.query_id] = float(found.value)
    return values


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Chance that a positive scores above a negative, ties counting half (Mann-Whitney)."""
    return float(_auroc(np.asarray(positive)[None, :], np.asarray(negative)[None, :])[0])


def auroc_estimate(positive: Sequence[float], negative: Sequence[float]) -> Estimate:
    """`auroc` with its interval; positives and negatives are resampled apart."""
    generator = np.random.default_rng(SEED)
    up, down = np.asarray(positive, np.float64), np.asarray(negative, np.float64)
    drawn = [
        _auroc(
            up[generator.integers(len(up), size=(1000, len(up)))],
            down[generator.integers(len(down), size=(1000, len(down)))],
        )
        for _ in range(RESAMPLES // 1000)
    ]
    low, high = np.percentile(np.concatenate(drawn), [2.5, 97.5])
    return Estimate(auroc(positive, negative), float(low), float(high), len(up) + len(down))


def _auroc(positive: Vector, negative: Vector) -> Vector:
    from scipy.stats import rankdata

    size = positive.shape[1]
    ranks = rankdata(np.hstack([positive, negative]), axis=1)
    wins = ranks[:, :size].sum(axis=1) - size * (size + 1) / 2
    result: Vector = wins / (size * negative.shape[1])
    return result


def _scored(documents: Sequence[str]) -> dict[str, float]:
    # Falling scores: trec_eval orders by score and would break ties by document id.
    return {document: float(len(documents) - i) for i, document in enumerate(documents)}
