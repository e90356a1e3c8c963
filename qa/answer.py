"""What an answer is made of, and its JSON form (the contract with other programs)."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

from corpus.records import CatalogEntry, Measure
from qa.difference import Difference
from qa.lists import Listing
from qa.meaning import Meaning
from qa.validity import Ruling, Validity

Kind = Literal["question", "clauses", "list", "meaning", "comparison", "several", "match"]
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
        ruling: The validity with the sentence that it rests on and a newer document.
    """

    entry: CatalogEntry
    measure: Measure
    validity: Validity
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    score: float
    ruling: Ruling

    @property
    def quote(self) -> str:
        """The quoted wording, verbatim."""
        return self.measure.text[self.start - self.measure.start : self.end - self.measure.start]

    @property
    def marked(self) -> tuple[str, ...]:
        """The matched words, each once, in order of occurrence."""
        return tuple(dict.fromkeys(self.quote[start:end] for start, end in self.marks))


@dataclass(frozen=True, slots=True)
class Stated:
    """Restrictions that a question itself states; they can be undone by asking `plain`.

    Attributes:
        years: Years, also those that 今年 and 去年 mean on the day of asking.
        clauses: Clause numbers.
        units: Offices by their names in the documents.
        sections: Section titles.
    """

    years: tuple[int, ...] = ()
    clauses: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status, citations best first, notices and the composed text.

    Attributes:
        question: As received, without control characters.
        status: Whether it answers.
        reason: Why it does not.
        as_of: Date against which validity is judged.
        citations: Best first.
        notices: Banners.
        text: The composed Chinese answer.
        qid: Echo of a batch line's id.
        kind: What sort of question it was taken for.
        stated: The restrictions that the question itself states.
        listing: The list, where one was asked for.
        difference: Two years' numbers, where a comparison was asked for.
        meaning: The term, where its meaning was asked for.
        parts: The answers to the single questions, where several were asked.
    """

    question: str
    status: Status
    reason: Reason | None
    as_of: date
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    text: str = ""
    qid: str | None = None
    kind: Kind = "question"
    stated: Stated = field(default_factory=Stated)
    listing: Listing | None = None
    difference: Difference | None = None
    meaning: Meaning | None = None
    parts: tuple["Answer", ...] = ()

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
        "kind": answer.kind,
        "stated": {name: list(values) for name, values in asdict(answer.stated).items()},
        "listing": _listing_to_json(answer.listing) if answer.listing else None,
        "difference": _difference_to_json(answer.difference) if answer.difference else None,
        "meaning": (
            {"term": answer.meaning.term, "explained": bool(answer.meaning.explained)}
            if answer.meaning
            else None
        ),
        "parts": [answer_to_json(part) for part in answer.parts],
    }


def _listing_to_json(listing: Listing) -> dict[str, Any]:
    return {
        "kind": listing.kind,
        "subject": list(listing.subject),
        "role": listing.role,
        "unknown": listing.unknown,
        "items": [
            {"measure_id": item.measure.measure_id, "relation": item.relation}
            for item in listing.items
        ],
    }


def _difference_to_json(found: Difference) -> dict[str, Any]:
    sides = {"older": found.older, "newer": found.newer}
    return {
        **{
            name: {
                "measure_id": fact.measure.measure_id,
                "what": fact.what,
                "text": fact.quantity.text,
                "start": fact.quantity.start,
                "end": fact.quantity.end,
            }
            if fact
            else None
            for name, fact in sides.items()
        },
        "difference": found.difference,
        "same_words": found.same_words,
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
        "validity_quote": citation.ruling.quote,
        "newer_document_id": citation.ruling.newer,
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
