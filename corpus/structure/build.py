"""Clauses → records with ids, headings, units and spans."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Kind, Measure, UnitsSource
from corpus.structure.headings import are_headed, bare_title, clause_heading, section_heading
from corpus.structure.levels import Choice, Node
from corpus.structure.outline import Level, Line
from corpus.structure.parts import Part
from corpus.structure.tables import row_title, row_units
from corpus.structure.units import UnitList, measure_units, section_lead, split_units


class Builder:
    """Collects the records of one document, part by part.

    Args:
        document_id: The document's id.
        title: Its title, which preamble and closing bear.
        text: Its normalised text.
    """

    def __init__(self, document_id: str, title: str, text: str) -> None:
        self._document_id, self._title, self._text = document_id, title, text
        self._records: list[Measure] = []
        self._ids: set[str] = set()

    def begin(self, part: Part, choice: Choice | None, measures: Sequence[Node]) -> None:
        """Begins a part; what is added from here on belongs to it."""
        self._part, self.measures = part, frozenset(measures)
        self._choice = choice
        self._prefix = f"A{part.ordinal}." if part.ordinal else ""
        self._tables: dict[int, int] = {}
        self._paragraphs = 0
        # The items of an annex that is nothing but a table are the annex' items.
        self._is_sole = len({id(node.parent) for node in measures}) == 1
        wordings: dict[Level, list[str]] = {}
        for node in measures:
            if node.mark:
                wordings.setdefault(node.level, []).append(node.own_text[node.mark.width :])
        self._headed = {level: are_headed(texts) for level, texts in wordings.items()}

    def records(self) -> tuple[Measure, ...]:
        """All records in the text's order."""
        return tuple(sorted(self._records, key=lambda record: record.start))

    def clause(self, node: Node) -> None:
        """Adds a clause: as a measure, or as a section followed by what it holds."""
        if node in self.measures:
            self._measure(node)
        elif node.lines:
            holds = any(n in self.measures for n in node.walk())
            self._section(node, node.own_end if holds else node.end)
            if holds:
                self._clauses(node)
        else:
            self._clauses(node)

    def frame(self, kind: Kind, lines: Sequence[Line]) -> None:
        """Adds the preamble or closing; an annex' preamble is the section that the annex is."""
        if not lines:
            return
        if not self._prefix:
            record = self._record(kind, kind, self._title, lines[0].start, lines[-1].end)
        elif kind == "preamble":
            title = self._part.title or self._part.label
            name = self._prefix[:-1]
            record = self._record("section", name, title, lines[0].start, lines[-1].end)
            record = replace(record, section=title, label=self._part.label)
        else:
            name = f"{self._prefix}{kind}"
            record = self._record(kind, name, self._title, lines[0].start, lines[-1].end)
        self._records.append(record)

    def paragraph(self, lines: Sequence[Line]) -> None:
        """Adds paragraphs without number as one measure."""
        self._paragraphs += 1
        name = f"{self._prefix}p{self._paragraphs}"
        start, end = lines[0].start, lines[-1].end
        heading = clause_heading(self._text[start:end], 0, "paragraph", headed=False)
        self._add_measure(name, None, heading.title, heading.width, (start, end), None)

    def annex(self, lines: Sequence[Line]) -> None:
        """Adds an annex without numbering as one measure."""
        start, end = lines[0].start, lines[-1].end
        width = self._part.heading[-1].end + 1 - start
        title = self._part.title or self._part.label
        name = self._prefix[:-1]
        self._add_measure(
            name, None, title, min(width, end - start), (start, end), None, self._part.label
        )

    def _clauses(self, node: Node) -> None:
        for child in node.children:
            self.clause(child)

    def _measure(self, node: Node) -> None:
        start, end = node.start, node.end
        text = self._text[start:end]
        if node.level == "row":
            return self._row(node)
        if node.level == "paragraph":
            return self.paragraph(node.lines)
        if node.level == "table":
            self._add_measure(self._table(node), None, node.lines[0].text, 0, (start, end), node)
            return None
        mark = node.mark
        assert mark is not None  # all other levels are numbered
        heading = clause_heading(text, mark.width, node.level, headed=self._headed[node.level])
        choice = self._choice
        numbered = choice is not None and choice.through and node.level == choice.level
        number = node.number if numbered and not self._prefix and not mark.sub else None
        name = f"{node.number}.{mark.sub}" if mark.sub else str(node.number)
        name = name if numbered else _path(node)
        label = "" if number is not None else self._label(node)
        self._add_measure(
            self._prefix + name, number, heading.title, heading.width, (start, end), node, label
        )
        return None

    def _row(self, node: Node) -> None:
        table = node.parent
        assert table is not None  # rows stand in tables
        row = node.own_text
        header = table.lines[-1].text if table.lines and table.lines[-1].is_row else ""
        units = split_units(row_units(header, row))
        own = UnitList(units, len(row), units[:1]) if units else None
        is_annex = bool(self._prefix) and table.parent is None and self._is_sole
        name = f"{self._prefix if is_annex else self._table(table) + '.'}{node.number}"
        span = (node.start, node.end)
        self._add_measure(name, None, row_title(row), 0, span, node, "", own)
        self._records[-1] = replace(self._records[-1], header=header)

    def _table(self, table: Node) -> str:
        ordinal = self._tables.setdefault(id(table), len(self._tables) + 1)
        return f"{self._prefix}T{ordinal}"

    def _add_measure(
        self,
        name: str,
        number: int | None,
        title: str,
        width: int,
        span: tuple[int, int],
        node: Node | None,
        label: str = "",
        own: UnitList | None = None,
    ) -> None:
        start, end = span
        own = own or measure_units(self._text[start:end])
        above = self._lead(node)
        source: UnitsSource = "measure" if own else "section" if above else "none"
        units = own or above or UnitList((), 0)
        body_end = start + own.start if own else end
        body_start = min(start + width, body_end)
        while body_end > body_start and self._text[body_end - 1].isspace():
            body_end -= 1
        record = self._record("measure", name, title, start, end)
        self._records.append(
            replace(
                record,
                number=number,
                section=self._section_title(node),
                lead_units=units.leads,
                units=units.units,
                units_source=source,
                body_start=body_start,
                body_end=body_end,
                label=label,
            )
        )

    def _section(self, node: Node, end: int) -> None:
        head = node.lines[0]
        lead = self._lead(node, own=True)
        if node.level == "table":
            name = self._table(node)
            title = self._section_title(node) or head.text if head.is_row else head.text
        else:
            assert head.mark is not None  # sections are numbered
            name = f"{self._prefix}S{_path(node)}"
            title = section_heading(head.text[head.mark.width :])
            if not title and len(node.lines) > 1:
                title = node.lines[1].text  # 第二章 on a line of its own
        record = self._record("section", name, title, node.start, end)
        units = lead or UnitList((), 0)
        self._records.append(
            replace(
                record,
                section=title,
                lead_units=units.leads,
                units=units.units,
                units_source="section" if lead else "none",
                body_start=min(head.end + 1, end),
                label=self._label(node) if self._prefix else "",
            )
        )

    def _record(self, kind: Kind, name: str, title: str, start: int, end: int) -> Measure:
        unique = name
        for count in itertools.count(2):
            if unique not in self._ids:
                break
            unique = f"{name}-{count}"  # the text uses a number twice
        self._ids.add(unique)
        return Measure(
            measure_id=f"{self._document_id}:{unique}",
            document_id=self._document_id,
            kind=kind,
            number=None,
            title=title,
            section="",
            lead_units=(),
            units=(),
            units_source="none",
            text=self._text[start:end],
            start=start,
            end=end,
            body_start=start,
            body_end=end,
        )

    def _section_title(self, node: Node | None) -> str:
        """The heading that a clause stands under: the nearest one."""
        for above in node.above() if node else ():
            if above.level == "table" and above.lines and not above.lines[0].is_row:
                return bare_title(above.lines[0].text)
            if above.mark is not None:
                return section_heading(above.lines[0].text[above.mark.width :])
        return self._part.title or self._part.label

    def _lead(self, node: Node | None, *, own: bool = False) -> UnitList | None:
        """The units named by the nearest heading that names some."""
        for above in (node, *node.above()) if node else ():
            if (above is not node or own) and above.mark is not None:
                lead = section_lead(above.lines[0].text)
                if lead:
                    return lead
        return None

    def _label(self, node: Node) -> str:
        """The numbers that lead to a clause, as the text writes them: 三、（二）."""
        marks: list[str] = []
        choice = self._choice
        alone = choice is not None and choice.through and node.level == choice.level
        for n in [node] if alone else reversed([node, *node.above()]):
            if n.mark is None:
                continue
            if n.mark.path:
                marks = []  # 1.2 states the 1 itself
            marks.append(n.mark.text)
        joined = re.sub(r"(?<=[^、．.）)：:])·(?=[（(])|(?<=[、．.）)：:])·", "", "·".join(marks))
        label = re.sub(r"[、．.：:]$", "", joined)
        return "·".join(part for part in (self._part.label, label) if part)


def _path(node: Node) -> str:
    """The numbers that lead to a clause: 3.2."""
    numbers: list[int] = []
    for n in reversed([node, *node.above()]):
        if n.mark is None:
            continue
        path = n.mark.path
        if path and numbers[-(len(path) - 1) :] == list(path[:-1]):
            path = path[-1:]
        numbers += path or (n.number,)
    return ".".join(map(str, numbers))
