"""Restrictions that a caller sets: document, year, section, unit."""

from dataclasses import dataclass

from corpus.errors import UsageError
from corpus.records import Document, Measure
from index.text import fold
from qa.numerals import parse_number
from qa.units import UnitNames


@dataclass(frozen=True, slots=True)
class Filters:
    """What a caller restricts an answer to; None restricts nothing.

    Attributes:
        document: Document id.
        year: Year of the document.
        section: Part of a section's title, or its number (7, 七).
        unit: A unit's name, short or in full; lead and other units count.
    """

    document: str | None = None
    year: int | None = None
    section: str | None = None
    unit: str | None = None


def admitted(filters: Filters, documents: tuple[Document, ...]) -> list[int]:
    """Indices of the measures that filters admit, counted through all documents.

    A version that another one took the place of is admitted only where it is named by its id.

    Raises:
        UsageError: A filter names what the documents do not have; the message lists what they do.
    """
    ids = [document.document_id for document in documents]
    if filters.document is not None and filters.document not in ids:
        raise UsageError(f"no document {filters.document!r}; there are {', '.join(ids)}")
    years = {document.entry.year: None for document in documents}  # in the documents' order
    if filters.year is not None and filters.year not in years:
        known = ", ".join(str(year) for year in years if year is not None)
        raise UsageError(f"no document of {filters.year}; there are {known}")
    units = set(_units(filters.unit, documents)) if filters.unit is not None else None
    sections = _sections(filters.section, documents) if filters.section is not None else None
    pairs = [(document, measure) for document in documents for measure in document.measures]
    return [
        i
        for i, (document, measure) in enumerate(pairs)
        if (
            filters.document == document.document_id
            if filters.document is not None
            else document.entry.superseded_by is None
        )
        and filters.year in (None, document.entry.year)
        and (sections is None or (document.document_id, measure.section) in sections)
        and (units is None or units.intersection(measure.units))
    ]


def _units(name: str, documents: tuple[Document, ...]) -> tuple[str, ...]:
    units = UnitNames(documents).named(fold(name))
    if not units:
        raise UsageError(f"no unit {name!r} in the documents")
    return units


def _sections(name: str, documents: tuple[Document, ...]) -> set[tuple[str, str]]:
    """(document, title) of the sections that a number or a part of a title names."""
    titles = [(document.document_id, _titles(document)) for document in documents]
    number = parse_number(fold(name))
    if number is not None:
        found = {(i, names[number - 1]) for i, names in titles if 1 <= number <= len(names)}
    else:
        found = {(i, title) for i, names in titles for title in names if name in title}
    if not found:
        known = sorted({title for _, names in titles for title in names})
        raise UsageError(f"no section {name!r}; there are {', '.join(known)}")
    return found


def _titles(document: Document) -> list[str]:
    measures: tuple[Measure, ...] = document.measures
    return [measure.title for measure in measures if measure.kind == "section"]
