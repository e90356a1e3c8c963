"""Whether a document is in force on a date, from what its catalog entry states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.records import CatalogEntry

Validity = Literal["in_force", "expired", "not_yet", "draft", "unknown"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A document's validity on a date, with what it rests on.

    Attributes:
        validity: The judgement.
        quote: The document's sentence on its term, verbatim, or None where it has none.
        newer: Id of a newer document of the same place, or None.
    """

    validity: Validity
    quote: str | None
    newer: str | None


def judge(entry: CatalogEntry, as_of: date, entries: Sequence[CatalogEntry]) -> Ruling:
    """Judges a document on a date.

    Args:
        entry: The document.
        as_of: The date.
        entries: All documents, to name a newer one of the same place.
    """
    later = [
        other
        for other in entries
        if other.region == entry.region
        and other.superseded_by is None
        and (other.year or 0) > (entry.year or 0) > 0
    ]
    newest = max(later, key=lambda other: (other.year or 0, other.document_id), default=None)
    newer = newest.document_id if newest else None
    return Ruling(validity(entry, as_of), entry.term_quote, newer)


def validity(entry: CatalogEntry, as_of: date) -> Validity:
    """Judges a document on a date.

    A draft is never in force: it is `draft` before and during its stated term, and `expired` after
    it. A document without a stated end of term is `unknown` once it has begun.
    """
    if entry.term_end is not None and as_of > entry.term_end:
        return "expired"
    if entry.status == "征求意见稿":
        return "draft"
    starts = entry.term_start or entry.issued
    if starts is not None and as_of < starts:
        return "not_yet"
    return "unknown" if entry.term_end is None or starts is None else "in_force"
