"""Source file → Document."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.catalog import SHIPPED_CATALOG, load_catalog
from corpus.errors import CorpusError, MissingFileError, SourceChangedError
from corpus.normalise import normalise
from corpus.readers.protocol import DocumentReader
from corpus.readers.text import TextReader
from corpus.records import CatalogEntry, Document
from corpus.structure.parse import parse

if TYPE_CHECKING:
    from corpus.library.held import Held
    from corpus.library.shelf import Shelf

__all__ = ["DocumentReader", "TextReader", "load_corpus", "load_shelf", "read_document", "read_raw"]


def read_raw(entry: CatalogEntry, folder: Path, reader: DocumentReader | None = None) -> str:
    """Reads a document's raw text and checks that its bytes are those of the catalog.

    Raises:
        MissingFileError: The source file is not there.
        SourceChangedError: Its SHA-256 is not the catalog's.
    """
    path = folder / entry.file
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(path, "restore it or take its table out of the catalog") from None
    found = hashlib.sha256(data).hexdigest()
    if found != entry.sha256:
        raise SourceChangedError(path, entry.sha256, found)
    try:
        return (reader or TextReader(utf8_only=True)).read(data)
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from error


def read_document(entry: CatalogEntry, folder: Path) -> Document:
    """Reads, normalises and parses one document of a catalog in `folder`."""
    normalised = normalise(read_raw(entry, folder))
    return Document(entry, normalised, parse(entry, normalised))


def load_corpus(
    catalog: Path = SHIPPED_CATALOG, *, shelf: Path | None = None, with_shelf: bool | None = None
) -> tuple[Document, ...]:
    """All documents: a catalog's, in its order, and then those that the user added.

    Args:
        catalog: The catalog.
        shelf: The user's library; by default the one in the user's data folder.
        with_shelf: Whether to read the user's library; by default only beside the shipped catalog.
    """
    documents = _cataloged(catalog)
    if with_shelf is None:
        with_shelf = shelf is not None or catalog == SHIPPED_CATALOG
    if with_shelf:
        from corpus.library.shelf import Shelf

        place = Shelf(shelf)
        documents += load_shelf(place, place.held())
    return documents


def load_shelf(shelf: "Shelf", held: "tuple[Held, ...]") -> tuple[Document, ...]:
    """The documents of a state of the user's library, read once for each state."""
    return _shelved(shelf.folder, held)


@lru_cache(maxsize=4)
def _cataloged(catalog: Path) -> tuple[Document, ...]:
    return tuple(read_document(entry, catalog.parent) for entry in load_catalog(catalog))


@lru_cache(maxsize=1)
def _shelved(folder: Path, held: "tuple[Held, ...]") -> tuple[Document, ...]:
    from corpus.library.shelf import Shelf

    place = Shelf(folder)
    return tuple(place.document(one) for one in held)
