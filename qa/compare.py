"""Year on year: which measures stayed, changed, came and went, with their numbers side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Literal

from corpus.errors import UsageError
from corpus.records import Document, Measure
from index.align import align, dice
from index.protocols import Encoder
from qa.facts import Fact, difference, facts, is_total, same_unit

State = Literal["kept", "changed", "new", "dropped"]
Edit = tuple[Literal["=", "-", "+"], str]

# Numbers of two measures are one and the same subject's from this likeness of their words.
_SAME_SUBJECT = 0.45
# Wordings that differ in no number and less than this in their characters are the same measure.
_SAME_WORDING = 0.9


@dataclass(frozen=True, slots=True)
class NumberPair:
    """A number of one subject in both documents; one side is None where only the other states it.

    Attributes:
        what: The words that say what it counts, in the newer document's wording where there is one.
        older: In the older document.
        newer: In the newer document.
        difference: Newer minus older, or None where they cannot be subtracted.
    """

    what: str
    older: Fact | None
    newer: Fact | None
    difference: str | None

    @property
    def same_words(self) -> bool:
        """Whether both documents say in the same words what is counted; else scopes may differ."""
        if self.older is None or self.newer is None:
            return False
        return self.older.what == self.newer.what or (is_total(self.older) and is_total(self.newer))


@dataclass(frozen=True, slots=True)
class Row:
    """One subject in both documents.

    Attributes:
        section: Title of the newer's section, or of the older's where it was dropped.
        state: kept, changed, new or dropped.
        older: The older measure, or None.
        newer: The newer measure, or None.
        similarity: Comparable within one comparison; 0 for one side only.
        numbers: Numbers side by side.
        diff: The wordings' difference: kept, deleted and added runs of characters.
    """

    section: str
    state: State
    older: Measure | None
    newer: Measure | None
    similarity: float
    numbers: tuple[NumberPair, ...]
    diff: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents of one series side by side, in the newer one's order."""

    older: Document
    newer: Document
    rows: tuple[Row, ...]


def series(documents: Sequence[Document]) -> tuple[Document, Document]:
    """The two newest documents of one region, the older first.

    Raises:
        UsageError: No region has documents of two years.
    """
    by_region: dict[str, list[Document]] = {}
    for document in documents:
        if document.entry.year is not None and document.entry.superseded_by is None:
            by_region.setdefault(document.entry.region, []).append(document)
    for group in by_region.values():
        ordered = sorted(group, key=lambda d: (d.entry.year or 0, d.document_id))
        if len({d.entry.year for d in ordered}) > 1:
            newest = ordered[-1]
            older = [d for d in ordered if d.entry.year != newest.entry.year]
            return older[-1], newest
    raise UsageError("no two documents of different years and one region; add another year's")


def compare(
    documents: Sequence[Document],
    encoder: Encoder,
    *,
    section: str | None = None,
    measure: str | None = None,
) -> Comparison:
    """Sets the two newest years of a region side by side.

    Args:
        documents: The library's documents.
        encoder: Embeds wordings.
        section: Only sections with this text in their title.
        measure: Only rows with this measure.

    Raises:
        UsageError: There are no two years, or nothing has this section or id.
    """
    older, newer = series(documents)
    rows = _rows(older, newer, encoder)  # type: ignore[arg-type] # encoders hash by identity
    if section is not None:
        rows = tuple(row for row in rows if section in row.section)
        if not rows:
            known = dict.fromkeys(
                m.section for d in (older, newer) for m in d.measures if m.section
            )
            raise UsageError(f"no section {section!r}; there are {', '.join(known)}")
    if measure is not None:
        sides = ((row, m) for row in rows for m in (row.older, row.newer) if m is not None)
        rows = tuple(dict.fromkeys(row for row, m in sides if m.measure_id == measure))
        if not rows:
            raise UsageError(f"no measure {measure!r}; ids are like {newer.document_id}:28")
    return Comparison(older, newer, rows)


@lru_cache(maxsize=4)
def _rows(older: Document, newer: Document, encoder: Encoder) -> tuple[Row, ...]:
    before = [m for m in older.measures if m.kind == "measure"]
    after = [m for m in newer.measures if m.kind == "measure"]
    pairs = align(before, after, encoder)
    rows = [_row(before[p.older], after[p.newer], p.similarity) for p in pairs]
    paired = {p.newer for p in pairs}
    rows += [_row(None, m, 0.0) for j, m in enumerate(after) if j not in paired]
    rows += _frames(older, newer)  # one counterpart each: by section, by kind
    places = {m.measure_id: place for place, m in enumerate(newer.measures)}
    rows.sort(key=lambda row: places[row.newer.measure_id] if row.newer else -1)
    gone = {p.older for p in pairs}
    rows += [_row(m, None, 0.0) for i, m in enumerate(before) if i not in gone]
    return tuple(rows)


