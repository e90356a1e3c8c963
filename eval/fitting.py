"""Fits the weights of the ranking and of the decision."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from eval.examples import Example
from index.protocols import Floats
from qa.ranker import Model, decision_features

# Strength of the pull towards zero; the figures are flat around both.
_RANKING_RIDGE = 3.0
_DECISION_INVERSE_RIDGE = 0.3
# Labelled questions are few and of the kind that is asked; noted ones are many and of another kind.
_LABELLED_WEIGHT = 6.0
_LABELLED = ("dev", "own")
_REFUSED_SHARE = 0.028
_SCHEME_QUANTILE = 0.1


def fit_ranking(examples: Sequence[Example], columns: Sequence[str]) -> Floats:
    """Listwise softmax regression (ListNet's top-one loss, Cao et al. 2007) on labelled examples.

    Args:
        examples: Those of labelled groups that have a target are used.
        columns: Names of the evidence columns.

    Returns:
        Weights, shape (columns,).
    """
    used = [e for e in examples if e.target is not None and e.group in _LABELLED]
    evidence = np.stack([e.evidence for e in used]).astype(np.float64)
    targets = np.stack([e.target for e in used if e.target is not None]).astype(np.float64)
    scale = evidence.reshape(-1, len(columns)).std(axis=0)
    scale[scale == 0] = np.inf  # a column that never varies gets no weight
    evidence /= scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = evidence @ weights
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -(targets * np.log(shares + 1e-12)).sum() + _RANKING_RIDGE * weights @ weights
        slope = np.einsum("qmc,qm->c", evidence, shares - targets) + 2 * _RANKING_RIDGE * weights
        return float(value) / len(used), slope / len(used)

    found = minimize(
        loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    )
    weights: Floats = (found.x / scale).astype(np.float32)
    return weights


def fit_model(examples: Sequence[Example], columns: Sequence[str]) -> Model:
    """Fits ranking and decision; the thresholds are left at ½, see `calibrated`."""
    ranking = fit_ranking(examples, columns)
    width = 2 * len(columns)
    blank = Model(tuple(columns), ranking, np.zeros(width, np.float32), 0.0, 0.5, 0.5, 0.0)
    features = np.stack([decision_features(e.question, e.evidence, blank) for e in examples])
    answered = np.array([e.target is not None for e in examples])
    weights = np.where([e.group in _LABELLED for e in examples], _LABELLED_WEIGHT, 1.0)
    scaler = StandardScaler().fit(features)
    fitted = LogisticRegression(C=_DECISION_INVERSE_RIDGE, max_iter=5000).fit(
        scaler.transform(features), answered, sample_weight=weights
    )
    decision = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - decision @ scaler.mean_)
    return Model(tuple(columns), ranking, decision.astype(np.float32), bias, 0.5, 0.5, 0.0)


def calibrated(model: Model, examples: Sequence[Example], probabilities: Sequence[float]) -> Model:
    """Sets a model's thresholds.

    Answered: the probability that refuses the allowed share of answerable development questions.
    Related: below it lie nine tenths of the background questions, at most a third of answered.
    Scheme: the ranking score that nine tenths of the answerable development questions reach.

    Args:
        model: The model.
        examples: Held-out examples.
        probabilities: Theirs, from models that never saw them.
    """
    of_dev = [
        (p, float(model.order(e.evidence)[1].max()))
        for e, p in zip(examples, probabilities, strict=True)
        if e.group == "dev" and e.target is not None
    ]
    of_background = [
        p for e, p in zip(examples, probabilities, strict=True) if e.group == "background"
    ]
    answered = float(np.quantile([p for p, _ in of_dev], _REFUSED_SHARE))
    low = float(np.quantile(of_background, 0.9)) if of_background else answered / 3
    return replace(
        model,
        answered=round(answered, 4),
        related=round(min(low, answered / 3), 4),
        scheme=round(float(np.quantile([s for _, s in of_dev], _SCHEME_QUANTILE)), 4),
    )
