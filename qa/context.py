"""Evidence from what a question is understood to ask, beside the searchers' evidence."""

import re
from collections.abc import Sequence

import numpy as np

from corpus.records import Document
from index.protocols import Floats
from index.text import fold
from qa.patterns import patterns
from qa.understand import Question

COLUMNS = (
    "year_other",  # the question names years, none of them the document's
    "older",  # a newer document stands beside the measure's
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


class Context:
    """Compares questions with measures.

    Args:
        documents: The documents; measures count in their order.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._measures = [measure for d in documents for measure in d.measures]
        years = {d.document_id: d.entry.year for d in documents}
        newest = max(years.values(), default=0)
        clauses = patterns()["clauses"]
        texts = [fold(measure.text) for measure in self._measures]
        self._years = np.array([years[m.document_id] for m in self._measures])
        self._numbers = [set(_NUMBER.findall(text)) for text in texts]
        self._older = self._years < newest
        self._section = np.array([m.kind == "section" for m in self._measures])
        self._frame = np.array([m.kind in ("preamble", "closing") for m in self._measures])
        self._budget = np.array(
            [bool(clauses["budget_title"].search(m.title)) for m in self._measures]
        )
        # A section's 牵头 unit is not the measure's own.
        self._own = [
            (m.units, m.lead_units) if m.units_source == "measure" else ((), ())
            for m in self._measures
        ]
        self._benefit = np.array([bool(clauses["benefit"].search(text)) for text in texts])

    def evidence(self, question: Question) -> Floats:
        """Columns of COLUMNS for all measures, shape (measures, len(COLUMNS)), 0 or 1."""
        named = question.years.named
        numbers = set(_NUMBER.findall(question.text)) - {str(year) for year in named}
        size = len(self._measures)
        nothing = np.zeros(size, dtype=bool)
        units = set(question.units)
        columns = [
            ~np.isin(self._years, named) if named else nothing,
            self._older,
            self._section,
            self._frame,
            np.array([bool(units.intersection(all_units)) for all_units, _ in self._own]),
            np.array([bool(units.intersection(leads)) for _, leads in self._own]),
            self._section if "target" in question.intents else nothing,
            self._budget if "budget" in question.intents else nothing,
            self._benefit if "benefit" in question.intents else nothing,
            np.array([bool(numbers & held) for held in self._numbers]),
        ]
        return np.stack(columns, axis=1).astype(np.float32)
