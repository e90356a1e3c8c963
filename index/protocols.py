"""The index's plug points; each has a contract test that every implementation passes."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is a cosine."""

    @property
    def fingerprint(self) -> str:
        """Identifies the model: vectors of two encoders compare only if theirs are equal."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Embeds texts.

        Args:
            texts: Any number of texts, empty ones too.

        Returns:
            float32 array of shape (len(texts), dimension); rows have length 1, or are all zero
            for a text without a known token.
        """
        ...


class Searcher(Protocol):
    """Scores passages for a query."""

    def __len__(self) -> int:
        """Number of passages."""
        ...

    def scores(self, query: str) -> Floats:
        """Scores every passage.

        Returns:
            float32 array of shape (len(self),); higher is better, 0 is no evidence at all.
        """
        ...

    def search(self, query: str, depth: int) -> list[tuple[int, float]]:
        """The best passages.

        Args:
            query: A question or keywords.
            depth: How many passages at most.

        Returns:
            (passage index, score) pairs with positive scores, best first, ties by lower index.
        """
        ...
