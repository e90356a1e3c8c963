"""The files of a user's library, named after their content."""

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from corpus.library.atomic import write_bytes, write_cache
from corpus.library.cache import save_records
from corpus.library.held import Held
from corpus.library.intake import Source
from corpus.library.similar import Sketch, shingles, sketch
from corpus.records import Document


def keep(folder: Path, held: Held, document: Document, source: Source) -> Sketch:
    """Writes all files of a document that is not in the catalog yet; returns its sketch.

    Raises:
        OSError: The folder cannot be written to.
    """
    write_bytes(folder / held.entry.file, source.data)
    write_bytes(folder / "texts" / f"{held.text_sha256}.txt", source.text.encode())
    save_records(folder / "records" / f"{held.key}.json", document)
    made = sketch(shingles(source.text))
    stream = io.BytesIO()
    np.save(stream, made)
    write_cache(folder / "sketches" / f"{held.text_sha256}.npy", stream.getvalue())
    return made


def load_sketch(folder: Path, held: Held) -> Sketch | None:
    """A document's sketch, or None where it cannot be read."""
    path = folder / "sketches" / f"{held.text_sha256}.npy"
    try:
        made: Sketch = np.load(path, allow_pickle=False)
    except (OSError, ValueError):
        return None
    return made if made.shape == sketch(shingles("")).shape else None


def sweep(folder: Path, held: Iterable[Held]) -> None:
    """Deletes all files that these documents do not need; the caller holds the library's lock."""
    rows = tuple(held)
    needed = {
        "files": {Path(one.entry.file).name for one in rows},
        "texts": {f"{one.text_sha256}.txt" for one in rows},
        "records": {f"{one.key}.json" for one in rows},
        "sketches": {f"{one.text_sha256}.npy" for one in rows},
    }
    for name, kept in needed.items():
        place = folder / name
        for path in place.iterdir() if place.is_dir() else ():
            if path.name not in kept:
                _delete(path)
    for path in folder.glob(".new-*"):
        _delete(path)


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
