"""Several questions in one: split, and completed by what came before (归哪个局管？)."""

import re
from dataclasses import dataclass
from typing import Literal

from qa.patterns import patterns

Completion = Literal["none", "who", "year", "topic"]

_SEPARATORS = re.compile(r"[?？;；。!！]+|[,，]")
_STRONG = re.compile(r"[?？;；。]")
_MOST_PARTS = 4
_SHORT_REST = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions.

    Attributes:
        text: Its words.
        completion: What it lacks: nothing; only who is in charge of the question before; the same
            question for another year; or the topic of the question before.
    """

    text: str
    completion: Completion


def split(question: str) -> tuple[Part, ...]:
    """Splits a question that asks several things.

    Args:
        question: As typed, cleaned.

    Returns:
        Two to four parts, or none where it is one question. Words that only set the scene stay
        with the question that they stand before.
    """
    asks = patterns()["parts"]["asks"]
    pieces: list[str] = []
    scene = ""
    for piece in _pieces(question):
        scene += piece
        if asks.search(piece):
            pieces.append(scene.strip("，, "))
            scene = ""
    if scene.strip("，, 。") and pieces:
        pieces[-1] += scene
    if not 2 <= len(pieces) <= _MOST_PARTS:
        return ()
    parts = [Part(pieces[0], "none"), *(Part(p, _completion(p)) for p in pieces[1:])]
    if not is_strong(question) and any(p.completion == "topic" for p in parts):
        return ()  # 补多少，怎么算: two clauses of one question
    return tuple(parts)


def is_strong(question: str) -> bool:
    """Whether a sign or a word, not only a comma, parts the questions."""
    joined = patterns()["parts"]["joins"].search(question)
    return bool(_STRONG.search(question[:-1]) or (joined and joined.start()))


def _pieces(question: str) -> list[str]:
    question = patterns()["parts"]["joins"].sub(lambda m: "？" if m.start() else "", question)
    found: list[str] = []
    start = 0
    for match in _SEPARATORS.finditer(question):
        found.append(question[start : match.end()])
        start = match.end()
    return [piece for piece in [*found, question[start:]] if piece.strip("，,？?；;。 ")]


def _completion(text: str) -> Completion:
    groups = patterns()
    rest = _rest(text)
    if not rest and groups["intents"]["who"].search(text):
        return "who"
    if not rest:
        return "year"
    return "topic" if len(rest) < _SHORT_REST else "none"


def _rest(text: str) -> str:
    return patterns()["parts"]["filler"].sub("", text)
