"""Contexts of the views for matching, comparing and listing documents."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.library.shelf import Shelf
from qa.api import forms
from qa.api.problems import problem
from qa.api.service import Service
from qa.profile import vocabulary
from qa.ui import charts
from qa.ui.address import Address

_PAGE_SIZE = 20
_FIELDS = ("industry", "qualifications", "needs")
_VERDICTS = ("fits", "possible", "not_fits")


def matches(service: Service, address: Address) -> Mapping[str, Any]:
    """What the form and the list of matches need."""
    words = vocabulary()
    # Values that are not in the vocabulary come from a mistyped address; they are dropped.
    given: dict[str, Any] = {
        name: [v for v in address.all(name) if v in words[name]] for name in _FIELDS
    }
    size = address.get("size")
    given["size"] = size if size in words["size"] else None
    given["location"] = address.get("location")
    given["founded"] = address.number("founded", 1900, 2100)
    sentence = address.get("text")
    result: Mapping[str, Any] | None = None
    if any(given.values()):
        result = service.match(given, None, address.as_of)
    elif sentence:
        result = service.match(None, sentence, address.as_of)
    found = result["matches"] if result else []
    return {
        "result": result,
        "vocabulary": words,
        "groups": [(v, [m for m in found if m["verdict"] == v]) for v in _VERDICTS],
        "given": given,
        "understood": {k: v for k, v in result["profile"].items() if v} if result else {},
    }


def comparison(service: Service, address: Address) -> Mapping[str, Any]:
    """What the table and the plot of two years need."""
    result = service.compare()
    rows: list[Mapping[str, Any]] = result["rows"]
    sections = list(dict.fromkeys(row["section"] for row in rows))
    older, newer = service.document(result["older"]), service.document(result["newer"])
    state, section = address.get("state"), address.get("section")
    shown = [
        row for row in rows if section in (None, row["section"]) and state in (None, row["state"])
    ]
    counts: dict[str, int] = {}
    for row in rows:
        if section in (None, row["section"]):
            counts[row["state"]] = counts.get(row["state"], 0) + 1
    return {
        "result": result,
        "rows": shown,
        "sections": sections,
        "counts": counts,
        "older": older,
        "newer": newer,
        "chart": charts.budgets(rows, (older.entry.year or 0, newer.entry.year or 0)),
    }


def library(service: Service, address: Address, *, can_change: bool) -> Mapping[str, Any]:
    """What the list of documents and the forms that change it need."""
    own = frozenset(held.document_id for held in Shelf().held())
    added = [d for d in service.documents if d.document_id in own]
    shown = [d for d in service.documents if d.document_id not in own] + added[::-1]
    pages = max(1, -(-len(shown) // _PAGE_SIZE))
    page = min(address.number("page", 1, 9999) or 1, pages)
    shown = shown[(page - 1) * _PAGE_SIZE : page * _PAGE_SIZE]
    day = address.as_of or date.today()
    named = {
        name: next((d for d in added if d.document_id == address.get(name)), None)
        for name in ("replace", "remove")
    }
    unknown = next((address.get(k) for k, d in named.items() if address.get(k) and not d), None)
    chosen = {k: forms.document(d, day) if d and can_change else None for k, d in named.items()}
    return {
        "documents": [forms.document(document, day) for document in shown],
        "own": own,
        "pages": pages,
        "page": page,
        "total": len(service.documents),
        "can_change": can_change,
        "replacing": chosen["replace"],
        "removing": chosen["remove"],
        "problem": problem("no_document", value=unknown) if unknown else None,
        "health": service.health(),
        "benefits": {
            d.document_id: sum(len(service.benefits_of(m.measure_id)) for m in d.measures)
            for d in shown
        },
    }
