"""Training examples for the ranking and the decision.

Noted questions (aliases) are examples too, but an index that holds a question would give it away:
they are dealt into folds, and each fold is measured on an index built without it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tqdm import tqdm

from corpus.aliases import load_aliases, load_background
from eval.questions import LabelledQuestion
from index.build import build_searchers
from index.passages import Passage, passages_from
from index.protocols import Floats
from index.sound import homophones
from qa.assistant import Assistant
from qa.library import Library
from qa.ranker import load_models
from qa.understand import Question

FOLDS = 5
# What a label is worth as a share of the target distribution. Of several measures that answer, the
# first one labelled answers most directly (of two years, the later), so it is wanted first.
_BEST_GAIN = 1.0
_GAIN = {2: 0.4, 1: 0.1}
_MISTYPED, _SHORTEST_MISTYPED, _USUAL = 4, 4, 30


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its evidence.

    Attributes:
        question: As understood.
        evidence: Shape (measures, columns).
        target: Distribution over measures that should be ranked first, or None if none answers.
        group: Where it comes from: dev, own, alias, near_miss, or a kind of background question.
        qid: Id of a labelled question.
    """

    question: Question
    evidence: Floats
    target: Floats | None
    group: str
    qid: str = ""


def labelled_examples(
    assistant: Assistant, questions: Sequence[LabelledQuestion], group: str
) -> list[Example]:
    """Examples from labelled questions."""
    rows = {m.measure_id: i for i, m in enumerate(assistant.library.measures)}
    examples = []
    for labelled in questions:
        ranking = assistant.rank(labelled.question)
        target = None
        if labelled.answerable:
            target = np.zeros(len(rows), np.float32)
            for place, (measure_id, grade) in enumerate(labelled.relevant.items()):
                target[rows[measure_id]] = _GAIN[grade] if place else _BEST_GAIN
            target /= target.sum()
        examples.append(Example(ranking.question, ranking.evidence, target, group, labelled.qid))
    return examples


def noted_examples(library: Library, *, use_aliases: bool, seed: int = 0) -> list[Example]:
    """Examples from noted questions, near misses and background questions, fold by fold.

    Args:
        library: Its documents and encoder are used; its index is not.
        use_aliases: Whether the folds' indexes hold the other folds' questions.
        seed: Of the deal into folds.
    """
    generator = np.random.default_rng(seed)
    aliases = load_aliases()
    passages = passages_from(library.documents, aliases)
    background = load_background()
    deal = {
        text: int(generator.integers(FOLDS))
        for text in sorted(
            {q for p in passages for q in (*p.questions, *p.near_misses)} | set(background)
        )
    }
    examples: list[Example] = []
    for fold in tqdm(range(FOLDS), desc="folds"):
        if use_aliases or fold == 0:
            kept = [_without(p, deal, fold) if use_aliases else _bare(p) for p in passages]
            rest = [q for q in background if deal[q] != fold] if use_aliases else []
            assistant = _assistant(library, kept, rest)
        for group, row, text in _held_out(passages, background, deal, fold):
            ranking = assistant.rank(text)
            target = None
            if row is not None:
                target = np.zeros(len(passages), np.float32)
                target[row] = 1
            examples.append(Example(ranking.question, ranking.evidence, target, group))
    return examples


def _held_out(
    passages: Sequence[Passage], background: Sequence[str], deal: dict[str, int], fold: int
) -> Iterator[tuple[str, int | None, str]]:
    for row, passage in enumerate(passages):
        for question in passage.questions:
            if deal[question] == fold:
                yield "alias", row, question
                if (mistyped := _mistyped(question)) is not None:
                    yield "typo", row, mistyped
        yield from (("near_miss", None, q) for q in passage.near_misses if deal[q] == fold)
    yield from (("background", None, q) for q in background if deal[q] == fold)


def _mistyped(question: str) -> str | None:
    """For one question in four, the question with one character replaced by a homophone.

    Noted questions are well spelt, questions typed on a phone are not; without such examples a
    typo would count as a sign that nothing answers.
    """
    draw = hashlib.sha256(question.encode()).digest()
    places = [i for i, c in enumerate(question) if len(homophones(c)) > 1]
    if draw[0] % _MISTYPED or len(places) < _SHORTEST_MISTYPED:
        return None
    place = places[int.from_bytes(draw[1:5], "big") % len(places)]
    others = [c for c in homophones(question[place])[:_USUAL] if c != question[place]]
    return question[:place] + others[draw[5] % len(others)] + question[place + 1 :]


def _without(passage: Passage, deal: dict[str, int], fold: int) -> Passage:
    return replace(
        passage,
        questions=tuple(q for q in passage.questions if deal[q] != fold),
        near_misses=tuple(q for q in passage.near_misses if deal[q] != fold),
    )


def _bare(passage: Passage) -> Passage:
    return replace(passage, questions=(), near_misses=())


def _assistant(
    library: Library, passages: Sequence[Passage], background: Sequence[str]
) -> Assistant:
    searchers = build_searchers(passages, library.encoder, background)
    kind = "text" if searchers.learned is None else "questions"
    return Assistant(replace(library, searchers=searchers, model=load_models()[kind]))