def _frames(older: Document, newer: Document) -> list[Row]:
    rows = []
    for measure in newer.measures:
        if measure.kind in ("section", "closing"):
            partners = [m for m in older.measures if m.kind == measure.kind]
            best = max(partners, key=lambda m: dice(m.section, measure.section), default=None)
            if best is not None:
                rows.append(_row(best, measure, 1.0))
    return rows


def _row(older: Measure | None, newer: Measure | None, similarity: float) -> Row:
    shown = newer or older
    assert shown is not None  # a row has at least one side
    numbers = _numbers(older, newer)
    diff = _diff(older.body if older else "", newer.body if newer else "")
    return Row(
        shown.section, _state(older, newer, numbers), older, newer, similarity, numbers, diff
    )


def _state(older: Measure | None, newer: Measure | None, numbers: Sequence[NumberPair]) -> State:
    if older is None:
        return "new"
    if newer is None:
        return "dropped"
    same = SequenceMatcher(None, older.body, newer.body, autojunk=False).ratio() >= _SAME_WORDING
    moved = any(
        n.older is None or n.newer is None or n.difference not in ("0", None) for n in numbers
    )
    return "kept" if same and not moved else "changed"


def _numbers(older: Measure | None, newer: Measure | None) -> tuple[NumberPair, ...]:
    """Pairs numbers of one unit and like words, the most alike first; the rest stand alone."""
    before = list(facts(older)) if older else []
    after = list(facts(newer)) if newer else []
    alike = sorted(
        (
            (-likeness, j, i)
            for i, a in enumerate(before)
            for j, b in enumerate(after)
            if (likeness := _number_likeness(a, b)) >= _SAME_SUBJECT
        ),
    )
    partner: dict[int, int] = {}
    for _, j, i in alike:
        if j not in partner and i not in partner.values():
            partner[j] = i
    rows = [
        NumberPair(
            b.what, before[partner[j]], b, difference(before[partner[j]].quantity, b.quantity)
        )
        if j in partner
        else NumberPair(b.what, None, b, None)
        for j, b in enumerate(after)
    ]
    used = set(partner.values())
    rows += [NumberPair(a.what, a, None, None) for i, a in enumerate(before) if i not in used]
    return tuple(rows)


def _number_likeness(a: Fact, b: Fact) -> float:
    """How surely two numbers count the same; unchanged words and number do, few as they may be."""
    if not same_unit(a.quantity, b.quantity):
        return 0.0
    same = a.role == b.role and (a.what, a.quantity.text) == (b.what, b.quantity.text)
    return 1.0 if same else subject_likeness(a, b)


def subject_likeness(a: Fact, b: Fact) -> float:
    """How alike the words are that say what two numbers count, 0 to 1."""
    if a.role != b.role and "budget" in (a.role, b.role):
        return 0.0
    if is_total(a) and is_total(b):
        return dice(a.measure.section, b.measure.section) if a.measure.section else 1.0
    return dice(a.what, b.what)


def _diff(older: str, newer: str) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    for tag, i, k, j, n in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if tag == "equal":
            edits.append(("=", older[i:k]))
            continue
        if k > i:
            edits.append(("-", older[i:k]))
        if n > j:
            edits.append(("+", newer[j:n]))
    return tuple(edits)


def comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    """The JSON form."""
    return {
        "older": comparison.older.document_id,
        "newer": comparison.newer.document_id,
        "rows": [
            {
                "section": row.section,
                "state": row.state,
                "older": _side(row.older),
                "newer": _side(row.newer),
                "similarity": row.similarity,
                "numbers": [
                    {
                        "what": pair.what,
                        "older": _number(pair.older),
                        "newer": _number(pair.newer),
                        "difference": pair.difference,
                        "same_words": pair.same_words,
                    }
                    for pair in row.numbers
                ],
                "diff": [list(edit) for edit in row.diff],
            }
            for row in comparison.rows
        ],
    }


def _side(measure: Measure | None) -> dict[str, Any] | None:
    if measure is None:
        return None
    return {"measure_id": measure.measure_id, "number": measure.number, "title": measure.title}


def _number(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    quantity = fact.quantity
    return {"text": quantity.text, "start": quantity.start, "end": quantity.end, "role": fact.role}


def comparison_table(comparison: Comparison) -> list[list[str]]:
    """Rows for a spreadsheet, the first one its head: one row for each number, or for each pair."""
    head = ["section", "state", "older_id", "older_title", "newer_id", "newer_title"]
    table = [[*head, "what", "older_number", "newer_number", "difference", "same_words"]]
    for row in comparison.rows:
        sides = [row.older, row.newer]
        start = [row.section, row.state]
        for side in sides:
            start += [side.measure_id, side.title] if side else ["", ""]
        for pair in row.numbers or (None,):
            if pair is None:
                table.append([*start, *[""] * 5])
                continue
            texts = [fact.quantity.text if fact else "" for fact in (pair.older, pair.newer)]
            same = str(pair.same_words).lower() if pair.difference else ""
            table.append([*start, pair.what, *texts, pair.difference or "", same])
    return table
