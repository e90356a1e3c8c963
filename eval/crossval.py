"""Cross-validation: every labelled question is judged by a model that never saw it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.examples import Example
from eval.fitting import calibrated, fit_model
from index.protocols import Floats
from qa.ranker import Model

FOLDS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """An example with what a model that never saw it makes of it.

    Attributes:
        example: The example.
        scores: Ranking score of every measure, shape (measures,).
        probability: That the best measure answers.
        fold: Number of the fold that it was held out in.
    """

    example: Example
    scores: Floats
    probability: float
    fold: int


def cross_validate(
    examples: Sequence[Example], columns: Sequence[str], seed: int = 1
) -> tuple[list[Judged], list[Model]]:
    """Judges all examples of labelled groups; others are dealt into the folds as well.

    Returns:
        The judged examples in the given order, and the models by fold. Each model's thresholds
        come from the probabilities that it gives to its own training questions' held-out twins,
        that is from the other folds' judgements.
    """
    generator = np.random.default_rng(seed)
    fold_of = generator.permutation(len(examples)) % FOLDS
    models = [
        fit_model([e for e, f in zip(examples, fold_of, strict=True) if f != fold], columns)
        for fold in range(FOLDS)
    ]
    judged = []
    for example, fold in zip(examples, fold_of, strict=True):
        model = models[fold]
        _, scores = model.order(example.evidence)
        probability = model.probability(example.question, example.evidence)
        judged.append(Judged(example, scores, probability, int(fold)))
    return judged, [_calibrated(model, judged, fold) for fold, model in enumerate(models)]


def _calibrated(model: Model, judged: Sequence[Judged], fold: int) -> Model:
    others = [j for j in judged if j.fold != fold]
    return calibrated(model, [j.example for j in others], [j.probability for j in others])
