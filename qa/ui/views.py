"""Addresses → views."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from qa.answer import Answer, Citation
from qa.api.problems import ApiError, problem
from qa.api.service import Asked, Service
from qa.compose import notices, prominent
from qa.filters import Filters
from qa.ui import evaluation, lists, tables
from qa.ui.address import Address
from qa.ui.render import Rendered, render

_MOST_LISTED = 7


def view(service: Service, address: Address, *, can_change: bool = False) -> Rendered:
    """The view that an address names; a problem is shown as one.

    Args:
        service: What the views are made of.
        address: Which view.
        can_change: Whether the library may be changed from the page.
    """
    try:
        if address.tab == "library":
            context = tables.library(service, address, can_change=can_change)
            return render(address, "library", context)
        if address.get("m") and address.tab == "search":
            return _clause(service, address)
        return _VIEWS[address.tab](service, address)
    except ApiError as error:
        return render(address, "problem", {"problem": problem(error.name, **error.fields)})


def asked(address: Address) -> Asked | None:
    """The question of an address, or None where there is none."""
    question = address.get("q")
    if address.tab != "ask" or question is None:
        return None
    return Service.asked(
        question, address.filters, as_of=address.as_of, plain=address.get("plain") == "1"
    )


def _ask(service: Service, address: Address) -> Rendered:
    wanted = asked(address)
    context: dict[str, Any] = {"choices": _choices(service), "answer": None}
    if wanted is None:
        return render(address, "ask", context)
    answer = service.ask(wanted).answer
    parts = [_block(service, part, address.as_of) for part in answer.parts]
    context |= {
        "answer": answer,
        "whole": _block(service, answer, address.as_of),
        "blocks": parts,
        "restricted": address.filters != Filters(),
    }
    return render(address, "ask", context)


def _block(service: Service, answer: Answer, as_of: date | None) -> dict[str, Any]:
    """What is shown of an answer, or of the answer to one of several questions."""
    listed = answer.kind == "list"
    full = prominent(answer) if answer.citations and not listed else 0
    shown = answer.citations[:full]
    seen = answer.citations if listed else shown
    # The first paragraph of the composed text is its conclusion; of a list, what it is a list of.
    lines = answer.text.split("\n\n")[0].splitlines()
    return {
        "answer": answer,
        "conclusion": [x for n, x in enumerate(lines) if not listed or not n or x[0] in "（("],
        "cards": [_card(service, c, as_of) for c in shown],
        "others": answer.citations[full : len(answer.citations) if listed else full + _MOST_LISTED],
        "listed": listed,
        "groups": lists.groups(answer),
        # Of documents that are listed only, the page says nothing.
        "notices": notices([c.entry for c in seen], answer.as_of),
    }


def _card(service: Service, citation: Citation, as_of: date | None) -> dict[str, Any]:
    detail = service.detail(citation.measure.measure_id, as_of)
    return {
        "citation": citation,
        "detail": detail,
        "quote": segments(citation.quote, citation.marks),
        "source": segments(
            citation.measure.text,
            [(citation.start - citation.measure.start, citation.end - citation.measure.start)],
        ),
    }


def segments(text: str, marks: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text in pieces: (piece, whether it is marked)."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(marks):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:], False))
    return [(piece, marked) for piece, marked in pieces if piece]


def _choices(service: Service) -> Mapping[str, Sequence[str]]:
    measures = service.assistant.library.measures
    units = dict.fromkeys(unit for measure in measures for unit in measure.units)
    return {
        "year": [str(y) for y in dict.fromkeys(d.entry.year for d in service.documents) if y],
        "section": list(dict.fromkeys(m.title for m in measures if m.kind == "section")),
        "unit": sorted(units),
    }


def _search(service: Service, address: Address) -> Rendered:
    result = service.search(address.query, address.as_of)
    names = {
        d.document_id: f"{d.entry.title}（{d.entry.number or d.entry.status}）"
        for d in service.documents
    }
    return render(address, "search", {"result": result, "documents": names})


def _clause(service: Service, address: Address) -> Rendered:
    detail = service.detail(address.get("m") or "", address.as_of)
    spans = [
        (b["start"] - detail.measure.start, b["end"] - detail.measure.start)
        for b in detail.benefits
        if detail.measure.start <= b["start"] < b["end"] <= detail.measure.end
    ]
    context = {
        "detail": detail,
        "named": detail.measure.title,
        "source": segments(detail.measure.text, _apart(spans)),
    }
    return render(address, "clause", context)


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap, joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _match(service: Service, address: Address) -> Rendered:
    return render(address, "match", tables.matches(service, address))


def _compare(service: Service, address: Address) -> Rendered:
    return render(address, "compare", tables.comparison(service, address))


def _evaluation(_: Service, address: Address) -> Rendered:
    return render(address, "evaluation", {"report": evaluation.report()})


_VIEWS: Mapping[str, Callable[[Service, Address], Rendered]] = {
    "ask": _ask,
    "search": _search,
    "match": _match,
    "compare": _compare,
    "evaluation": _evaluation,
}
