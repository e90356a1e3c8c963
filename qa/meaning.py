"""Questions for the meaning of a term: what the text says of it, or that it only names it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Measure
from index.text import fold
from qa.numerals import parse_number
from qa.patterns import patterns
from qa.understand import Question

_QUOTES = re.compile(r"[“”\"「」‘’《》〈〉]")
_SHORTEST = 3
# The term must be most of what is asked; else the question is about something else.
_MOST = 0.6
_YEAR = re.compile(r"(?:19|20)?\d\d年?")
_NAMED = re.compile(r"“([^”]{2,12})”")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term and where the text has it.

    Attributes:
        term: The term as the question has it.
        measures: The records that hold it, those that explain it first.
        explained: How many of them explain it.
    """

    term: str
    measures: tuple[Measure, ...]
    explained: int


def find_meaning(question: Question, measures: Sequence[Measure]) -> Meaning | None:
    """The term whose meaning a question asks for, or None if it asks for none.

    Args:
        question: The question.
        measures: Where to look, in order.
    """
    asks = patterns()["meaning"]["asks"].search(question.text)
    if asks is None:
        return None
    words = _QUOTES.sub("", patterns()["meaning"]["filler"].sub("，", question.text))
    texts = [_plain(measure.text) for measure in measures]
    term = max((_held(part, texts) for part in words.split("，")), key=len)
    asked = len(words.replace("，", ""))
    if len(term) < _SHORTEST or len(term) < _MOST * asked or _YEAR.fullmatch(term):
        return None
    holding = [m for m, text in zip(measures, texts, strict=True) if term in text]
    explaining = [m for m in holding if _explains(m, term)]
    rest = [m for m in holding if m not in explaining]
    return Meaning(term, (*explaining, *rest), len(explaining))


def _plain(text: str) -> str:
    return _QUOTES.sub("", fold(text))


def _held(words: str, texts: Sequence[str]) -> str:
    """The longest run of a question's words that a text holds, if it is most of the words."""
    for length in range(len(words), _SHORTEST - 1, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if any(run in text for text in texts):
                return run
    return ""


def _explains(measure: Measure, term: str) -> bool:
    """Whether a text says what a term means: a definition, a list summed up, or its N parts."""
    text = _plain(measure.text)
    place = text.find(term)
    before = re.split(r"[。；:：]", text[:place])[-1]
    after = text[place + len(term) : place + len(term) + 12]
    if re.match(r"[,，]?(?:即|是指|指的?是|包括|分为|由.{1,8}组成|[（(]即)", after):
        return True
    # 财政金融、自然资源、能源、人才等4张要素保障清单; 甲牵头、乙支撑、丙协同的创新联合体.
    if re.search(r"、[^,，]*(?:等|的)$", before) and before.count("、") > 1:
        return True
    number = parse_number(re.sub(r"\D", "", term) or term[:1])
    named = set(_NAMED.findall(measure.body)) - {
        n for n in _NAMED.findall(measure.body) if n in term
    }
    named = {n for n in named if fold(n) not in term and term not in fold(n)}
    return number is not None and number > 2 and len(named) == number
