"""A document of the user's library as its catalog holds it, and the catalog's JSON form."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, get_args

from corpus.errors import ShelfError
from corpus.library.cache import record_key
from corpus.records import CatalogEntry, Status

# Raised when the catalog's meaning changes.
FORMAT = 1
CATALOG = "catalog.json"
_DATES = ("issued", "term_start", "term_end")


@dataclass(frozen=True, slots=True)
class Held:
    """One document of a user's library.

    Attributes:
        entry: What is known of it; `entry.file` is the kept original, relative to the library.
        text_sha256: Hash of the text that was read from it, kept as `texts/<hash>.txt`.
        name: Name of the file that it was added from.
        kind: Format that the file was in.
        added: When it was added, ISO 8601 in UTC.
    """

    entry: CatalogEntry
    text_sha256: str
    name: str
    kind: str
    added: str

    @property
    def document_id(self) -> str:
        """The document's id."""
        return self.entry.document_id

    @property
    def key(self) -> str:
        """Names what is derived from the document: its text, its title and the code tell it."""
        return record_key(self.text_sha256, self.entry.title)


def entry_to_json(entry: CatalogEntry) -> dict[str, Any]:
    """What is known of a document; what is not known is left out."""
    return {
        field.name: _plain(getattr(entry, field.name))
        for field in fields(CatalogEntry)
        if getattr(entry, field.name) not in (None, (), "")
    }


def held_to_json(held: Held) -> dict[str, Any]:
    """One document as the catalog and `huiwen corpus list --json` hold it."""
    return {
        **entry_to_json(held.entry),
        "text_sha256": held.text_sha256,
        "name": held.name,
        "kind": held.kind,
        "added": held.added,
    }


def dump(held: Iterable[Held]) -> bytes:
    """The catalog file's content."""
    table = {"format": FORMAT, "documents": [held_to_json(one) for one in held]}
    return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode()


def parse_catalog(path: Path, data: bytes) -> tuple[Held, ...]:
    """Reads a catalog file's content.

    Raises:
        ShelfError: It is not of the form that `dump` writes.
    """
    try:
        table = json.loads(data)
        if table["format"] != FORMAT:
            raise ShelfError(path, f"format {table['format']} is not {FORMAT}, the present one")
        held = tuple(_held(row) for row in table["documents"])
    except ShelfError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ShelfError(path, f"not a library catalog ({error!r})") from error
    if len({one.document_id for one in held}) != len(held):
        raise ShelfError(path, "document ids are not unique")
    return held


def _held(row: dict[str, Any]) -> Held:
    stated = dict(row)
    kept = {key: _text(stated.pop(key)) for key in ("text_sha256", "name", "kind", "added")}
    for key in _DATES:
        if stated.get(key) is not None:
            stated[key] = date.fromisoformat(stated[key])
    year = stated.get("year")
    if year is not None and not isinstance(year, int):
        raise TypeError(f"year {year!r} is no number")
    if stated["status"] not in get_args(Status):
        raise ValueError(f"status {stated['status']!r} is none")
    unset: dict[str, Any] = dict.fromkeys(
        ("number", "issuer", "year", *_DATES, "term_quote", "supersedes", "superseded_by")
    )
    stated["parents"] = tuple(_text(parent) for parent in stated.get("parents", ()))
    for key in ("document_id", "file", "title", "sha256"):
        _text(stated[key])
    return Held(CatalogEntry(**{**unset, "region": "", **stated}), **kept)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
