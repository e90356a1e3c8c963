"""The index of a user's documents: parts made once a document, and an index merged from them.

It stands beside the index of the shipped documents, which it leaves alone. A folder holds
`parts/<key>.npz` and, for each state of the library, an index named after what it was made from:
the one for a changed library is there before the library changes, and the one before it stays
until the next change, for those who are reading it.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.errors import IndexFolderError
from corpus.library.held import Held
from corpus.library.shelf import Shelf
from index import store
from index.counts import merge, searcher
from index.dense import DenseSearcher
from index.evidence import Searchers
from index.lexical import LexicalSearcher
from index.part import FIELDS, FORMAT, Part, PartError, PartFile, make_part, save_part
from index.passages import Passage, passages_from
from index.protocols import Encoder, Floats

Load = Callable[[str], Sequence[Passage]]
_PARTS = "parts"
# Vectors that are handed to FAISS at once.
_ROWS = 10_000


class ShelfIndex:
    """Searchers for a user's documents.

    Args:
        folder: Where parts and indexes are kept.
        encoder: Embeds passages.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder
        self._encoder = encoder

    def learn(self, key: str, passages: Sequence[Passage]) -> None:
        """Makes a document's part, unless it is kept already.

        Args:
            key: Names the document's content.
            passages: Its passages.
        """
        path = self._path(key)
        if not path.exists():
            save_part(path, make_part(passages, self._encoder))

    def has(self, keys: Sequence[str]) -> bool:
        """Whether there is an index of these documents."""
        return (self._place(self._state(keys)) / store.MANIFEST).exists()

    def open(self, keys: Sequence[str], size: int, load: Load) -> tuple[Searchers, str | None]:
        """Reads the index of these documents, or builds it where it is missing or damaged.

        Args:
            keys: The documents, in order.
            size: Number of their passages.
            load: Gives a document's passages, for parts that are missing.

        Returns:
            The searchers, and why they had to be built; None where they were read.
        """
        state = self._state(keys)
        try:
            return store.load_index(self._place(state), state, self._encoder, size), None
        except IndexFolderError as error:
            reason = error.problem
        searchers = self._build(keys, load)
        assert searchers is not None  # nobody opens an index of no passages
        try:
            self._save(state, searchers)
        except OSError as error:
            reason = f"{reason}; it cannot be kept ({error})"
        return searchers, reason

    def prepare(self, keys: Sequence[str], load: Load) -> None:
        """Builds the index of these documents if it is not there, for the next `open`.

        Raises:
            OSError: The folder cannot be written to.
        """
        state = self._state(keys)
        if keys and not self.has(keys):
            searchers = self._build(keys, load)
            if searchers is not None:
                self._save(state, searchers)

    def prune(self, *kept: Sequence[str]) -> None:
        """Deletes all but what these states of the library need; not while others may build."""
        states = {self._place(self._state(keys)).name for keys in kept}
        parts = {self._path(key).name for keys in kept for key in keys}
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name != _PARTS and path.name not in states:
                shutil.rmtree(path, ignore_errors=True)
        folder = self._folder / _PARTS
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name not in parts:
                path.unlink(missing_ok=True)

    def _state(self, keys: Sequence[str]) -> str:
        made_from = [FORMAT, store.FORMAT, self._encoder.fingerprint, *keys]
        return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()

    def _place(self, state: str) -> Path:
        return self._folder / state[:32]

    def _path(self, key: str) -> Path:
        content = f"{FORMAT}\n{self._encoder.fingerprint}\n{key}"
        return self._folder / _PARTS / f"{hashlib.sha256(content.encode()).hexdigest()[:32]}.npz"

    def _save(self, state: str, searchers: Searchers) -> None:
        store.save_index(
            self._place(state),
            searchers,
            state,
            self._encoder.fingerprint,
            size=len(searchers.text),
        )

    def _build(self, keys: Sequence[str], load: Load) -> Searchers | None:
        """Merges the documents' parts; None where they hold no passage."""
        try:
            parts = [self._part(key, load) for key in keys]
            return _merged(parts, self._encoder)
        except PartError:
            # The head of a part was whole, the rest was not: all are made anew.
            return _merged([self._made(key, load) for key in keys], self._encoder)

    def _part(self, key: str, load: Load) -> Part | PartFile:
        try:
            return PartFile(self._path(key))
        except PartError:
            return self._made(key, load)

    def _made(self, key: str, load: Load) -> Part:
        part = make_part(load(key), self._encoder)
        save_part(self._path(key), part)
        return part


def _merged(parts: Sequence[Part | PartFile], encoder: Encoder) -> Searchers | None:
    """Merges field by field, so that no more than one field is in memory twice."""
    groups = np.concatenate([np.zeros(0, np.int32), *(part.groups for part in parts)])
    if not len(groups):
        return None

    def lexical(name: str) -> LexicalSearcher:
        return searcher(merge(part.counts(name) for part in parts), FIELDS[name])

    def batches() -> Iterator[Floats]:
        return _batches(part.vectors() for part in parts)

    return Searchers(
        text=lexical("text"),
        sentence=lexical("sentence"),
        title=lexical("title"),
        sound=lexical("sound"),
        sentence_owners=np.repeat(np.arange(len(groups)), groups),
        dense=DenseSearcher.of_vectors(batches, (groups + 1).tolist(), encoder),
    )


def _batches(arrays: Iterable[Floats]) -> Iterator[Floats]:
    """Arrays joined to pieces of some thousand rows: each addition to an index has its price."""
    held: list[Floats] = []
    for array in arrays:
        held.append(array)
        if sum(map(len, held)) >= _ROWS:
            yield np.concatenate(held)
            held = []
    if held:
        yield np.concatenate(held)


def loader(shelf: Shelf, state: Sequence[Held]) -> Load:
    """Gives the passages of a library's documents by key."""
    held = {one.key: one for one in state}
    return lambda key: passages_from([shelf.document(held[key])], {})
