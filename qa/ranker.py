"""The learned order of measures: a weighted sum of evidence, and how sure it is to answer.

The weights are fitted by `python -m eval.fit` and stored as JSON beside this file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.errors import MissingFileError
from index.protocols import Floats
from qa.understand import Question

SHIPPED_WEIGHTS = Path(__file__).with_name("weights.json")

# What the decision looks at beside the best measure's own evidence.
DECISION_COLUMNS = (
    "margin",  # ranking score ahead of the second
    "probability",  # share of the best in the softmax of all ranking scores
    "log_length",  # of the question
    "details",  # procedural details asked for
    "other_year",
    "asks_benefit",
    "asks_amount",
    "asks_budget",
    "asks_target",
    "asks_compare",
    "asks_unit",
    "asks_who",
    "asks_list",
    "best_score",
)
_INTENTS = ("benefit", "amount", "budget", "target", "compare", "unit", "who", "listing")


@dataclass(frozen=True, slots=True)
class Model:
    """Weights for one set of evidence columns.

    Attributes:
        columns: Evidence columns that the weights belong to.
        ranking: Weight of each column, shape (columns,).
        decision: Weight of each column of the best measure, of DECISION_COLUMNS, and of the
            largest value of each evidence column over all measures.
        bias: Intercept of the decision.
        answered: Least probability at which a question counts as answered.
        related: Least probability at which the best measures are shown as related.
        scheme: Ranking score from which they are shown as related whatever the probability: the
            subject is in the text, though perhaps not what is asked about it.
    """

    columns: tuple[str, ...]
    ranking: Floats
    decision: Floats
    bias: float
    answered: float
    related: float
    scheme: float

    def order(self, evidence: Floats) -> tuple[list[int], Floats]:
        """Ranks measures.

        Args:
            evidence: Shape (measures, columns).

        Returns:
            Indices best first (ties by lower index), and the score of every measure.
        """
        scores = evidence @ self.ranking
        return [int(i) for i in np.lexsort((np.arange(len(scores)), -scores))], scores

    def probability(self, question: Question, evidence: Floats) -> float:
        """How likely the best measure is to answer the question, from 0 to 1."""
        features = decision_features(question, evidence, self)
        return float(1 / (1 + np.exp(-(features @ self.decision + self.bias))))


def decision_features(question: Question, evidence: Floats, model: Model) -> Floats:
    """What the decision looks at, shape (2 · columns + len(DECISION_COLUMNS),)."""
    order, scores = model.order(evidence)
    shifted = np.exp(scores - scores.max())
    second = scores[order[1]] if len(order) > 1 else scores[order[0]] - 1
    query = [
        scores[order[0]] - second,
        shifted[order[0]] / shifted.sum(),
        np.log1p(len(question.text)),
        len(question.details),
        question.years.beyond or bool(question.years.named),
        *(intent in question.intents for intent in _INTENTS),
        scores[order[0]],
    ]
    features: Floats = np.concatenate(
        [evidence[order[0]], np.array(query, np.float32), evidence.max(axis=0)]
    ).astype(np.float32)
    return features


@lru_cache(maxsize=2)
def load_models(path: Path = SHIPPED_WEIGHTS) -> Mapping[str, Model]:
    """Models by name: `questions` where questions are noted, `text` where none are.

    Raises:
        MissingFileError: There is no such file.
    """
    try:
        tables = json.loads(path.read_text("utf-8"))["models"]
    except FileNotFoundError:
        raise MissingFileError(path, "fit the weights with `python -m eval.fit`") from None
    return {name: _model(table) for name, table in tables.items()}


def _model(table: Mapping[str, Mapping[str, float]]) -> Model:
    return Model(
        columns=tuple(table["ranking"]),
        ranking=np.array(list(table["ranking"].values()), np.float32),
        decision=np.array(list(table["decision"].values()), np.float32),
        bias=float(table["thresholds"]["bias"]),
        answered=float(table["thresholds"]["answered"]),
        related=float(table["thresholds"]["related"]),
        scheme=float(table["thresholds"].get("scheme", 0.0)),
    )
