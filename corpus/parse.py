"""Normalised text → measures: sections 一、二、…, measures numbered through, preamble, closing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.errors import ParseError
from corpus.records import CatalogEntry, Kind, Measure, NormalisedText, UnitsSource
from corpus.units import UnitList, measure_units, section_lead

_HEADING = re.compile(r"^(?P<number>[一二三四五六七八九十]+)、(?P<title>[^。]+)$")
_NUMBERED = re.compile(r"^(?P<number>[1-9]\d{0,2})\s*[．.、]\s*(?!\d)(?P<title>[^。]*)。?")
_DISTRIBUTION = re.compile(r"^抄送：")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class _Section:
    """A section being read: its heading and the paragraphs before its first measure."""

    number: int
    title: str
    lead: UnitList | None
    heading: _Paragraph
    introduction: list[_Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class _Numbered:
    """A numbered clause being read; paragraphs that follow it in its section are part of it."""

    number: int
    section: _Section
    head: _Paragraph
    end: int


@dataclass(slots=True)
class _Outline:
    """The document's paragraphs, sorted by what they belong to."""

    preamble: list[_Paragraph] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)
    measures: list[_Numbered] = field(default_factory=list)
    closing: list[_Paragraph] = field(default_factory=list)


def parse(entry: CatalogEntry, normalised: NormalisedText) -> tuple[Measure, ...]:
    """Finds the measures of a document.

    Args:
        entry: The document's catalog entry.
        normalised: Its text, one paragraph a line.

    Returns:
        Preamble, then each section's introduction followed by its measures, then the closing.

    Raises:
        ParseError: The text has no numbered measure.
    """
    text = normalised.text
    outline = _outline(text)
    if not outline.measures:
        raise ParseError(entry.document_id, "no numbered measure (1. 2. …) found under a heading")
    records: list[Measure] = []
    if outline.preamble:
        records.append(_frame(entry, text, "preamble", outline.preamble))
    for section in outline.sections:
        records.append(_introduction(entry, text, section))
        records += [
            _measure(entry, text, numbered)
            for numbered in outline.measures
            if numbered.section is section
        ]
    if outline.closing:
        records.append(_frame(entry, text, "closing", outline.closing))
    return tuple(records)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    start = 0
    for line in text.split("\n"):
        yield _Paragraph(line, start)
        start += len(line) + 1


def _outline(text: str) -> _Outline:
    outline = _Outline()
    for paragraph in _paragraphs(text):
        heading = _HEADING.match(paragraph.text)
        numbered = _NUMBERED.match(paragraph.text)
        if _DISTRIBUTION.match(paragraph.text):
            break
        if heading:
            lead = section_lead(paragraph.text)
            title = paragraph.text[heading.start("title") : lead.start if lead else None].strip()
            number = len(outline.sections) + 1
            _end_measure(outline)
            outline.sections.append(_Section(number, title, lead, paragraph))
        elif not outline.sections:
            outline.preamble.append(paragraph)
        elif numbered and int(numbered["number"]) == len(outline.measures) + 1:
            # Measures are numbered through the document: a line that merely begins with a
            # figure (a wrapped 0.58亿元, a year) is never the next number.
            number = int(numbered["number"])
            _end_measure(outline)
            outline.measures.append(
                _Numbered(number, outline.sections[-1], paragraph, paragraph.end)
            )
        elif outline.measures and outline.measures[-1].section is outline.sections[-1]:
            outline.closing.append(paragraph)
        else:
            outline.sections[-1].introduction.append(paragraph)
    return outline


def _end_measure(outline: _Outline) -> None:
    """What looked like a closing was the last clause's continuation, as more text follows it."""
    if outline.closing:
        outline.measures[-1].end = outline.closing[-1].end
        outline.closing.clear()


def _measure(entry: CatalogEntry, text: str, numbered: _Numbered) -> Measure:
    section, start, end = numbered.section, numbered.head.start, numbered.end
    wording = text[start:end]
    match = _NUMBERED.match(wording)
    assert match is not None  # the outline holds numbered paragraphs only
    own = measure_units(wording)
    lead = section.lead.units if section.lead else ()
    source: UnitsSource = "measure" if own else "section" if lead else "none"
    return Measure(
        measure_id=f"{entry.document_id}:{numbered.number}",
        document_id=entry.document_id,
        kind="measure",
        number=numbered.number,
        title=match["title"].strip(),
        section=section.title,
        lead_units=own.units[:1] if own else lead,
        units=own.units if own else lead,
        units_source=source,
        text=wording,
        start=start,
        end=end,
        body_start=start + match.end(),
        body_end=start + own.start if own else end,
    )


def _introduction(entry: CatalogEntry, text: str, section: _Section) -> Measure:
    lead = section.lead.units if section.lead else ()
    start = section.heading.start
    end = section.introduction[-1].end if section.introduction else section.heading.end
    return Measure(
        measure_id=f"{entry.document_id}:S{section.number}",
        document_id=entry.document_id,
        kind="section",
        number=None,
        title=section.title,
        section=section.title,
        lead_units=lead,
        units=lead,
        units_source="section" if lead else "none",
        text=text[start:end],
        start=start,
        end=end,
        body_start=min(section.heading.end + 1, end),
        body_end=end,
    )


def _frame(entry: CatalogEntry, text: str, kind: Kind, paragraphs: Sequence[_Paragraph]) -> Measure:
    start, end = paragraphs[0].start, paragraphs[-1].end
    return Measure(
        measure_id=f"{entry.document_id}:{kind}",
        document_id=entry.document_id,
        kind=kind,
        number=None,
        title=entry.title,
        section="",
        lead_units=(),
        units=(),
        units_source="none",
        text=text[start:end],
        start=start,
        end=end,
        body_start=start,
        body_end=end,
    )
