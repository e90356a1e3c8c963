"""What an answer is made of, and its JSON form (the contract with other programs)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from corpus.records import CatalogEntry, Measure
from qa.validity import Validity

Status = Literal["answered", "related", "not_found", "invalid"]
Reason = Literal[
    "empty",
    "too_short",
    "too_long",
    "out_of_scope",
    "other_region",
    "other_year",
    "no_such_measure",
    "not_stated",
]


@dataclass(frozen=True, slots=True)
class Citation:
    """A measure that is quoted.

    Attributes:
        entry: Its document.
        measure: The measure.
        validity: The document's validity at the answer's date.
        start: Offset of the quote in the document's normalised text.
        end: Offset behind the quote.
        marks: Spans of matched words, relative to the quote.
        score: Ranking score; comparable within one answer only.
    """

    entry: CatalogEntry
    measure: Measure
    validity: Validity
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    score: float

    @property
    def quote(self) -> str:
        """The quoted wording, verbatim."""
        return self.measure.text[self.start - self.measure.start : self.end - self.measure.start]

    @property
    def marked(self) -> tuple[str, ...]:
        """The matched words, each once, in order of occurrence."""
        return tuple(dict.fromkeys(self.quote[start:end] for start, end in self.marks))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status, citations best first, notices and the composed text."""

    question: str
    status: Status
    reason: Reason | None
    as_of: date
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    text: str = ""
    qid: str | None = None

    def with_qid(self, qid: str | None) -> "Answer":
        """The same answer, marked with the id of the batch line that asked for it."""
        return replace(self, qid=qid)


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The JSON form, as the contract's schema describes it."""
    return {
        "qid": answer.qid,
        "question": answer.question,
        "status": answer.status,
        "reason": answer.reason,
        "as_of": answer.as_of.isoformat(),
        "citations": [_citation_to_json(citation) for citation in answer.citations],
        "notices": list(answer.notices),
        "text": answer.text,
    }


def _citation_to_json(citation: Citation) -> dict[str, Any]:
    entry, measure = citation.entry, citation.measure
    return {
        "measure_id": measure.measure_id,
        "document_id": entry.document_id,
        "document_title": entry.title,
        "document_number": entry.number,
        "document_status": entry.status,
        "validity": citation.validity,
        "number": measure.number,
        "title": measure.title,
        "section": measure.section,
        "lead_unit": measure.lead_unit,
        "units": list(measure.units),
        "units_source": measure.units_source,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "score": citation.score,
    }
