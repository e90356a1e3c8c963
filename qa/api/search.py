"""Records by words and facets: filter, count, sort, page."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from corpus.records import Document, Measure
from index.text import fold
from qa.assistant import Assistant
from qa.filters import Filters
from qa.validity import Validity, validity

Role = Literal["lead", "joint"]
Sort = Literal["relevance", "number", "year", "title", "section", "unit"]
FACETS = ("document", "year", "section", "unit", "kind", "validity")
# A record is a hit if its score is this near the best one's: about where the words of a theme no
# longer stand in the clause (measured on themes of the shipped documents).
_NEAR = 6.0


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for; None and empty restrict nothing.

    Attributes:
        words: A theme in words.
        document: Document id.
        year: Year of the document.
        section: A section's title.
        unit: A unit's full name.
        role: Whether the unit leads or works beside the leading one.
        kind: Kind of a benefit that the record grants.
        validity: Validity on the day.
        sort: Order; relevance is the documents' order where no words are given.
        descending: Whether the order is reversed.
        page: Page, from 1.
        size: Records per page.
    """

    words: str = ""
    document: str | None = None
    year: int | None = None
    section: str | None = None
    unit: str | None = None
    role: Role | None = None
    kind: str | None = None
    validity: Validity | None = None
    sort: Sort = "relevance"
    descending: bool = False
    page: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A record that a search found."""

    document: Document
    measure: Measure
    validity: Validity
    kinds: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a search's records, with the facets of all of them."""

    query: Query
    as_of: date
    total: int
    records: tuple[Found, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.query.size))


def search(
    assistant: Assistant, kinds: Mapping[str, tuple[str, ...]], query: Query, as_of: date
) -> Page:
    """Searches the records.

    Args:
        assistant: Ranks for words.
        kinds: Kinds of benefits by measure id.
        query: What to search for.
        as_of: Day on which validity is judged.
    """
    hits = _hits(assistant, kinds, query, as_of)
    # A facet counts what its other values would give: everything but its own restriction holds.
    facets = {
        name: _counts(name, [f for f in hits if _admits(_without(query, name), f)])
        for name in FACETS
    }
    facets["role"] = _roles(query.unit, [f for f in hits if _admits(_without(query, "role"), f)])
    found = _sorted([f for f in hits if _admits(query, f)], query)
    first = (query.page - 1) * query.size
    return Page(query, as_of, len(found), tuple(found[first : first + query.size]), facets)


def _hits(
    assistant: Assistant, kinds: Mapping[str, tuple[str, ...]], query: Query, as_of: date
) -> list[Found]:
    words, named = query.words, query.document
    library = assistant.library
    documents = {document.document_id: document for document in library.documents}
    scores: dict[int, float] = dict.fromkeys(range(len(library.measures)), 0.0)
    if words.strip():
        ranking = assistant.rank(words, Filters(named))
        best = float(max((ranking.scores[i] for i in ranking.order[:1]), default=0.0))
        text = fold(words.strip())
        scores = {
            i: round(float(ranking.scores[i]), 4)
            for i in ranking.order
            if ranking.scores[i] >= best - _NEAR or text in fold(library.measures[i].text)
        }
    found = []
    for i, score in scores.items():
        measure = library.measures[i]
        document = documents[measure.document_id]
        if document.entry.superseded_by is not None and document.document_id != named:
            continue
        held = kinds.get(measure.measure_id, ())
        found.append(Found(document, measure, validity(document.entry, as_of), held, score))
    return found


def _without(query: Query, facet: str) -> Query:
    if facet == "unit":
        return replace(query, unit=None, role=None)
    changes: dict[str, None] = {facet: None}
    return replace(query, **changes)  # type: ignore[arg-type]  # each facet may be None


def _admits(query: Query, found: Found) -> bool:
    measure, entry = found.measure, found.document.entry
    units = measure.units
    if query.role is not None:
        leads = set(measure.lead_units)
        units = tuple(u for u in units if (u in leads) == (query.role == "lead"))
    return (
        query.document in (None, entry.document_id)
        and query.year in (None, entry.year)
        and query.section in (None, _section(found))
        and (query.unit is None or query.unit in units)
        and (query.kind is None or query.kind in found.kinds)
        and query.validity in (None, found.validity)
    )


def _section(found: Found) -> str:
    measure = found.measure
    return measure.title if measure.kind == "section" else measure.section


_VALUES: Mapping[str, Callable[[Found], Sequence[str]]] = {
    "document": lambda f: (f.document.document_id,),
    "year": lambda f: (str(f.document.entry.year),) if f.document.entry.year else (),
    "section": lambda f: (_section(f),),
    "unit": lambda f: f.measure.units,
    "kind": lambda f: f.kinds,
    "validity": lambda f: (f.validity,),
}


def _counts(facet: str, found: Sequence[Found]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for f in found for value in set(_VALUES[facet](f)) if value)
    if facet == "year":
        return tuple(sorted(counts.items(), reverse=True))
    if facet == "section":  # in the documents' order
        order = list(dict.fromkeys(_section(f) for f in found))
        return tuple(sorted(counts.items(), key=lambda item: order.index(item[0])))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _roles(unit: str | None, found: Sequence[Found]) -> tuple[tuple[str, int], ...]:
    if unit is None:
        return ()
    held = [f.measure for f in found if unit in f.measure.units]
    leads = sum(unit in measure.lead_units for measure in held)
    return (("lead", leads), ("joint", len(held) - leads))


def _sorted(found: list[Found], query: Query) -> list[Found]:
    keys: Mapping[str, Callable[[Found], tuple[Any, ...]]] = {
        "relevance": lambda f: (-f.score,),
        "number": lambda f: (f.measure.number is None, f.measure.number or 0),
        "year": lambda f: (-(f.document.entry.year or 0),),
        "title": lambda f: (f.measure.title,),
        "section": lambda f: (_section(f),),
        "unit": lambda f: (f.measure.lead_unit or "\uffff",),
    }
    # Sorting is stable: equal records stay in the documents' order, or by relevance.
    return sorted(found, key=keys[query.sort], reverse=query.descending)
