"""One change of a user's library, made beside it and committed as a whole."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import DuplicateDocumentError, UsageError
from corpus.library import keep
from corpus.library.atomic import write_bytes
from corpus.library.held import CATALOG, Held, dump
from corpus.library.intake import Fields, Source
from corpus.library.naming import checked_id, next_version, proposed_id
from corpus.library.similar import NEAR, Sketches, share, shingles, sketch
from corpus.normalise import normalise
from corpus.records import CatalogEntry, Document
from corpus.structure.parse import parse

if TYPE_CHECKING:
    from corpus.library.shelf import Prepare, Shelf


@dataclass(frozen=True, slots=True)
class Added:
    """A document that was put on the shelf.

    Attributes:
        held: Its catalog row.
        document: The document as parsed.
        near: Documents that are nearly the same: id, share of shingles.
    """

    held: Held
    document: Document
    near: tuple[tuple[str, float], ...]


class Change:
    """What a library will hold, while it is being changed; `Shelf.change` makes one.

    Args:
        shelf: The library; the caller holds its lock.
        shipped: Documents beside it, whose ids and texts are taken.
    """

    def __init__(self, shelf: "Shelf", shipped: Sequence[Document]) -> None:
        self._shelf = shelf
        self._before = shelf.held()
        self._held = list(self._before)
        self._shipped = {document.document_id: document for document in shipped}
        self._sketches: Sketches | None = None

    @property
    def held(self) -> tuple[Held, ...]:
        """What the library will hold."""
        return tuple(self._held)

    @property
    def ids(self) -> frozenset[str]:
        """Ids that are taken."""
        return frozenset(self._shipped) | {one.document_id for one in self._held}

    def known(self, sha256: str) -> str | None:
        """Id of the document whose file has this hash."""
        for document_id, document in self._shipped.items():
            if document.entry.sha256 == sha256:
                return document_id
        return next((one.document_id for one in self._held if one.entry.sha256 == sha256), None)

    def near(self, source: Source) -> tuple[tuple[str, float], ...]:
        """Documents that share nine tenths of their shingles with a text, most alike first."""
        found = shingles(source.text)
        alike = [
            (document_id, share(found, shingles(self._text(document_id))))
            for document_id in self._all_sketches().candidates(sketch(found))
            if document_id in self.ids  # removed in this change otherwise
        ]
        return tuple(sorted((a for a in alike if a[1] >= NEAR), key=lambda a: (-a[1], a[0])))

    def add(self, source: Source, fields: Fields, document_id: str | None = None) -> Added:
        """Puts a document on the shelf.

        Args:
            source: The file as read.
            fields: What is known of it.
            document_id: Id of the caller's choice; otherwise one is made.

        Raises:
            DuplicateDocumentError: The library holds the same file.
            UsageError: The id is malformed or taken.
            ParseError: The text has no structure that the parser understands.
            OSError: The folder cannot be written to.
        """
        if (known := self.known(source.sha256)) is not None:
            raise DuplicateDocumentError(source.name, known)
        taken = self.ids
        if document_id is None:
            document_id = proposed_id(
                Path(source.name).stem,
                fields.title,
                fields.region,
                fields.year,
                source.sha256,
                taken,
            )
        held = self._row(source, fields, checked_id(document_id, taken))
        normalised = normalise(source.text)
        document = Document(held.entry, normalised, parse(held.entry, normalised))
        near = self.near(source)
        made = keep.keep(self._shelf.folder, held, document, source)
        self._all_sketches().put(held.document_id, made)
        self._held.append(held)
        return Added(held, document, near)

    def replace(
        self, document_id: str, source: Source, fields: Fields, new_id: str | None = None
    ) -> Added:
        """Puts a new version on the shelf in place of a document, which stays citable by its id.

        Raises:
            UsageError: There is no such document, or a version has taken its place already.
            DuplicateDocumentError, ParseError, OSError: As `add`.
        """
        old = self._find(document_id)
        if old.entry.superseded_by is not None:
            raise UsageError(
                f"{document_id} was replaced by {old.entry.superseded_by} already; replace that one"
            )
        added = self.add(source, fields, new_id or next_version(document_id, self.ids))
        new_id = added.held.document_id
        self._link(document_id, new_id)
        near = tuple((other, alike) for other, alike in added.near if other != document_id)
        return replace(added, held=self._find(new_id), near=near)

    def remove(self, document_id: str) -> Held:
        """Takes a document off the shelf for good; versions before and after it are linked up.

        Returns:
            What was removed. The version before it, if it was the last one, is current again.

        Raises:
            UsageError: There is no such document.
        """
        old = self._find(document_id)
        self._held.remove(old)
        self._link(old.entry.supersedes, old.entry.superseded_by)
        return old

    def commit(self, prepare: "Prepare") -> None:
        """Makes the change; nothing before the catalog's rename can be seen by others."""
        if self.held == self._before:
            return
        prepare(self.held)
        write_bytes(self._shelf.folder / CATALOG, dump(self._held))
        self._before = self.held

    def sweep(self) -> None:
        """Deletes files that no document of the library needs, such as those of a failed change."""
        keep.sweep(self._shelf.folder, self._before)

    def _find(self, document_id: str) -> Held:
        for one in self._held:
            if one.document_id == document_id:
                return one
        if document_id in self._shipped:
            raise UsageError(f"{document_id} is shipped with the program and cannot be changed")
        raise UsageError(f"no document {document_id!r} in your library; see `huiwen corpus list`")

    def _link(self, before: str | None, after: str | None) -> None:
        """Makes two versions neighbours; None where there is none on that side."""
        for place, one in enumerate(self._held):
            if one.document_id == before:
                entry = replace(one.entry, superseded_by=after)
            elif one.document_id == after:
                entry = replace(one.entry, supersedes=before)
            else:
                continue
            self._held[place] = replace(one, entry=entry)

    def _row(self, source: Source, fields: Fields, document_id: str) -> Held:
        entry = CatalogEntry(
            document_id=document_id,
            file=f"files/{source.sha256}{source.suffix}",
            title=fields.title,
            number=fields.number,
            issuer=fields.issuer,
            region=fields.region,
            parents=fields.parents,
            year=fields.year,
            status=fields.status,
            issued=fields.issued,
            term_start=fields.term_start,
            term_end=fields.term_end,
            term_quote=fields.term_quote,
            sha256=source.sha256,
        )
        added = datetime.now(UTC).isoformat(timespec="seconds")
        text_sha256 = hashlib.sha256(source.text.encode()).hexdigest()
        return Held(entry, text_sha256, source.name, source.kind, added)

    def _all_sketches(self) -> Sketches:
        """Sketches of all documents, read when first needed."""
        if self._sketches is None:
            self._sketches = Sketches()
            for document_id, document in self._shipped.items():
                self._sketches.put(document_id, sketch(shingles(document.text)))
            for one in self._held:
                made = keep.load_sketch(self._shelf.folder, one)
                if made is None:
                    made = sketch(shingles(self._shelf.text(one)))
                self._sketches.put(one.document_id, made)
        return self._sketches

    def _text(self, document_id: str) -> str:
        if document_id in self._shipped:
            return self._shipped[document_id].text
        return self._shelf.text(self._find(document_id))
