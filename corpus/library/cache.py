"""Parsed records on disk, so that a thousand documents need not be parsed for every question.

A cache file holds one document's normalised text and where its measures stand in it, as JSON,
named after everything that the parse depends on. A file that is damaged or missing is made again.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, overload

from corpus.library.atomic import write_cache
from corpus.records import CatalogEntry, Document, Measure, NormalisedText

# Ids are put in when a file is read, and a measure's text is a piece of the document's.
_DERIVED = {"measure_id", "document_id", "text"}
_KEPT = tuple(field.name for field in fields(Measure) if field.name not in _DERIVED)


@lru_cache(maxsize=1)
def parser_version() -> str:
    """Hash of this package's code: records that older code wrote are parsed again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def record_key(text_sha256: str, title: str) -> str:
    """Names a document's parsed records: they depend on its text, its title and the parser."""
    return hashlib.sha256(f"{text_sha256}\n{title}\n{parser_version()}".encode()).hexdigest()[:32]


class Origins(Sequence[int]):
    """`NormalisedText.origins` as runs: almost every character comes from right behind the last.

    Args:
        size: Number of characters.
        runs: (place in the text, place in the raw text) where a run begins, ascending.
    """

    def __init__(self, size: int, runs: Sequence[Sequence[int]]) -> None:
        self._size = size
        self._starts = [int(start) for start, _ in runs]
        self._origins = [int(origin) for _, origin in runs]

    @classmethod
    def of(cls, origins: Sequence[int]) -> "Origins":
        """Finds the runs."""
        steps = enumerate(pairwise(origins), start=1)
        breaks = [i for i, (before, after) in steps if after != before + 1]
        starts = [0, *breaks] if len(origins) else []
        return cls(len(origins), [(start, origins[start]) for start in starts])

    @property
    def runs(self) -> list[tuple[int, int]]:
        """(place in the text, place in the raw text) of each run."""
        return list(zip(self._starts, self._origins, strict=True))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[int]:
        return (self[i] for i in range(self._size))

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> list[int]: ...

    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(self._size))]
        index = place + self._size if place < 0 else place
        if not 0 <= index < self._size:
            raise IndexError(place)
        run = bisect_right(self._starts, index) - 1
        return self._origins[run] + index - self._starts[run]


def save_records(path: Path, document: Document) -> None:
    """Writes a document's records; a place that cannot be written to is left as it is."""
    table = {
        "text": document.text,
        "runs": Origins.of(document.normalised.origins).runs,
        "measures": [
            [
                measure.measure_id.removeprefix(f"{document.document_id}:"),
                *(getattr(measure, name) for name in _KEPT),
            ]
            for measure in document.measures
        ],
    }
    write_cache(path, json.dumps(table, ensure_ascii=False).encode())


def load_records(path: Path, entry: CatalogEntry) -> Document | None:
    """Reads a document's records, or None where there are none that can be read."""
    try:
        table = json.loads(path.read_bytes())
        text: str = table["text"]
        origins = Origins(len(text), table["runs"])
        measures = tuple(_measure(entry.document_id, text, row) for row in table["measures"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Document(entry, NormalisedText(text, origins), measures)


def _measure(document_id: str, text: str, row: list[Any]) -> Measure:
    suffix, *values = row
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in zip(_KEPT, values, strict=True)
    }
    return Measure(
        measure_id=f"{document_id}:{suffix}",
        document_id=document_id,
        text=text[kept["start"] : kept["end"]],
        **kept,
    )
