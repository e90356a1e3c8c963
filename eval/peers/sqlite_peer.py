"""SQLite's FTS5, ranked by its bm25()."""

import sqlite3
from collections.abc import Iterable, Sequence

from eval.peers.words import Words


class _Sqlite:
    _tokenizer: str

    def __init__(self, name: str) -> None:
        self.name = name
        self._connection = sqlite3.connect(":memory:")

    def __del__(self) -> None:
        self._connection.close()

    def prepare(self, text: str) -> str:
        """The text as it is stored."""
        return text

    def terms(self, query: str) -> Iterable[str]:
        """The query's terms, any of which may match."""
        raise NotImplementedError

    def index(self, texts: Sequence[str]) -> None:
        self._connection.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='{self._tokenizer}')"
        )
        self._connection.executemany(
            "INSERT INTO texts (rowid, body) VALUES (?, ?)",
            ((row, self.prepare(text)) for row, text in enumerate(texts)),
        )
        self._connection.commit()

    def search(self, query: str, depth: int) -> list[int]:
        quoted = ('"' + term.replace('"', '""') + '"' for term in self.terms(query))
        expression = " OR ".join(quoted)
        if not expression:
            return []
        found = self._connection.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank, rowid LIMIT ?",
            (expression, depth),
        )
        return [row for (row,) in found]


class SqliteTrigrams(_Sqlite):
    """The built-in trigram tokenizer; a query's trigrams are alternatives."""

    _tokenizer = "trigram"

    def terms(self, query: str) -> list[str]:
        """All trigrams; none for a query of fewer characters."""
        return [query[start : start + 3] for start in range(len(query) - 2)]


class SqliteWords(_Sqlite):
    """jieba words with blanks between them, for the default tokenizer."""

    _tokenizer = "unicode61"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._words = Words()

    def prepare(self, text: str) -> str:
        """The words, with blanks."""
        return self._words.spaced(text)

    def terms(self, query: str) -> list[str]:
        """The words."""
        return self._words(query)
