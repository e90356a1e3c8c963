"""Labelled questions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import MissingFileError, UsageError

DATA = Path(__file__).with_name("data")
DEVELOPMENT = DATA / "dev_questions.jsonl"
# Written for this project without sight of the development questions or the aliases.
OWN = DATA / "own_questions.jsonl"
# Written blind as well, when everything else was done; nothing was ever fitted on it or changed for
# a single question of it.
FRESH = DATA / "fresh_questions.jsonl"


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with its relevance labels (qrels).

    Attributes:
        qid: Id.
        question: The question.
        persona: business, staff, citizen or unanswerable.
        style: Finer kind, see data/README.md.
        relevant: Measure id → grade (2 answers, 1 partial); empty for an unanswerable one.
        units: 责任单位 of the best measure, in order.
        facts: Literal parts of the answering measures.
    """

    qid: str
    question: str
    persona: str
    style: str
    relevant: Mapping[str, int]
    units: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether any measure is labelled."""
        return bool(self.relevant)


def load_questions(path: Path = DEVELOPMENT) -> tuple[LabelledQuestion, ...]:
    """Reads labelled questions from JSON lines.

    Raises:
        MissingFileError: There is no such file.
        UsageError: A line lacks a field.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise MissingFileError(path, "name a file of labelled questions") from None
    questions = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            questions.append(
                LabelledQuestion(
                    row["qid"],
                    row["question"],
                    row["persona"],
                    row["style"],
                    row["relevant"],
                    tuple(row["answer_units"]),
                    tuple(row["answer_facts"]),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}, line {number}: no labelled question ({error!r})") from error
    return tuple(questions)
