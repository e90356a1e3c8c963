"""Source file → Document."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from corpus.catalog import SHIPPED_CATALOG, load_catalog
from corpus.errors import CorpusError, MissingFileError, SourceChangedError
from corpus.normalise import normalise
from corpus.parse import parse
from corpus.records import CatalogEntry, Document


class DocumentReader(Protocol):
    """Decodes one kind of source file into raw text."""

    suffixes: tuple[str, ...]

    def read(self, data: bytes) -> str:
        """Decodes a file's bytes; line breaks stay as in the file."""
        ...


class TextReader:
    """Plain UTF-8 text, with or without a byte order mark."""

    suffixes: tuple[str, ...] = (".txt",)

    def read(self, data: bytes) -> str:
        """Decodes UTF-8.

        Raises:
            CorpusError: The bytes are not UTF-8.
        """
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise CorpusError(f"not UTF-8 text ({error}); save the file as UTF-8") from error


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
        return (reader or TextReader()).read(data)
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from error


def read_document(entry: CatalogEntry, folder: Path) -> Document:
    """Reads, normalises and parses one document of a catalog in `folder`."""
    normalised = normalise(read_raw(entry, folder))
    return Document(entry, normalised, parse(entry, normalised))


@lru_cache(maxsize=4)
def load_corpus(catalog: Path = SHIPPED_CATALOG) -> tuple[Document, ...]:
    """All documents of a catalog, in the catalog's order."""
    return tuple(read_document(entry, catalog.parent) for entry in load_catalog(catalog))
