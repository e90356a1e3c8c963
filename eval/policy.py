"""Judges retrieval, silence and answers on labelled questions about the shipped documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.aliases import load_aliases, load_background
from corpus.errors import UsageError
from corpus.records import Measure
from eval.crossval import FOLDS
from eval.figures import SetFigures, set_figures
from eval.outcome import fold_models, outcomes
from eval.overlap import without_shared_words
from eval.questions import DEVELOPMENT, FRESH, OWN, LabelledQuestion, load_questions
from eval.retrieval import policy_runs
from eval.structured import structured_section
from index.text import fold
from qa.assistant import Assistant
from qa.library import open_library

_CROSS_VALIDATED = (
    f"Cross-validated in {FOLDS} folds: every question is judged with weights and thresholds that "
    "were fitted without it. The rules, the noted questions and the embedding model are the same "
    "in all folds."
)
_SHIPPED = (
    "Judged with the weights as shipped, which were fitted on the development questions and the "
    "project's own: figures on those are too good; see below how many of these questions they are."
)


@dataclass(frozen=True, slots=True)
class Options:
    """What is evaluated.

    Attributes:
        questions: Another file of labelled questions, or None for the project's three.
        use_aliases: Whether noted questions are used.
        shipped: Whether to judge with the weights as shipped.
    """

    questions: Path | None = None
    use_aliases: bool = True
    shipped: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out.

    Attributes:
        sets: Figures by set of questions.
        judged: A sentence on how the questions were judged.
        model: The encoder's fingerprint.
        structured: Report section on lookups, matching, alignment and benefits; empty where other
            questions were given.
    """

    sets: tuple[SetFigures, ...]
    judged: str
    model: str
    structured: str


_HELD_OUT = "The fresh questions were used for no fit: they are judged with the weights as shipped."


def evaluate(options: Options) -> Evaluation:
    """Evaluates; minutes with cross-validation, seconds with shipped weights.

    Raises:
        UsageError: A question file has no answerable question or names an unknown record.
        MissingFileError: There is no such file.
    """
    library = open_library(use_aliases=options.use_aliases, with_shelf=False)
    measures = {m.measure_id: m for m in library.measures}
    files = [DEVELOPMENT, OWN, FRESH] if options.questions is None else [options.questions]
    sets = {path.stem: _checked(path, measures) for path in files}
    noted = _noted()
    cross_validated = not options.shipped and options.questions is None
    mode = "questions" if options.use_aliases else "text"
    models = fold_models(mode) if cross_validated else {}
    bare = open_library(use_aliases=False, with_shelf=False) if options.use_aliases else None
    bare_models = fold_models("text") if cross_validated and bare else {}
    figures = []
    for name, questions in sets.items():
        # No model was fitted on the fresh questions: the shipped one never saw them.
        held_out = name == FRESH.stem
        results = outcomes(library, questions, {} if held_out else models)
        without = outcomes(bare, questions, {} if held_out else bare_models) if bare else []
        unshared = without_shared_words(questions, measures)
        runs = policy_runs(library, results, without)
        figures.append(set_figures(name, results, runs, unshared, noted))
    judged = _CROSS_VALIDATED if cross_validated else _SHIPPED
    if not options.use_aliases:
        judged += " Noted questions (aliases) are not used."
    if options.questions is not None:
        return Evaluation(tuple(figures), judged, library.encoder.fingerprint, "")
    structured = structured_section(library.documents, Assistant(library))
    return Evaluation(
        tuple(figures), f"{judged} {_HELD_OUT}", library.encoder.fingerprint, structured
    )


def _noted() -> set[str]:
    aliases = load_aliases().values()
    noted = [q for a in aliases for q in (*a.answered, *a.near_misses)]
    return {fold(q) for q in (*noted, *load_background())}


def _checked(path: Path, measures: Mapping[str, Measure]) -> tuple[LabelledQuestion, ...]:
    questions = load_questions(path)
    if not any(q.answerable for q in questions):
        raise UsageError(f"{path}: no question has a relevant record; nothing can be measured")
    for question in questions:
        unknown = set(question.relevant) - set(measures)
        if unknown:
            raise UsageError(f"{path}, question {question.qid}: no record {min(unknown)!r}")
    return questions
