"""A document as the index takes it: term counts and vectors of its passages, kept in one file.

Made once for a document, however often the index around it is built.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError
from corpus.library.atomic import write_cache
from index.counts import Counts, Ints, count
from index.lexical import Terms
from index.passages import Passage, passage_sentences, passage_title
from index.protocols import Encoder, Floats
from index.sound import syllable_pairs
from index.text import character_ngrams

# Raised whenever what a part holds changes its meaning.
FORMAT = 1
FIELDS: dict[str, Terms] = {
    "text": character_ngrams,
    "sentence": character_ngrams,
    "title": character_ngrams,
    "sound": syllable_pairs,
}


class PartError(IndexFolderError):
    """A kept part is missing or damaged; it can be made again from its document."""


@dataclass(frozen=True, slots=True)
class Part:
    """What the index needs to know of one document.

    Attributes:
        groups: Number of sentences of each passage.
        fields: Term counts of each of FIELDS; those of `sentence` have a row a sentence.
        embedded: Per passage its own vector and then those of its sentences, half precision.
    """

    groups: Ints
    fields: dict[str, Counts]
    embedded: npt.NDArray[np.float16]

    def counts(self, name: str) -> Counts:
        """Term counts of one of FIELDS."""
        return self.fields[name]

    def vectors(self) -> Floats:
        """Vectors of passages and sentences."""
        return self.embedded.astype(np.float32)


def make_part(passages: Sequence[Passage], encoder: Encoder) -> Part:
    """Counts and embeds a document's passages."""
    groups = [passage_sentences(passage) for passage in passages]
    text = [passage.text for passage in passages]
    said = [line for group in groups for line in group]
    fields = {
        "text": text,
        "sentence": said,
        "title": [passage_title(passage) for passage in passages],
        "sound": text,
    }
    embedded = [piece for own, group in zip(text, groups, strict=True) for piece in (own, *group)]
    return Part(
        np.array([len(group) for group in groups], np.int32),
        {name: count(fields[name], cut) for name, cut in FIELDS.items()},
        encoder.encode(embedded).astype(np.float16),
    )


def save_part(path: Path, part: Part) -> None:
    """Writes a part; a place that cannot be written to is left as it is."""
    arrays: dict[str, npt.NDArray[np.generic]] = {"groups": part.groups, "vectors": part.embedded}
    for name, counts in part.fields.items():
        terms = json.dumps(counts.terms, ensure_ascii=False).encode()
        arrays[f"{name}.terms"] = np.frombuffer(terms, np.uint8)
        arrays[f"{name}.rows"] = counts.rows
        arrays[f"{name}.ids"] = counts.ids
        arrays[f"{name}.counts"] = counts.counts
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    write_cache(path, stream.getvalue())


class PartFile:
    """A kept part, read piece by piece.

    Args:
        path: What `save_part` wrote.

    Raises:
        PartError: It is missing or damaged; every piece has a checksum.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        [self.groups] = self._read("groups")

    def counts(self, name: str) -> Counts:
        """Term counts of one of FIELDS."""
        terms, rows, ids, counts = self._read(
            *(f"{name}.{piece}" for piece in ("terms", "rows", "ids", "counts"))
        )
        return Counts(tuple(json.loads(terms.tobytes())), rows, ids, counts)

    def vectors(self) -> Floats:
        """Vectors of passages and sentences."""
        [embedded] = self._read("vectors")
        return embedded.astype(np.float32)

    def _read(self, *names: str) -> list[npt.NDArray[Any]]:
        try:
            # numpy leaves a file open that it was given by name and that is no zip.
            with self._path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                return [arrays[name] for name in names]
        except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise PartError(self._path, f"no part of an index ({error!r})") from error
