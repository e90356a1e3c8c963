"""A user's file on its way to the shelf: what was read from it, and what is said about it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.metadata.propose import Proposal, propose
from corpus.normalise import normalise
from corpus.readers import read_file
from corpus.records import Status


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read.

    Attributes:
        name: File name.
        suffix: Its ending, lower case, with the dot; empty where it has none that is safe to keep.
        data: Its bytes.
        sha256: Hash of them.
        text: What a reader found in it.
        kind: The format that it was read as.
        warnings: What a person should know before relying on the text.
    """

    name: str
    suffix: str
    data: bytes
    sha256: str
    text: str
    kind: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """What is known of a document; see `corpus.records.CatalogEntry`."""

    title: str
    number: str | None = None
    issuer: str | None = None
    region: str = ""
    parents: tuple[str, ...] = ()
    year: int | None = None
    status: Status = "未载明"
    issued: date | None = None
    term_start: date | None = None
    term_end: date | None = None
    term_quote: str | None = None


def read_source(path: Path) -> Source:
    """Reads a file.

    Raises:
        MissingFileError: There is no such file.
        CorpusError: No reader gets text from it.
    """
    reading = read_file(path)
    data = path.read_bytes()
    suffix = path.suffix.lower()
    return Source(
        name=path.name,
        suffix=suffix if suffix[1:].isalnum() and suffix.isascii() else "",
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        text=reading.text,
        kind=reading.kind,
        warnings=reading.warnings,
    )


def propose_fields(source: Source) -> Fields:
    """What the text says of itself; a guess until somebody confirms it."""
    return fields_of(propose(normalise(source.text).text, source.name), source)


def fields_of(proposal: Proposal, source: Source) -> Fields:
    """A proposal's values without the wording behind them."""
    ends, starts = proposal.term_end, proposal.term_start
    term = ends if ends.value is not None else starts
    return Fields(
        title=proposal.title.value or Path(source.name).stem,
        number=proposal.number.value,
        issuer=proposal.issuer.value,
        region=proposal.region.value or "",
        year=proposal.year.value,
        status=proposal.status,
        issued=proposal.issued.value,
        term_start=starts.value,
        term_end=ends.value,
        term_quote=term.quote if term.value is not None else None,
    )
