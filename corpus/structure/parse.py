"""Normalised text → measures, sections, preamble, closing, whatever way the text is numbered.

Ids: `<doc>:<number>` where clauses are numbered through; else the path of numbers, `<doc>:3.2`.
`S<path>` are sections, `T<n>.<row>` rows, `p<n>` paragraphs without number, and what stands in an
annex has `A<n>.` before it.
"""

from dataclasses import dataclass

from corpus.errors import ParseError
from corpus.records import CatalogEntry, Measure, NormalisedText
from corpus.structure.build import Builder
from corpus.structure.levels import Choice, Node, build, choose, find_measures, nesting
from corpus.structure.outline import Line, split_lines
from corpus.structure.parts import (
    Part,
    closing_start,
    is_about_all,
    is_covering_letter,
    split_parts,
)
from corpus.structure.tables import is_caption

_SHORTEST_PARAGRAPH = 15
_HEADING = 8


@dataclass(frozen=True, slots=True)
class PartReading:
    """How a part was understood.

    Attributes:
        part: The body or an annex.
        choice: The level of its measures; None where it has no numbering.
        roots: Its outermost clauses.
    """

    part: Part
    choice: Choice | None
    roots: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as understood.

    Attributes:
        measures: All records in the text's order.
        parts: The body and the annexes.
        unassigned: Lines that no record holds.
    """

    measures: tuple[Measure, ...]
    parts: tuple[PartReading, ...]
    unassigned: tuple[Line, ...]

    @property
    def has_numbering(self) -> bool:
        """False where the body's paragraphs had to serve as measures."""
        return self.parts[0].choice is not None


def parse(entry: CatalogEntry, normalised: NormalisedText) -> tuple[Measure, ...]:
    """Finds the measures of a document.

    Args:
        entry: The document's catalog entry.
        normalised: Its text, one paragraph a line.

    Returns:
        Preamble, then each section's introduction followed by its measures, then the closing;
        then the annexes.

    Raises:
        ParseError: The text has no numbered measure, and no paragraph that could be quoted.
    """
    return read(entry.document_id, entry.title, normalised.text).measures


def read(document_id: str, title: str, text: str) -> Reading:
    """Like `parse`, with what is needed to say how the text was understood."""
    lines = split_lines(text)
    parts, _ = split_parts(lines)
    builder = Builder(document_id, title, text)
    readings = [_read_part(builder, part, has_annexes=len(parts) > 1) for part in parts]
    records = builder.records()
    if not any(record.kind == "measure" for record in records):
        raise ParseError(
            document_id,
            "no numbered measure (1. 2. …, 第一条, （一）) found, and no paragraph of "
            f"{_SHORTEST_PARAGRAPH} characters or more",
        )
    held = iter([*records, None])
    record = next(held)
    unassigned = []
    for line in lines:
        while record is not None and record.end <= line.start:
            record = next(held)
        if line.text.strip() and (record is None or line.end <= record.start):
            unassigned.append(line)
    return Reading(records, tuple(readings), tuple(unassigned))


def _read_part(builder: Builder, part: Part, *, has_annexes: bool) -> PartReading:
    lines = part.lines
    first = _first_clause(lines)
    if first is None:
        _read_paragraphs(builder, part, has_annexes=has_annexes)
        return PartReading(part, None, ())
    last = max(i for i, line in enumerate(lines) if line.mark or line.is_row)
    cut = closing_start(lines, last + 1)
    closing = lines[cut:]
    roots = build(lines[first:cut])
    ranks = nesting(line.mark for line in lines if line.mark)
    choice = choose(roots, ranks)
    measures = find_measures(roots, choice, ranks)
    if part.ordinal == 0 and choice.level != "article":
        closing = [*_split_off_closing(roots, measures), *closing]
    builder.begin(part, choice, measures)
    builder.frame("preamble", [*part.heading, *lines[:first]])
    for root in roots:
        builder.clause(root)
    builder.frame("closing", closing)
    return PartReading(part, choice, tuple(roots))


def _first_clause(lines: list[Line]) -> int | None:
    """Index of the first numbered line or row, or of the title above such a row."""
    for i, line in enumerate(lines):
        if line.mark:
            return i
        if line.is_row:
            return i - 1 if i and is_caption(lines[i - 1]) else i
    return None


def _split_off_closing(roots: list[Node], measures: list[Node]) -> list[Line]:
    """Takes the paragraphs about the document as a whole out of its last clause.

    Where clauses are single paragraphs, the paragraphs behind the last one are not part of it;
    where clauses have several, only what speaks of the document as a whole is not.
    """
    *_, last = roots[-1].walk()
    if last.level in ("row", "paragraph") or any(
        "附则" in node.lines[0].text[:_HEADING] for node in (last, *last.above()) if node.lines
    ):
        return []  # 附则 are about the document as a whole
    kept = 1 if "。" in last.lines[0].text else 2
    in_measure = any(node in measures for node in (last, *last.above()))
    plain = in_measure and all(
        len(node.lines) == 1 for m in measures for node in m.walk() if node is not last
    )
    if not plain:
        about = (i for i in range(kept, len(last.lines)) if is_about_all(last.lines[i].text))
        kept = next(about, len(last.lines))
    closing = last.lines[kept:]
    del last.lines[kept:]
    return closing


def _read_paragraphs(builder: Builder, part: Part, *, has_annexes: bool) -> None:
    """A part without numbering: its paragraphs are the measures, an annex is one as a whole."""
    builder.begin(part, None, ())
    last = max((i for i, line in enumerate(part.lines) if _is_paragraph(line)), default=0)
    cut = closing_start(part.lines, last + 1)
    lines, closing = part.lines[:cut], part.lines[cut:]
    if part.ordinal:
        builder.annex([*part.heading, *part.lines])
        return
    if has_annexes and is_covering_letter(part):
        builder.frame("preamble", part.lines)
        return
    first = next((i for i, line in enumerate(lines) if _is_paragraph(line)), len(lines))
    builder.frame("preamble", lines[:first])
    pending: list[Line] = []
    for line in lines[first:]:
        pending.append(line)
        if _is_paragraph(line):
            builder.paragraph(pending)
            pending = []
    builder.frame("closing", [*pending, *closing])


def _is_paragraph(line: Line) -> bool:
    return len(line.text) >= _SHORTEST_PARAGRAPH and line.text[-1] in "。！？；…”）"
