"""Whether a document is in force on a date, from what its catalog entry states."""

from datetime import date
from typing import Literal

from corpus.records import CatalogEntry

Validity = Literal["in_force", "expired", "not_yet", "draft", "unknown"]


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
