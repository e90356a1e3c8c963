"""Judges retrieval, silence and answers on labelled questions about the shipped documents."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any

from corpus.aliases import SHIPPED_ALIASES, SHIPPED_BACKGROUND, load_aliases, load_background
from corpus.errors import UsageError
from corpus.records import Measure
from eval.answers import AnswerFigures, answer_figures, rightness
from eval.metrics import Estimate, Ranked
from eval.outcome import Outcome, fold_models, outcomes
from eval.overlap import without_shared_words
from eval.questions import DEVELOPMENT, OWN, LabelledQuestion, load_questions
from eval.retrieval import RetrievalFigures, policy_runs, retrieval_figures
from eval.silence import (
    COVERAGES, Point, Statuses, at_coverage, count_statuses, risk_coverage, separation,
)  # fmt: skip
from index.text import fold
from qa.library import Library, open_library
from qa.ranker import SHIPPED_WEIGHTS

DATA_FILES = (DEVELOPMENT, OWN, SHIPPED_ALIASES, SHIPPED_BACKGROUND, SHIPPED_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Options:
    """What is evaluated.

    Attributes:
        questions: Another file of labelled questions, or None for the project's two.
        use_aliases: Whether noted questions are used.
        shipped: Whether to judge with the weights as shipped.
    """

    questions: Path | None = None
    use_aliases: bool = True
    shipped: bool = False


@dataclass(frozen=True, slots=True)
class SetFigures:
    """All figures of one set of questions.

    Attributes:
        name: Name of the set.
        n: Questions.
        noted: Questions that stand word for word among the noted and background questions.
        fitted: Questions that stand in the files that the shipped weights were fitted on.
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
    noted: int
    fitted: int
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


def evaluate(options: Options) -> tuple[list[SetFigures], Library]:
    """Evaluates; minutes with cross-validation, seconds with shipped weights.

    Raises:
        UsageError: A question file has no answerable question or names an unknown record.
        MissingFileError: There is no such file.
    """
    library = open_library(use_aliases=options.use_aliases)
    measures = {m.measure_id: m for m in library.measures}
    files = [DEVELOPMENT, OWN] if options.questions is None else [options.questions]
    sets = {path.stem: _checked(path, measures) for path in files}
    cross_validated = not options.shipped and options.questions is None
    mode = "questions" if options.use_aliases else "text"
    models = fold_models(mode) if cross_validated else {}
    bare = open_library(use_aliases=False) if options.use_aliases else None
    bare_models = fold_models("text") if cross_validated and bare else {}
    figures = []
    for name, questions in sets.items():
        results = outcomes(library, questions, models)
        without = outcomes(bare, questions, bare_models) if bare else []
        unshared = without_shared_words(questions, measures)
        figures.append(_figures(name, results, policy_runs(library, results, without), unshared))
    return figures, library


def to_json(value: Any) -> Any:  # noqa: ANN401 - any tree of figures
    """Figures as JSON types."""
    if is_dataclass(value) and not isinstance(value, type):
        return to_json(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return round(value, 6) if isinstance(value, float) else value


def _checked(path: Path, measures: Mapping[str, Measure]) -> tuple[LabelledQuestion, ...]:
    questions = load_questions(path)
    if not any(q.answerable for q in questions):
        raise UsageError(f"{path}: no question has a relevant record; nothing can be measured")
    for question in questions:
        unknown = set(question.relevant) - set(measures)
        if unknown:
            raise UsageError(f"{path}, question {question.qid}: no record {min(unknown)!r}")
    return questions


def _figures(
    name: str, results: Sequence[Outcome], runs: Mapping[str, Ranked], unshared: Sequence[str]
) -> SetFigures:
    points = risk_coverage(results)
    asked = {fold(o.labelled.question) for o in results}
    return SetFigures(
        name=name,
        n=len(results),
        noted=len(asked & _noted()),
        fitted=len(asked & {fold(q.question) for f in (DEVELOPMENT, OWN) for q in load_questions(f)}),
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
        decided=decided_point(results),
        answers=answer_figures(results),
        right=rightness(results),
    )


def _noted() -> set[str]:
    aliases = load_aliases().values()
    noted = [q for a in aliases for q in (*a.answered, *a.near_misses)]
    return {fold(q) for q in (*noted, *load_background())}
