"""What was understood of a document before it is taken in, and what was not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.errors import ParseError
from corpus.metadata.propose import Proposal, propose
from corpus.normalise import normalise
from corpus.records import Measure, NormalisedText
from corpus.structure.levels import LEVELS, Node
from corpus.structure.outline import Level, split_lines
from corpus.structure.parse import PartReading, Reading, read

TEMPLATES = Path(__file__).with_name("templates")
_LONGEST_SHOWN = 40
# A longer measure is hard to quote: its numbering was perhaps not understood.
_LONG_MEASURE = 1500

_PARAGRAPH = re.compile(r":p\d+$")
Problem = Literal["gap", "duplicate", "backwards", "not_numbered", "long", "no_units"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader should look at.

    Attributes:
        problem: What it is.
        line: Line of the file, counted from 1.
        text: The beginning of that line.
        expected: The number that should have come; None where numbers are not the problem.
        measure_id: The measure that it is in, or None.
    """

    problem: Problem
    line: int
    text: str
    expected: int | None = None
    measure_id: str | None = None


@dataclass(frozen=True, slots=True)
class UnassignedLine:
    """A line that no record holds: 抄送, 印发."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """How a document was understood.

    Attributes:
        file_name: Its file's name.
        level: How the measures are numbered, in the body or, if it only hands them on, in the
            first annex; `paragraph` where the body has no numbering, None where nothing can be
            quoted.
        levels: All ways of numbering there, outermost first.
        through: Whether a measure's number alone names it.
        sections: Headings that hold measures.
        measures: Measures of body and annexes.
        annexes: Annexes.
        rows: Measures that are rows of tables.
        paragraphs: Measures that are paragraphs without a number.
        with_units: Measures that list units of their own.
        under_units: Measures whose heading names units.
        metadata: What it states about itself; its lines are lines of the file.
        missing: Names of the metadata that it does not state.
        findings: What should be looked at, in the file's order.
        unassigned: Lines that no record holds.
    """

    file_name: str
    level: Level | None
    levels: tuple[Level, ...]
    through: bool
    sections: int
    measures: int
    annexes: int
    rows: int
    paragraphs: int
    with_units: int
    under_units: int
    metadata: Proposal
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    unassigned: tuple[UnassignedLine, ...]


def check(text: str, file_name: str) -> Report:
    """Reads a document as it would be taken in, and reports on it.

    Args:
        text: Its raw text, as a reader gives it.
        file_name: Its file's name.
    """
    normalised = normalise(text)
    file_lines = _FileLines(text, normalised)
    metadata = _on_file_lines(propose(normalised.text, file_name), normalised, file_lines)
    missing = tuple(f.name for f in fields(metadata) if getattr(metadata, f.name).value is None)
    # That it is not withdrawn and ends no other document is no gap.
    missing = tuple(name for name in missing if name not in ("withdrawn", "repeals"))
    try:
        reading = read("", metadata.title.value or file_name, normalised.text)
    except ParseError:
        lines = tuple(line for line in split_lines(normalised.text) if line.text)
        reading = Reading((), (), lines)
    measures = [record for record in reading.measures if record.kind == "measure"]
    paragraphs = sum(_PARAGRAPH.search(measure.measure_id) is not None for measure in measures)
    main = _main(reading.parts, paragraphs)
    choice = main.choice if main else None
    unnumbered: Level | None = "paragraph" if measures else None
    return Report(
        file_name=file_name,
        level=choice.level if choice else unnumbered,
        levels=_levels(main.roots) if main else (),
        # 第三条 of an annex is named with the annex only.
        through=choice is not None and choice.through and main is reading.parts[0],
        sections=sum(record.kind == "section" for record in reading.measures),
        measures=len(measures),
        annexes=max(len(reading.parts) - 1, 0),
        rows=sum(measure.is_row for measure in measures),
        paragraphs=paragraphs,
        with_units=sum(measure.units_source == "measure" for measure in measures),
        under_units=sum(measure.units_source == "section" for measure in measures),
        metadata=metadata,
        missing=missing,
        findings=_findings(reading, measures, file_lines),
        unassigned=tuple(
            UnassignedLine(file_lines.of(line.start), line.text) for line in reading.unassigned
        ),
    )


def report_to_text(report: Report) -> str:
    """The report in plain Chinese."""
    return _environment().get_template("check.txt.j2").render(report=report).strip() + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # The output is plain text, never HTML; a page escapes it when it shows it.
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )


class _FileLines:
    """Offsets in the normalised text → lines of the file."""

    def __init__(self, raw: str, normalised: NormalisedText) -> None:
        self._raw, self._normalised = raw, normalised

    def of(self, offset: int) -> int:
        return self._raw.count("\n", 0, self._normalised.origins[offset]) + 1


def _on_file_lines(
    proposal: Proposal, normalised: NormalisedText, file_lines: _FileLines
) -> Proposal:
    starts = [0]
    for line in normalised.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    moved = {}
    for f in fields(proposal):
        value = getattr(proposal, f.name)
        if value.line is not None:
            moved[f.name] = replace(value, line=file_lines.of(starts[value.line - 1]))
    return replace(proposal, **moved)


def _main(parts: Sequence[PartReading], paragraphs: int) -> PartReading | None:
    """The part that the document is about: its body unless that only hands on the annexes."""
    numbered = [part for part in parts if part.choice]
    if parts and (parts[0].choice or paragraphs or not numbered):
        return parts[0]
    return numbered[0] if numbered else None


def _levels(roots: Iterable[Node]) -> tuple[Level, ...]:
    found = {node.level for root in roots for node in root.walk()}
    return tuple(level for level in LEVELS if level in found)


def _findings(
    reading: Reading, measures: Sequence[Measure], file_lines: _FileLines
) -> tuple[Finding, ...]:
    found = [finding for part in reading.parts for finding in _numbering(part, file_lines)]
    some_have_units = any(measure.units_source != "none" for measure in measures)
    for measure in measures:
        line = file_lines.of(measure.start)
        shown = measure.text.split("\n")[0][:_LONGEST_SHOWN]
        name = measure.measure_id.removeprefix(":")
        if len(measure.text) > _LONG_MEASURE:
            found.append(Finding("long", line, shown, None, name))
        if some_have_units and measure.units_source == "none":
            found.append(Finding("no_units", line, shown, None, name))
    return tuple(sorted(found, key=lambda finding: finding.line))


def _numbering(part: PartReading, file_lines: _FileLines) -> Iterator[Finding]:
    """Numbers that are missing, come twice or go back, and lines that only look numbered."""
    for line in part.part.lines:
        if line.refused:
            shown = line.text[:_LONGEST_SHOWN]
            yield Finding("not_numbered", file_lines.of(line.start), shown)
    for siblings in _sequences(part):
        for before, node in pairwise(siblings):
            problem: Problem | None = None
            if node.mark and node.mark.sub:
                problem = None  # 第三条之一
            elif node.number == before.number:
                problem = "duplicate"
            elif node.number > before.number + 1:
                problem = "gap"
            elif 1 < node.number < before.number:
                problem = "backwards"
            if problem:
                yield Finding(
                    problem,
                    file_lines.of(node.start),
                    node.lines[0].text[:_LONGEST_SHOWN],
                    before.number + 1,
                )


def _sequences(part: PartReading) -> Iterator[list[Node]]:
    """Clauses whose numbers should follow each other."""
    through = part.choice.level if part.choice and part.choice.through else None
    nodes = [node for root in part.roots for node in root.walk()]
    if through:
        yield [node for node in nodes if node.level == through]
    groups: dict[tuple[int, Level], list[Node]] = {}
    for node in nodes:
        if node.level != through and node.level not in ("table", "paragraph"):
            groups.setdefault((id(node.parent), node.level), []).append(node)
    yield from groups.values()
