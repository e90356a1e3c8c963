"""The corpus' value types: a document, its catalog entry and its measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["measure", "section", "preamble", "closing"]
UnitsSource = Literal["measure", "section", "none"]
# 未载明 is for users' documents only: a shipped one states which it is.
Status = Literal["征求意见稿", "正式印发", "未载明"]


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """What the catalog states about a document.

    Attributes:
        document_id: Short id, the part of a measure id before the colon.
        file: Source file name, relative to the catalog.
        title: 标题.
        number: 文号, or None where the document states none.
        issuer: 发文机关, or None where the document states none.
        region: The place whose policy it is, e.g. 乐清市; empty where it is not known.
        parents: The places above it, which are not other places (浙江省, 温州市).
        year: The year that the document's term is in, or None where it is not known.
        status: 征求意见稿 or 正式印发; 未载明 where a user's document does not say.
        issued: Issue date, or None where not stated.
        term_start: First day on which it is stated to apply.
        term_end: Last such day.
        term_quote: The sentence that states the term, verbatim.
        sha256: Hash of the source file.
        supersedes: Id of the version before it, or None.
        superseded_by: Id of the version that took its place, or None.
    """

    document_id: str
    file: str
    title: str
    number: str | None
    issuer: str | None
    region: str
    parents: tuple[str, ...]
    year: int | None
    status: Status
    issued: date | None
    term_start: date | None
    term_end: date | None
    term_quote: str | None
    sha256: str
    supersedes: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """Text with a way back to the raw file.

    Attributes:
        text: Normalised text; paragraphs are separated by a newline.
        origins: For each character of `text`, the character offset in the raw text that it came
            from (for a joining newline or space, that of the line break it replaces).
    """

    text: str
    origins: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw text's half-open character span that `text[start:end]` was made from."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"span {start}:{end} is outside a text of {len(self.text)} characters")
        return self.origins[start], self.origins[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Measure:
    """One numbered clause 政策措施, or a section introduction, preamble or closing.

    Attributes:
        measure_id: `<document>:<number>`, `<document>:S<n>`, `:preamble` or `:closing`; where
            numbers begin again in each section their path, `<document>:3.2`.
        document_id: The document's id.
        kind: What sort of record it is.
        number: 第N条, or None for a record that is no clause or whose number alone does not
            name it.
        title: The clause's heading or first phrase, or the section's or document's title.
        section: Title of the section that it stands in; empty outside sections.
        lead_units: 牵头单位; two where a section is led by two.
        units: 责任单位 in the text's order, lead first.
        units_source: Where `units` is stated.
        text: Verbatim normalised text: `document.text[start:end]`.
        start: Character offset of `text` in the document's normalised text.
        end: Offset behind its last character.
        body_start: Offset where the wording behind number and title begins.
        body_end: Offset behind the wording, before the bracket that lists the units.
        label: How the text names the place where `number` does not: 三、（二）, 附件1第三条.
        header: The header row of the table that it is a row of, verbatim; else empty.
    """

    measure_id: str
    document_id: str
    kind: Kind
    number: int | None
    title: str
    section: str
    lead_units: tuple[str, ...]
    units: tuple[str, ...]
    units_source: UnitsSource
    text: str
    start: int
    end: int
    body_start: int
    body_end: int
    label: str = ""
    header: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table: its text separates cells by bars."""
        return bool(self.header) or " | " in self.text.split("\n")[0]

    @property
    def lead_unit(self) -> str | None:
        """牵头单位 as the text writes it: joined by 、 where there are two."""
        return "、".join(self.lead_units) or None

    @property
    def body(self) -> str:
        """The wording without number, title and unit list."""
        return self.text[self.body_start - self.start : self.body_end - self.start]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: catalog entry, text and measures in the text's order."""

    entry: CatalogEntry
    normalised: NormalisedText
    measures: tuple[Measure, ...]

    @property
    def document_id(self) -> str:
        """The document's id."""
        return self.entry.document_id

    @property
    def text(self) -> str:
        """The normalised text that all offsets refer to."""
        return self.normalised.text
