"""What a retriever must do to be compared."""

from collections.abc import Sequence
from typing import Protocol


class Peer(Protocol):
    """A retriever under comparison."""

    @property
    def name(self) -> str:
        """Its row's name in the tables."""
        ...

    def index(self, texts: Sequence[str]) -> None:
        """Indexes texts; called once."""
        ...

    def search(self, query: str, depth: int) -> list[int]:
        """Positions of the best texts, best first, at most `depth`."""
        ...
