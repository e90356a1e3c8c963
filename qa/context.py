"""Evidence from what a question is understood to ask, beside the searchers' evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.records import CatalogEntry, Document
from index.protocols import Floats
from index.text import fold
from qa.patterns import patterns
from qa.understand import Question

COLUMNS = (
    "year_other",  # the question names years, none of them the document's
    "older",  # a newer document of the same region and subject stands beside the measure's
    "section",  # it is a section's introduction
    "frame",  # it is a preamble or closing
    "unit_member",  # the question names one of its own 责任单位
    "unit_lead",  # … which leads it
    "target_section",  # a target is asked for, and section introductions state the large ones
    "budget_title",  # a budget is asked for, and its title says that it is about money
    "benefit_words",  # a benefit is asked for, and its wording grants something
    "number",  # it holds a number that the question names
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


# What titles of the same series differ in, or share with everything else.
_NO_SUBJECT = re.compile(
    r"[\d〇零一二三四五六七八九十百]+年度?|\d+|关于|印发|进一步|若干|政策|措施|意见|办法|规定|细则|通知|方案"
    r"|征求意见稿|试行|修订|[的《》（）()“”、，\s]"
)


class Context:
    """Compares questions with measures.

    Args:
        documents: The documents; measures count in their order.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._measures = [measure for d in documents for measure in d.measures]
        sizes = [len(document.measures) for document in documents]
        # 0 stands for a year that is not known: it is no other year than the one named.
        self._years = np.repeat([document.entry.year or 0 for document in documents], sizes)
        self._older = np.repeat(_older(documents), sizes)
        self._section = np.array([m.kind == "section" for m in self._measures])
        self._frame = np.array([m.kind in ("preamble", "closing") for m in self._measures])
        self._read: dict[int, _Words] = {}

    def evidence(self, question: Question, rows: Sequence[int] | None = None) -> Floats:
        """Columns of COLUMNS, shape (rows, len(COLUMNS)), 0 or 1.

        Args:
            question: The question.
            rows: Which measures to compare; by default all.
        """
        places = np.arange(len(self._measures)) if rows is None else np.asarray(rows, np.int64)
        words = [self._words(int(i)) for i in places]
        named = question.years.named
        numbers = set(_NUMBER.findall(question.text)) - {str(year) for year in named}
        nothing = np.zeros(len(places), dtype=bool)
        units = set(question.units)
        years, section = self._years[places], self._section[places]
        columns = [
            ~np.isin(years, named) & (years > 0) if named else nothing,
            self._older[places],
            section,
            self._frame[places],
            np.array([bool(units.intersection(one.units)) for one in words], dtype=bool),
            np.array([bool(units.intersection(one.leads)) for one in words], dtype=bool),
            section if "target" in question.intents else nothing,
            np.array([one.budget for one in words], dtype=bool)
            if "budget" in question.intents
            else nothing,
            np.array([one.benefit for one in words], dtype=bool)
            if "benefit" in question.intents
            else nothing,
            np.array([bool(numbers & one.numbers) for one in words], dtype=bool),
        ]
        return np.stack(columns, axis=1).astype(np.float32)

    def _words(self, i: int) -> "_Words":
        """What a measure's wording holds, read when it is first asked for."""
        if i not in self._read:
            measure = self._measures[i]
            clauses = patterns()["clauses"]
            text = fold(measure.text)
            # A section's 牵头 unit is not the measure's own.
            own = measure.units_source == "measure"
            self._read[i] = _Words(
                frozenset(measure.units) if own else frozenset(),
                frozenset(measure.lead_units) if own else frozenset(),
                frozenset(_NUMBER.findall(text)),
                bool(clauses["budget_title"].search(measure.title)),
                bool(clauses["benefit"].search(text)),
            )
        return self._read[i]


@dataclass(frozen=True, slots=True)
class _Words:
    """What of a measure's wording the columns ask for."""

    units: frozenset[str]
    leads: frozenset[str]
    numbers: frozenset[str]
    budget: bool
    benefit: bool


def _older(documents: Sequence[Document]) -> list[bool]:
    """Whether a newer document of the same region and subject, or a newer version, is there."""
    newest: dict[tuple[str, str], int] = {}
    series = [_series(document.entry) for document in documents]
    for key, document in zip(series, documents, strict=True):
        if key is not None and document.entry.year is not None:
            newest[key] = max(newest.get(key, 0), document.entry.year)
    return [
        document.entry.superseded_by is not None
        or (
            key is not None
            and document.entry.year is not None
            and document.entry.year < newest[key]
        )
        for key, document in zip(series, documents, strict=True)
    ]


def _series(entry: CatalogEntry) -> tuple[str, str] | None:
    """What documents that follow one another by the year share; None where that is not known."""
    subject = _NO_SUBJECT.sub("", fold(entry.title).replace(entry.region, ""))
    return (entry.region, subject) if entry.region and subject else None
