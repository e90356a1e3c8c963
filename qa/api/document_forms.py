"""What is told of documents on their way into the library, as JSON-ready dicts."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from corpus.check import Report, report_to_text
from corpus.metadata.propose import Proposal
from qa.api.changes import Checked

# The fields that a person confirms or corrects, in the order in which they are asked for.
FIELDS = (
    "title", "number", "issuer", "region", "year", "status", "issued", "term_start", "term_end",
)  # fmt: skip
_COUNTS = (
    "level", "levels", "through", "sections", "measures", "annexes", "rows", "paragraphs",
    "with_units", "under_units", "missing",
)  # fmt: skip


def checked(found: Checked) -> dict[str, Any]:
    """A file as it would be taken in."""
    return {
        "name": found.source.name,
        "kind": found.source.kind,
        "known": found.known,
        "near": near(found.near),
        "fields": {name: getattr(found.fields, name) for name in FIELDS},
        "proposal": _proposal(found.proposal),
        "report": _report(found.report),
        "text": report_to_text(found.report),
        "warnings": list(found.source.warnings),
    }


def near(found: Sequence[tuple[str, float]]) -> list[dict[str, Any]]:
    """Documents that are nearly the same."""
    return [{"document_id": name, "share": round(share, 3)} for name, share in found]


def _report(report: Report) -> dict[str, Any]:
    return {
        **{name: getattr(report, name) for name in _COUNTS},
        "findings": [asdict(finding) for finding in report.findings],
        "unassigned": [asdict(line) for line in report.unassigned],
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    made = {}
    for field in fields(Proposal):
        found = getattr(proposal, field.name)
        value = found.value
        made[field.name] = {
            "value": value.isoformat() if hasattr(value, "isoformat") else value,
            "quote": found.quote,
            "line": found.line,
            "confidence": found.confidence,
        }
    return made
