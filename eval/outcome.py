"""What the assistant makes of labelled questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from eval.crossval import cross_validate
from eval.fit import gather_examples
from eval.questions import LabelledQuestion
from qa.answer import Answer
from qa.assistant import Assistant
from qa.library import Library
from qa.ranker import Model

# Reasons that stand for a rule, whatever the probability.
_RULES = frozenset({"other_region", "other_year", "no_such_measure"})
_ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled question with its ranking and its answer.

    Attributes:
        labelled: The question.
        text: As understood.
        order: Measure ids, best first, whether or not anything is answered.
        probability: The model's, that the first one answers.
        threshold: The least probability that the model counts as an answer.
        answer: What a user would get.
    """

    labelled: LabelledQuestion
    text: str
    order: tuple[str, ...]
    probability: float
    threshold: float
    answer: Answer

    @property
    def is_answered(self) -> bool:
        """Whether the assistant claims to answer."""
        return self.answer.status == "answered"

    @property
    def confidence(self) -> float:
        """The probability; 0 where a rule refuses the question, 1 where one answers it."""
        is_likely = self.probability >= self.threshold
        if self.answer.reason in _RULES or (is_likely and not self.is_answered):
            return 0.0
        return 1.0 if self.is_answered and not is_likely else self.probability

    @property
    def is_first_right(self) -> bool:
        """Whether the first measure has grade 2."""
        cited = [c.measure.measure_id for c in self.answer.citations] or self.order
        return self.labelled.relevant.get(cited[0], 0) == _ANSWERS

    @property
    def is_right(self) -> bool:
        """Answered with a grade-2 record first; without labels, not claimed as answered."""
        if self.labelled.answerable:
            return self.is_answered and self.is_first_right
        return not self.is_answered


def fold_models(mode: str) -> dict[str, Model]:
    """Cross-validates the weights.

    Args:
        mode: questions or text.

    Returns:
        For each labelled question's id the model of the fold that it was held out in.
    """
    examples, columns = gather_examples(mode)
    judged, models = cross_validate(examples, columns)
    return {j.example.qid: models[j.fold] for j in judged if j.example.qid}


def outcomes(
    library: Library, questions: Sequence[LabelledQuestion], models: Mapping[str, Model]
) -> list[Outcome]:
    """Asks every question.

    Args:
        library: Documents and index.
        questions: Labelled questions.
        models: Question id → model to judge it with; the library's own where there is none.
    """
    assistants: dict[int, Assistant] = {}
    found = []
    for labelled in questions:
        model = models.get(labelled.qid, library.model)
        if id(model) not in assistants:
            assistants[id(model)] = Assistant(replace(library, model=model))
        assistant = assistants[id(model)]
        ranking = assistant.rank(labelled.question)
        order = tuple(library.measures[i].measure_id for i in ranking.order)
        answer = assistant.ask(labelled.question)
        found.append(
            Outcome(
                labelled=labelled,
                text=ranking.question.text,
                order=order,
                probability=ranking.probability,
                threshold=model.answered,
                answer=answer,
            )
        )
    return found
