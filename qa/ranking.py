"""The measures in order for a question, with the evidence behind the order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from corpus.records import Measure
from index.evidence import TEXT_COLUMNS, gather
from index.protocols import Encoder, Floats
from qa.context import Context
from qa.library import Library, Part
from qa.ranker import Model
from qa.understand import Question

# Of more measures than this, only those that a searcher finds are compared with the question's
# years, units and numbers; about as many as the weights were fitted on.
_COMPARED = 200
_NOWHERE = np.float32(-1e6)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All measures in order for a question.

    Attributes:
        question: The question as understood.
        order: Indices of measures that the filters admit, best first; of a large part those that
            a searcher finds.
        scores: Score of every measure, shape (measures,).
        evidence: Shape (measures, columns), the columns those of `model`.
        probability: How likely the first one answers.
        model: The weights that the first one was judged by.
    """

    question: Question
    order: tuple[int, ...]
    scores: Floats
    evidence: Floats
    probability: float
    model: Model


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A part's measures in order; `order` counts through the library, the arrays the part."""

    part: Part
    order: tuple[int, ...]
    scores: Floats
    evidence: Floats
    probability: float

    @property
    def best(self) -> float:
        """Score of the first measure."""
        return float(self.scores[self.order[0] - self.part.first])


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
        allowed = None if admitted is None else set(admitted)
        ranked = [self._rank(part, question, allowed) for part in library.parts]
        leading = max((one for one in ranked if one.order), key=_certainty, default=ranked[0])
        scores = np.concatenate([_aligned(one, leading) for one in ranked])
        order = [i for one in ranked for i in one.order]
        if len(ranked) > 1:
            order.sort(key=lambda i: (-scores[i], i))
        return Ranking(
            question=question,
            order=tuple(order),
            # Rounded so that what is shown does not hang on the order of a sum.
            scores=np.round(scores, 5),
            evidence=np.concatenate([_in_columns(one, leading.part.model) for one in ranked]),
            probability=leading.probability,
            model=leading.part.model,
        )

    def _rank(self, part: Part, question: Question, allowed: set[int] | None) -> _Ranked:
        """Ranks one part as if there were no other."""
        library = self._library
        gathered = gather(question.text, part.searchers, library.encoder, library.synonyms.expand)
        places = part.places
        inside = [i for i in places if allowed is None or i in allowed]
        if part is not library.parts[0] and len(inside) > _COMPARED:
            inside = sorted({*_found(part, gathered.values, inside), *self._led(question, inside)})
            rows = np.array(inside) - part.first
            judged = np.hstack(
                [
                    _exact(part, gathered.values[rows], rows, question, library.encoder),
                    self._context.evidence(question, inside),
                ]
            )
            evidence = np.zeros((len(places), len(part.model.columns)), np.float32)
            evidence[rows] = judged
        else:
            evidence = np.hstack([gathered.values, self._context.evidence(question, places)])
            # A measure that is filtered out must not vouch for those that are left.
            judged = evidence if allowed is None else evidence[[i - part.first for i in inside]]
        order, scores = part.model.order(evidence)
        kept = set(inside)
        return _Ranked(
            part,
            tuple(i + part.first for i in order if i + part.first in kept),
            scores,
            evidence,
            part.model.probability(question, judged) if inside else 0.0,
        )

    def _led(self, question: Question, inside: Sequence[int]) -> list[int]:
        """Measures of the units that a question names, whatever else it says."""
        measures, units = self._library.measures, set(question.units)
        found = (i for i in inside if units and not units.isdisjoint(measures[i].units))
        return list(islice(found, _COMPARED))

    def measure(self, ranking: Ranking, place: int = 0) -> Measure:
        """The measure at a place of the order, 0 the best."""
        return self._library.measures[ranking.order[place]]


def _found(part: Part, gathered: Floats, inside: Sequence[int]) -> list[int]:
    """The measures that the part's weights put first by what its searchers found alone."""
    rows = np.array(inside) - part.first
    scores = gathered[rows] @ part.model.ranking[: gathered.shape[1]]
    return sorted(inside[i] for i in np.argsort(-scores, kind="stable")[:_COMPARED])


def _exact(
    part: Part, gathered: Floats, rows: npt.NDArray[np.int64], question: Question, encoder: Encoder
) -> Floats:
    """The rows' evidence with cosines that a search of many vectors left out."""
    if part.searchers.dense.visits_all:
        return gathered
    cosine, gap = TEXT_COLUMNS.index("dense"), TEXT_COLUMNS.index("dense_gap")
    exact = gathered.copy()
    exact[:, cosine] = part.searchers.dense.exact_scores(
        rows.tolist(), encoder.encode([question.text])[0]
    )
    exact[:, gap] = exact[:, cosine] - exact[:, cosine].max(initial=0)
    return exact


def _certainty(ranked: _Ranked) -> float:
    """Log odds that a part's first measure answers: what the models of two parts compare by."""
    p = min(max(ranked.probability, 1e-9), 1 - 1e-9)
    return math.log(p / (1 - p))


def _aligned(ranked: _Ranked, leading: _Ranked) -> Floats:
    """A part's scores on the scale of the leading part's.

    Scores of two models do not compare, the probabilities that both were fitted to do: the best
    measures of two parts stand as far apart as their log odds.
    """
    if ranked is leading or not ranked.order:
        return ranked.scores if ranked is leading else np.full_like(ranked.scores, _NOWHERE)
    shift = leading.best - ranked.best + _certainty(ranked) - _certainty(leading)
    aligned: Floats = (ranked.scores + np.float32(shift)).astype(np.float32)
    return aligned


def _in_columns(ranked: _Ranked, model: Model) -> Floats:
    """A part's evidence in the columns of a model; 0 where the part has no such column."""
    names = ranked.part.model.columns
    if names == model.columns:
        return ranked.evidence
    values = np.zeros((len(ranked.evidence), len(model.columns)), np.float32)
    for column, name in enumerate(model.columns):
        if name in names:
            values[:, column] = ranked.evidence[:, names.index(name)]
    return values
