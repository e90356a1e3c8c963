"""The measures in order for a question, with the evidence behind the order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.records import Measure
from index.evidence import gather
from index.protocols import Floats
from qa.context import Context
from qa.library import Library
from qa.understand import Question


@dataclass(frozen=True, slots=True)
class Ranking:
    """All measures in order for a question.

    Attributes:
        question: The question as understood.
        order: Indices of measures that the filters admit, best first.
        scores: Score of every measure, shape (measures,).
        evidence: Shape (measures, columns).
        probability: How likely the first one answers.
    """

    question: Question
    order: tuple[int, ...]
    scores: Floats
    evidence: Floats
    probability: float


class Ranker:
    """Ranks a library's measures.

    Args:
        library: Documents, index and weights.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._context = Context(library.documents)

    def rank(self, question: Question, admitted: Sequence[int] | None = None) -> Ranking:
        """Ranks measures for a question, whether or not anything answers it.

        Args:
            question: The question.
            admitted: Indices of the measures to rank; all by default.
        """
        library = self._library
        gathered = gather(
            question.text, library.searchers, library.encoder, library.synonyms.expand
        )
        evidence = np.hstack([gathered.values, self._context.evidence(question)])
        order, scores = library.model.order(evidence)
        judged = evidence
        if admitted is not None:
            allowed = set(admitted)
            order = [i for i in order if i in allowed]
            # A measure that is filtered out must not vouch for those that are left.
            judged = evidence[sorted(allowed)]
        return Ranking(
            question=question,
            order=tuple(order),
            # Rounded so that what is shown does not hang on the order of a sum.
            scores=np.round(scores, 5),
            evidence=evidence,
            probability=library.model.probability(question, judged) if order else 0.0,
        )

    def measure(self, ranking: Ranking, place: int = 0) -> Measure:
        """The measure at a place of the order, 0 the best."""
        return self._library.measures[ranking.order[place]]
