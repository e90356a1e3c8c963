"""All figures of one set of labelled questions."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from eval.answers import AnswerFigures, answer_figures, rightness
from eval.metrics import Estimate, Qrels, Ranked
from eval.outcome import Outcome
from eval.questions import DEVELOPMENT, OWN, load_questions
from eval.retrieval import RetrievalFigures, qrels_of, retrieval_figures
from eval.silence import (
    COVERAGES,
    Point,
    Statuses,
    at_coverage,
    count_statuses,
    decided,
    risk_coverage,
    separation,
)
from index.text import fold


@dataclass(frozen=True, slots=True)
class SetFigures:
    """All figures of one set of questions.

    Attributes:
        name: Name of the set.
        n: Questions.
        noted: Ids of those that stand word for word among the noted and background questions.
        fitted: Questions that stand in the files that the shipped weights were fitted on.
        qrels: Labels.
        runs: Retriever → ranking.
        retrieval: Retrieval.
        unanswerable: Statuses by style.
        answerable: Statuses by persona.
        auroc: Of the probability alone, and with the assistant's rules.
        curve: Risk and coverage.
        coverages: Points of the curve by coverage.
        decided: Where the assistant's own decisions stand.
        answers: Facts and units.
        right: Share of all-right questions by persona.
    """

    name: str
    n: int
    noted: tuple[str, ...]
    fitted: int
    qrels: Qrels
    runs: Mapping[str, Ranked]
    retrieval: RetrievalFigures
    unanswerable: Sequence[Statuses]
    answerable: Sequence[Statuses]
    auroc: Mapping[str, Estimate | None]
    curve: Sequence[Point]
    coverages: Mapping[float, Point]
    decided: Point
    answers: AnswerFigures
    right: Mapping[str, Estimate]


def to_json(value: Any) -> Any:  # noqa: ANN401 - any tree of figures
    """Figures as JSON types."""
    if is_dataclass(value) and not isinstance(value, type):
        return to_json(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return round(value, 6) if isinstance(value, float) else value


def set_figures(
    name: str,
    results: Sequence[Outcome],
    runs: Mapping[str, Ranked],
    unshared: Sequence[str],
    noted: Container[str],
) -> SetFigures:
    """Gathers all figures of a set.

    Args:
        name: Name of the set.
        results: Outcomes of its questions.
        runs: Retriever → ranking of the answerable ones.
        unshared: Ids of those that share no content word with their best clause.
        noted: Noted and background questions, folded.
    """
    points = risk_coverage(results)
    asked = {fold(o.labelled.question) for o in results}
    return SetFigures(
        name=name,
        n=len(results),
        noted=tuple(o.labelled.qid for o in results if fold(o.labelled.question) in noted),
        fitted=len(asked & _fitted()),
        qrels=qrels_of(results),
        runs=runs,
        retrieval=retrieval_figures(results, runs, unshared),
        unanswerable=count_statuses(results, answerable=False),
        answerable=count_statuses(results, answerable=True),
        auroc={
            "probability": separation(results, with_rules=False),
            "with_rules": separation(results, with_rules=True),
        },
        curve=points,
        coverages={c: at_coverage(points, c) for c in COVERAGES},
        decided=decided(results),
        answers=answer_figures(results),
        right=rightness(results),
    )


def _fitted() -> set[str]:
    return {fold(q.question) for path in (DEVELOPMENT, OWN) for q in load_questions(path)}
