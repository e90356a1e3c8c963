"""How likely a difference between two retrievers is chance."""

from dataclasses import dataclass

import numpy as np

from eval.metrics import RESAMPLES, SEED, Estimate, Vector, estimate

RESOLUTION = 2 / (RESAMPLES + 1)


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference.

    Attributes:
        estimate: Its mean with the interval.
        p: Two-sided p-value of the paired bootstrap, at least RESOLUTION.
    """

    estimate: Estimate
    p: float


def difference(values: Vector, baseline: Vector) -> Difference:
    """Compares two retrievers question by question.

    Args:
        values: One value per question.
        baseline: The other retriever's values for the same questions, in the same order.
    """
    paired = values - baseline
    size = len(paired)
    counts = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), RESAMPLES)
    # Rounded so that a sum's last digit does not hide that a resample shows no difference at all.
    means = np.round(counts @ paired / size, 12)
    # One is added so that no p-value is 0: the sample itself is one more resample.
    beyond = 1 + min(int((means <= 0).sum()), int((means >= 0).sum()))
    return Difference(estimate(paired), min(1.0, 2 * beyond / (RESAMPLES + 1)))
