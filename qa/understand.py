"""Question → what is asked: years, place, clause numbers, units, intents, details."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from corpus.records import Document
from index.text import fold
from qa.numerals import parse_number
from qa.patterns import patterns
from qa.places import Places
from qa.units import UnitNames
from qa.years import Years, find_years

# Documented in the README; longer input is a pasted text, not a question.
Problem = Literal["empty", "too_short", "too_long"]

LONGEST_QUESTION = 500
_SHORTEST_QUESTION = 2
_NUMERAL = r"[\d〇零一二三四五六七八九十百廿卅]{1,7}"
_JOIN = r"(?:条?\s*(?:[、,和及与]|[-~—–至到])\s*第?\s*)"
# 第一条高速 is the first one of something, not a clause.
_NO_CLAUSE = "路|线|街|高速|铁路|轨道|公路|航线|生产线|通道|河|消息"
_CLAUSE = re.compile(
    rf"第\s*(?P<list>{_NUMERAL}(?:{_JOIN}{_NUMERAL})*)\s*条(?!{_NO_CLAUSE})"
    rf"|措施第?(?P<one>{_NUMERAL})(?:条|$|[讲说是])|(?P<before>{_NUMERAL})号(?:措施|条款)"
)
# 57、58条 without 第 names clauses only if nothing else is asked.
_BARE = re.compile(rf"(?P<list>{_NUMERAL}(?:{_JOIN}{_NUMERAL})*)\s*条(?!措施|政策|意见)")
_PART = re.compile(rf"(?P<first>{_NUMERAL})(?:条?\s*[-~—–至到]\s*第?\s*(?P<last>{_NUMERAL}))?")
_LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what it is understood to ask.

    Attributes:
        raw: As received, without control characters.
        text: Folded for search.
        problem: empty, too_short or too_long where it is no usable question.
        years: Years named.
        other_place: Another place than the documents' that it asks about.
        regions: The documents' regions that it is about; empty where it names none.
        clauses: Numbers of clauses it names.
        units: Units of the documents that it names.
        intents: Names of the intents that it matches.
        details: Names of the procedural details that it asks for.
    """

    raw: str
    text: str
    problem: Problem | None = None
    years: Years = field(default_factory=Years)
    other_place: str | None = None
    regions: frozenset[str] = frozenset()
    clauses: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    intents: frozenset[str] = frozenset()
    details: tuple[str, ...] = ()


def clean(raw: str) -> str:
    """Drops control and format characters; line breaks become spaces."""
    spaced = "".join(" " if c.isspace() else c for c in raw)
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs")).strip()


class Understanding:
    """Understands questions about given documents.

    Args:
        documents: The documents that can be asked about.
    """

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self._places = Places(documents)
        self._units = UnitNames(documents)

    def read(self, raw: str) -> Question:
        """Understands a question; never fails, whatever the input."""
        question = clean(raw)
        text = fold(question)
        letters = [c for c in text if c.isalnum()]
        if len(question) > LONGEST_QUESTION:
            return Question(question, text, "too_long")
        if not letters:
            return Question(question, text, "empty")
        if len(letters) < _SHORTEST_QUESTION:
            return Question(question, text, "too_short")
        groups = patterns()
        intents = frozenset(n for n, pattern in groups["intents"].items() if pattern.search(text))
        return Question(
            raw=question,
            text=text,
            years=find_years(text),
            other_place=self._places.other(text),
            regions=self._places.regions(text),
            clauses=_clauses(text),
            units=self._units.named(text) if "unit" in intents else (),
            intents=intents,
            details=tuple(n for n, pattern in groups["details"].items() if pattern.search(text)),
        )


def _clauses(text: str) -> tuple[int, ...]:
    lists = [m["list"] or m["one"] or m["before"] for m in _CLAUSE.finditer(text)]
    if not lists:
        rest = _BARE.sub("，", text)
        for pattern in (patterns()["relative"]["this"], patterns()["lists"]["filler"]):
            rest = pattern.sub("", rest)
        lists = [] if rest else [m["list"] for m in _BARE.finditer(text)]
    numbers: dict[int, None] = {}
    for found in lists:
        for part in _PART.finditer(found):
            first, last = parse_number(part["first"]), parse_number(part["last"] or part["first"])
            if first is not None and last is not None and 0 <= last - first < _LONGEST_RANGE:
                numbers.update(dict.fromkeys(range(first, last + 1)))
    return tuple(numbers)
