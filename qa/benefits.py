"""The benefits of all documents: filtered, and in the forms that other programs take."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from corpus.benefits.extract import Benefit
from corpus.benefits.extract import find_benefits as _of_measure
from corpus.benefits.rules import BENEFIT_KINDS
from corpus.errors import UsageError
from corpus.records import CatalogEntry, Document, Measure
from qa.validity import Validity, validity

COLUMNS = (
    "measure_id",
    "document_id",
    "year",
    "number",
    "title",
    "kind",
    "who",
    "condition",
    "amount_text",
    "amount_min",
    "amount_max",
    "unit",
    "per",
    "cap_text",
    "sought",
    "quote",
    "start",
    "end",
)
# A spreadsheet would run a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class StatedBenefit:
    """A benefit with the measure and document that state it."""

    entry: CatalogEntry
    measure: Measure
    benefit: Benefit

    def validity(self, as_of: date) -> Validity:
        """Whether its document is in force on a day."""
        return validity(self.entry, as_of)


@lru_cache(maxsize=4096)
def measure_benefits(measure: Measure) -> tuple[Benefit, ...]:
    """The benefits of a measure, computed once."""
    return _of_measure(measure)


def find_benefits(
    documents: Sequence[Document],
    *,
    kind: str | None = None,
    who: str | None = None,
    year: int | None = None,
    measure_id: str | None = None,
) -> tuple[StatedBenefit, ...]:
    """Benefits in the documents' order.

    Args:
        documents: Where to look.
        kind: Only this kind.
        who: Only groups, conditions or titles that hold this text.
        year: Only documents of this year.
        measure_id: Only this measure.

    Raises:
        UsageError: There is no such kind or year.
    """
    if kind is not None and kind not in BENEFIT_KINDS:
        raise UsageError(f"no kind {kind!r}; there are {' '.join(BENEFIT_KINDS)}")
    years = sorted({d.entry.year for d in documents if d.entry.year is not None})
    if year is not None and year not in years:
        raise UsageError(f"no document of {year}; there are {', '.join(map(str, years))}")
    return tuple(
        StatedBenefit(document.entry, measure, benefit)
        for document in documents
        if year in (None, document.entry.year)
        for measure in document.measures
        if measure_id in (None, measure.measure_id)
        for benefit in measure_benefits(measure)
        if kind in (None, benefit.kind) and (who is None or _concerns(who, measure, benefit))
    )


def _concerns(who: str, measure: Measure, benefit: Benefit) -> bool:
    return any(who in (text or "") for text in (benefit.who, benefit.condition, measure.title))


def benefit_to_json(stated: StatedBenefit) -> dict[str, Any]:
    """A benefit's JSON form, its keys as in COLUMNS."""
    entry, measure, benefit = stated.entry, stated.measure, stated.benefit
    amount = benefit.amount
    return {
        "measure_id": measure.measure_id,
        "document_id": entry.document_id,
        "year": entry.year,
        "number": measure.number,
        "title": measure.title,
        "kind": benefit.kind,
        "who": benefit.who,
        "condition": benefit.condition,
        "amount_text": amount.text if amount else None,
        "amount_min": amount.low if amount else None,
        "amount_max": amount.high if amount else None,
        "unit": amount.unit if amount else None,
        "per": benefit.per,
        "cap_text": benefit.cap.text if benefit.cap else None,
        "sought": benefit.sought,
        "quote": benefit.quote,
        "start": benefit.start,
        "end": benefit.end,
    }


def benefits_to_csv(benefits: Sequence[StatedBenefit]) -> str:
    """A table that spreadsheets open: UTF-8, comma-separated, no cell read as a formula."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for stated in benefits:
        row = benefit_to_json(stated)
        writer.writerow({key: safe_cell(value) for key, value in row.items()})
    return stream.getvalue()


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would take as a formula, with an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
