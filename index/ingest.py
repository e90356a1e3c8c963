"""A user's library and its index, changed together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.library.change import Added, Change
from corpus.library.held import Held
from corpus.library.intake import Fields, Source
from corpus.library.shelf import Shelf
from corpus.reader import load_corpus
from corpus.records import Document
from index.home import LIBRARY_INDEX, home
from index.passages import passages_from
from index.protocols import Encoder
from index.shelved import ShelfIndex, loader


class Ingest:
    """A change of the library that embeds each document as it comes; `changing` makes one.

    Args:
        change: The change.
        index: The library's index.
    """

    def __init__(self, change: Change, index: ShelfIndex) -> None:
        self.change = change
        self._index = index

    def add(self, source: Source, fields: Fields, document_id: str | None = None) -> Added:
        """As `corpus.library.change.Change.add`."""
        return self._learned(self.change.add(source, fields, document_id))

    def replace(
        self, document_id: str, source: Source, fields: Fields, new_id: str | None = None
    ) -> Added:
        """As `corpus.library.change.Change.replace`."""
        return self._learned(self.change.replace(document_id, source, fields, new_id))

    def remove(self, document_id: str) -> Held:
        """As `corpus.library.change.Change.remove`."""
        return self.change.remove(document_id)

    def _learned(self, added: Added) -> Added:
        self._index.learn(added.held.key, passages_from([added.document], {}))
        return added


@contextmanager
def changing(
    encoder: Encoder,
    *,
    shelf: Shelf | None = None,
    folder: Path | None = None,
    shipped: Sequence[Document] | None = None,
) -> Iterator[Ingest]:
    """Changes the library and its index: all that is done in the block, or nothing.

    The index for the changed library is complete before the library's catalog is replaced, by one
    rename; an error, an interruption or a crash before it leaves both as they were.

    Args:
        encoder: Embeds what is added.
        shelf: The library; by default the one in the user's data folder.
        folder: Its index; by default beside it.
        shipped: Documents whose ids and texts are taken; by default those shipped.

    Raises:
        LibraryBusyError: Another process is changing the library.
        OSError: The data folder cannot be written to.
    """
    place = shelf or Shelf()
    index = ShelfIndex(folder or home() / LIBRARY_INDEX, encoder)
    beside = load_corpus(with_shelf=False) if shipped is None else shipped

    def prepare(state: tuple[Held, ...]) -> None:
        index.prepare([held.key for held in state], loader(place, state))

    def done(state: tuple[Held, ...]) -> None:
        keys = [held.key for held in state]
        # The index before stays for those who are reading it, unless it holds what was removed.
        index.prune(keys, *([before] if {*before} <= {*keys} else []))

    before: list[str] = []
    with place.change(prepare, done=done, shipped=beside) as change:
        before += [held.key for held in change.held]
        # Under the lock nobody else builds: what this state does not need is left over.
        index.prune(before)
        try:
            yield Ingest(change, index)
        except BaseException:
            index.prune(before)
            raise
