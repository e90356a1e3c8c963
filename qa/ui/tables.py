"""Contexts of the views for matching and comparing."""

from collections.abc import Mapping
from typing import Any

from qa.api.service import Service
from qa.profile import vocabulary
from qa.ui import charts
from qa.ui.address import Address

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
