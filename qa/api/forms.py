"""Value types → JSON-ready dicts."""

from datetime import date
from typing import Any

from corpus.export import measure_to_json
from corpus.records import Document, Measure
from qa.api.search import Found, Page
from qa.api.service import Detail
from qa.validity import Validity, validity


def record(
    document: Document, measure: Measure, valid: Validity, kinds: tuple[str, ...], score: float
) -> dict[str, Any]:
    """A record with its document's name and validity."""
    entry = document.entry
    return {
        **measure_to_json(measure),
        "document_id": entry.document_id,
        "document_title": entry.title,
        "document_number": entry.number,
        "document_status": entry.status,
        "year": entry.year,
        "validity": valid,
        "benefit_kinds": list(kinds),
        "score": score,
    }


def found(hit: Found) -> dict[str, Any]:
    """A record that a search found."""
    return record(hit.document, hit.measure, hit.validity, hit.kinds, hit.score)


def page(result: Page) -> dict[str, Any]:
    """A page of a search."""
    return {
        "total": result.total,
        "page": result.query.page,
        "pages": result.pages,
        "size": result.query.size,
        "as_of": result.as_of,
        "facets": {
            name: [{"value": value, "count": count} for value, count in values]
            for name, values in result.facets.items()
        },
        "records": [found(hit) for hit in result.records],
    }


def detail(result: Detail, kinds: tuple[str, ...]) -> dict[str, Any]:
    """A record with its neighbours and benefits."""
    return {
        **record(result.document, result.measure, result.validity, kinds, 0.0),
        "before": _neighbour(result.before),
        "after": _neighbour(result.after),
        "benefits": list(result.benefits),
    }


def _neighbour(measure: Measure | None) -> dict[str, Any] | None:
    if measure is None:
        return None
    return {
        "measure_id": measure.measure_id,
        "number": measure.number,
        "title": measure.title,
        "text": measure.text,
    }


def document(source: Document, as_of: date) -> dict[str, Any]:
    """A document with its counts."""
    entry = source.entry
    return {
        "document_id": entry.document_id,
        "title": entry.title,
        "number": entry.number,
        "issuer": entry.issuer,
        "region": entry.region,
        "year": entry.year,
        "status": entry.status,
        "validity": validity(entry, as_of),
        "issued": entry.issued,
        "term_start": entry.term_start,
        "term_end": entry.term_end,
        "term_quote": entry.term_quote,
        "measures": sum(measure.number is not None for measure in source.measures),
        "records": len(source.measures),
        "characters": len(source.text),
        "sha256": entry.sha256,
        "supersedes": entry.supersedes,
        "superseded_by": entry.superseded_by,
    }
