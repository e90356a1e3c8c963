"""Huiwen itself, with the shipped weights."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import UsageError
from qa.assistant import Assistant
from qa.library import open_library


class _Huiwen:
    _use_aliases: bool

    def __init__(self, name: str) -> None:
        self.name = name

    def index(self, texts: Sequence[str]) -> None:
        """Builds the index of the shipped documents, which the texts are the passages of."""
        with tempfile.TemporaryDirectory() as folder:
            library = open_library(
                folder=Path(folder) / "index", use_aliases=self._use_aliases, with_shelf=False
            )
        if len(library.measures) != len(texts):
            raise UsageError(
                f"{len(texts)} texts for {len(library.measures)} measures; Huiwen is compared on "
                "the shipped documents only"
            )
        self._assistant = Assistant(library)

    def search(self, query: str, depth: int) -> list[int]:
        return list(self._assistant.rank(query).order[:depth])


class HuiwenFull(_Huiwen):
    """With noted questions."""

    _use_aliases = True


class HuiwenText(_Huiwen):
    """With the documents' text alone."""

    _use_aliases = False
