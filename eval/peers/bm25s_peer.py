"""bm25s with its default parameters, over terms of the user's: its documented way for Chinese."""

import re
from collections.abc import Callable, Sequence

import bm25s

from eval.peers.words import Words

_RUN = re.compile(r"\w+")


def characters(text: str) -> list[str]:
    """Character 1- and 2-grams within runs of letters and digits, lower case."""
    return [
        run[start : start + size]
        for run in _RUN.findall(text.lower())
        for size in (1, 2)
        for start in range(len(run) - size + 1)
    ]


class _Bm25s:
    def __init__(self, name: str, terms: Callable[[str], list[str]]) -> None:
        self.name = name
        self._terms = terms

    def index(self, texts: Sequence[str]) -> None:
        self._model = bm25s.BM25()
        self._model.index([self._terms(text) for text in texts], show_progress=False)
        self._size = len(texts)

    def search(self, query: str, depth: int) -> list[int]:
        rows, scores = self._model.retrieve(
            [self._terms(query)], k=min(depth, self._size), show_progress=False
        )
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]


class Bm25sWords(_Bm25s):
    """Over jieba words."""

    def __init__(self, name: str) -> None:
        super().__init__(name, Words())


class Bm25sCharacters(_Bm25s):
    """Over character n-grams."""

    def __init__(self, name: str) -> None:
        super().__init__(name, characters)
