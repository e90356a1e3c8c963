"""Documents read, added, replaced and removed on behalf of a server's callers.

All of it runs in one thread: the reader of PDFs knows no other, and changes wait for each other
anyway.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from corpus.check import Report, check
from corpus.errors import (
    DuplicateDocumentError,
    HuiwenError,
    LibraryBusyError,
    ParseError,
    ShelfError,
    SourceChangedError,
    UnreadableFileError,
    UsageError,
)
from corpus.library.change import Added, Change
from corpus.library.held import Held
from corpus.library.intake import Fields, Source, fields_of, read_source
from corpus.library.naming import checked_id
from corpus.library.shelf import Prepare, Shelf
from corpus.metadata.propose import Proposal, propose
from corpus.normalise import normalise
from corpus.reader import load_corpus
from corpus.records import Document
from index.ingest import Ingest, changing
from index.protocols import Encoder
from qa.api.problems import ApiError, wording

# Somebody who waits for a page waits no longer for another process' change.
_PATIENCE = 15.0
_NOT_STATED: dict[str, Any] = {"title": "", "region": "", "status": "未载明"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it would be taken in.

    Attributes:
        source: What was read.
        report: How it was understood.
        proposal: What its text states about itself.
        fields: The same without the wording behind it.
        known: Id of the document that is this very file, or None.
        near: Documents that are nearly the same: id, share of shingles.
    """

    source: Source
    report: Report
    proposal: Proposal
    fields: Fields
    known: str | None
    near: tuple[tuple[str, float], ...]


class Given(dict[str, Any]):
    """Fields that a caller gave, by name; None for one that is not known."""


class _PatientShelf(Shelf):
    """The user's library, with a caller waiting."""

    @contextmanager
    def change(
        self,
        prepare: Prepare = lambda _: None,
        *,
        done: Prepare = lambda _: None,
        shipped: Sequence[Document] = (),
        patience: float = _PATIENCE,
    ) -> Iterator[Change]:
        """As `Shelf.change`, but not as patient."""
        with super().change(prepare, done=done, shipped=shipped, patience=patience) as change:
            yield change


def check_file(path: Path) -> Checked:
    """Reads a file and reports on it; nothing is stored.

    Raises:
        ApiError: It cannot be read.
    """
    with _told(path.name):
        source = read_source(path)
        report = check(source.text, source.name)
        proposal = report.metadata
        change = Change(Shelf(), load_corpus(with_shelf=False))  # to look at only
        return Checked(
            source,
            report,
            proposal,
            fields_of(proposal, source),
            change.known(source.sha256),
            change.near(source),
        )


def add_file(path: Path, given: Given, encoder: Encoder, stopped: Event) -> Added:
    """Takes a file into the library.

    Args:
        path: The file.
        given: Fields of the caller's; what is left out is as the text says.
        encoder: Embeds what is added.
        stopped: Set when nobody waits any more; then nothing is changed.

    Raises:
        ApiError: It cannot be read, or not be taken in.
    """
    return _take(path, given, encoder, stopped, lambda i, s, f, name: i.add(s, f, name))


def replace_document(
    document_id: str, path: Path, given: Given, encoder: Encoder, stopped: Event
) -> Added:
    """Puts a file in place of a document, as its new version; see `add_file`.

    Raises:
        ApiError: It cannot be read, or there is no such document that can be replaced.
    """
    with _told(document_id):
        held = _find(document_id)
        if held.entry.superseded_by is not None:
            raise ApiError("superseded", value=document_id, by=held.entry.superseded_by)
    return _take(
        path, given, encoder, stopped, lambda i, s, f, name: i.replace(document_id, s, f, name)
    )


def remove_document(document_id: str, encoder: Encoder, stopped: Event) -> Held:
    """Deletes a document from the library for good.

    Raises:
        ApiError: There is no such document that can be removed.
    """
    with _told(document_id):
        _find(document_id)
        with _changing(encoder, stopped) as ingest:
            return ingest.remove(document_id)


def _take(
    path: Path,
    given: Given,
    encoder: Encoder,
    stopped: Event,
    job: Callable[[Ingest, Source, Fields, str | None], Added],
) -> Added:
    with _told(path.name):
        source = read_source(path)
        fields, chosen = _fields(source, given), given.get("document_id")
        with _changing(encoder, stopped) as ingest:
            if chosen is not None:
                try:
                    checked_id(chosen, ingest.change.ids)
                except UsageError:
                    raise ApiError("bad_id", value=chosen) from None
            return job(ingest, source, fields, chosen)


def _fields(source: Source, given: Given) -> Fields:
    """What the caller gave, else what the text says."""
    found = fields_of(propose(normalise(source.text).text, source.name), source)
    values: dict[str, Any] = {
        name: _NOT_STATED.get(name) if value is None else value
        for name, value in given.items()
        if name != "document_id"
    }
    made = replace(found, **values)
    if (made.term_start, made.term_end) != (found.term_start, found.term_end):
        made = replace(made, term_quote=None)  # the sentence found speaks of other days
    if not made.title.strip():
        raise ApiError("no_title")
    start, end = made.term_start, made.term_end
    if isinstance(start, date) and isinstance(end, date) and end < start:
        raise ApiError("bad_term", start=start, end=end)
    return made


def _find(document_id: str) -> Held:
    for one in Shelf().held():
        if one.document_id == document_id:
            return one
    shipped = {document.document_id for document in load_corpus(with_shelf=False)}
    raise ApiError("shipped" if document_id in shipped else "no_document", value=document_id)


@contextmanager
def _changing(encoder: Encoder, stopped: Event) -> Iterator[Ingest]:
    with changing(encoder, shelf=_PatientShelf()) as ingest:
        yield ingest
        if stopped.is_set():
            raise ApiError("too_slow")


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Errors of the libraries as problems, in Chinese."""
    try:
        yield
    except ApiError:
        raise
    except UnreadableFileError as error:
        raise ApiError("unreadable", file=name, why=wording()["unreadable"][error.kind]) from error
    except DuplicateDocumentError as error:
        raise ApiError("duplicate", value=error.document_id) from error
    except ParseError as error:
        raise ApiError("no_clauses", file=name) from error
    except LibraryBusyError as error:
        raise ApiError("library_busy") from error
    except (ShelfError, SourceChangedError) as error:
        raise ApiError("library_damaged") from error
    except HuiwenError as error:
        raise ApiError("unreadable", file=name, why=wording()["unreadable"]["other"]) from error
    except OSError as error:
        raise ApiError("library_unwritable") from error
