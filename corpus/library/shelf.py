"""The user's library: documents that somebody added, beside those that are shipped.

A folder with `catalog.json` and files named after their content: `files/` (originals, byte for
byte), `texts/` (what was read from them), `records/` (parsed, made again where missing) and
`sketches/` (for finding near duplicates). Only the catalog says what the library holds, and it
changes by one atomic rename: whatever interrupts a change, the library is the old or the new one.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import LibraryBusyError, ParseError, ShelfError, SourceChangedError, UsageError
from corpus.home import library_folder
from corpus.library.cache import load_records, save_records
from corpus.library.held import CATALOG, Held, parse_catalog
from corpus.normalise import normalise
from corpus.records import Document
from corpus.structure.parse import parse

if TYPE_CHECKING:
    from corpus.library.change import Change

_LOCK = "lock"
# A folder of a thousand documents takes about a minute.
_PATIENCE = 600.0

State = tuple[Held, ...]
Prepare = Callable[[State], None]


def _nothing(_: State) -> None:
    pass


class Shelf:
    """A user's library.

    Args:
        folder: Where it is; a folder that does not exist is an empty library.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or library_folder()

    def held(self) -> State:
        """All documents, superseded ones too, in the order in which they were added.

        Raises:
            ShelfError: The catalog is damaged.
        """
        path = self.folder / CATALOG
        try:
            stamp = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise ShelfError(path, f"cannot be read ({error})") from error
        return _parsed(path, stamp.st_mtime_ns, stamp.st_ino, stamp.st_size)

    def find(self, document_id: str) -> Held:
        """A document by id.

        Raises:
            UsageError: There is none.
        """
        for one in self.held():
            if one.document_id == document_id:
                return one
        raise UsageError(f"no document {document_id!r} in your library; see `huiwen corpus list`")

    def text(self, held: Held) -> str:
        """The text that was read from a document's file when it was added.

        Raises:
            ShelfError: The kept text is missing.
            SourceChangedError: It was changed.
        """
        path = self.folder / "texts" / f"{held.text_sha256}.txt"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ShelfError(path, f"the text of {held.document_id} is gone ({error})") from error
        found = hashlib.sha256(data).hexdigest()
        if found != held.text_sha256:
            raise SourceChangedError(path, held.text_sha256, found)
        return data.decode()

    def document(self, held: Held) -> Document:
        """A document with its measures, from the parsed records where they are at hand.

        One that this version's parser finds no structure in, though an earlier one did, has no
        measures; the other documents must stay usable.

        Raises:
            CorpusError: Its text is missing or changed.
        """
        path = self.folder / "records" / f"{held.key}.json"
        document = load_records(path, held.entry)
        if document is None:
            normalised = normalise(self.text(held))
            try:
                measures = parse(held.entry, normalised)
            except ParseError:
                measures = ()
            document = Document(held.entry, normalised, measures)
            save_records(path, document)
        return document

    def documents(self) -> Iterator[Document]:
        """All documents, superseded ones too, one at a time."""
        return (self.document(one) for one in self.held())

    @contextmanager
    def change(
        self,
        prepare: Prepare = _nothing,
        *,
        done: Prepare = _nothing,
        shipped: Sequence[Document] = (),
        patience: float = _PATIENCE,
    ) -> "Iterator[Change]":
        """Changes the library: all that is done in the block, or nothing if it is left by an error.

        Args:
            prepare: Called with what the library will hold, before it does: the place to build an
                index. An error there leaves the library as it is.
            done: Called with what the library holds then, before others may change it.
            shipped: Documents beside the library, whose ids and texts are taken.
            patience: Seconds to wait for another process' change.

        Raises:
            LibraryBusyError: Another process' change takes longer.
            OSError: The folder cannot be written to.
        """
        from filelock import FileLock, Timeout  # not needed to answer

        from corpus.library.change import Change

        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / _LOCK)
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            raise LibraryBusyError(self.folder, patience) from None
        try:
            change = Change(self, shipped)
            try:
                yield change
                change.commit(prepare)
            finally:
                change.sweep()
            done(change.held)
        finally:
            lock.release()


@lru_cache(maxsize=2)
def _parsed(path: Path, *_: int) -> State:
    """A catalog, read once for each state that the file has been in."""
    try:
        return parse_catalog(path, path.read_bytes())
    except OSError as error:
        raise ShelfError(path, f"cannot be read ({error})") from error
