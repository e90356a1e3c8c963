"""The TOML catalog of documents."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import CatalogError, MissingFileError
from corpus.records import CatalogEntry

SHIPPED_CATALOG = Path(__file__).with_name("catalog.toml")
_REQUIRED = {"id": str, "file": str, "title": str, "region": str, "year": int, "sha256": str}
_OPTIONAL = {
    "number": str,
    "issuer": str,
    "parents": list,
    "issued": date,
    "term_start": date,
    "term_end": date,
    "term_quote": str,
}


def load_catalog(path: Path = SHIPPED_CATALOG) -> tuple[CatalogEntry, ...]:
    """Reads a catalog.

    Raises:
        MissingFileError: There is no such file.
        CatalogError: It is no TOML, or a table lacks a field or has one of the wrong type.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("document", [])
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            raise CatalogError(path, "document is no list of tables; write [[document]]")
    except FileNotFoundError:
        raise MissingFileError(path, "name an existing catalog file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(path, f"not readable as TOML ({error})") from error
    entries = tuple(_entry(path, table) for table in tables)
    ids = [entry.document_id for entry in entries]
    if len(set(ids)) != len(ids):
        raise CatalogError(path, f"document ids are not unique: {ids}")
    return entries


def _entry(path: Path, table: dict[str, Any]) -> CatalogEntry:
    name = table.get("id", "without an id")
    for key, kind in _REQUIRED.items():
        if not isinstance(table.get(key), kind):
            raise CatalogError(path, f"document {name}: {key} is missing or no {kind.__name__}")
    for key, kind in _OPTIONAL.items():
        if key in table and not isinstance(table[key], kind):
            raise CatalogError(path, f"document {name}: {key} is no {kind.__name__}")
    if unknown := set(table) - set(_REQUIRED) - set(_OPTIONAL) - {"status"}:
        raise CatalogError(path, f"document {name}: unknown fields {sorted(unknown)}")
    if table.get("status") not in ("征求意见稿", "正式印发"):
        raise CatalogError(path, f"document {name}: status must be 征求意见稿 or 正式印发")
    return CatalogEntry(
        document_id=table["id"],
        file=table["file"],
        title=table["title"],
        number=table.get("number"),
        issuer=table.get("issuer"),
        region=table["region"],
        parents=tuple(table.get("parents", ())),
        year=table["year"],
        status=table["status"],
        issued=table.get("issued"),
        term_start=table.get("term_start"),
        term_end=table.get("term_end"),
        term_quote=table.get("term_quote"),
        sha256=table["sha256"],
    )
