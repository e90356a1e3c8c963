"""The retrievers that are compared, and how each is loaded."""

import sqlite3
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from eval.peers.protocol import Peer


@dataclass(frozen=True, slots=True)
class Entry:
    """A retriever that is imported only when it is loaded.

    Attributes:
        name: Its row's name.
        module: Module in this package.
        factory: Class in it; it takes the name.
        packages: Distributions whose versions are reported.
    """

    name: str
    module: str
    factory: str
    packages: tuple[str, ...] = ()

    def load(self) -> Peer:
        """Imports and makes it.

        Raises:
            ModuleNotFoundError: A package that it needs is not installed.
        """
        peer: Peer = getattr(import_module(f"eval.peers.{self.module}"), self.factory)(self.name)
        return peer

    @property
    def versions(self) -> str:
        """Versions of its packages."""
        return ", ".join(f"{package} {_version(package)}" for package in self.packages)


BASELINE = Entry("Huiwen, aliases off", "huiwen_peer", "HuiwenText")
FULL = Entry("Huiwen, full", "huiwen_peer", "HuiwenFull")
ENTRIES = (
    FULL,
    BASELINE,
    Entry("bm25s, jieba words", "bm25s_peer", "Bm25sWords", ("bm25s", "jieba")),
    Entry("bm25s, character 1–2-grams", "bm25s_peer", "Bm25sCharacters", ("bm25s",)),
    Entry("TF-IDF, character 1–2-grams", "tfidf_peer", "TfidfCharacters", ("scikit-learn",)),
    Entry("tantivy, jieba words", "tantivy_peer", "TantivyWords", ("tantivy", "jieba")),
    Entry("tantivy, 2–3-grams", "tantivy_peer", "TantivyNgrams", ("tantivy",)),
    Entry("SQLite FTS5, jieba words", "sqlite_peer", "SqliteWords", ("sqlite3", "jieba")),
    Entry("SQLite FTS5, trigrams", "sqlite_peer", "SqliteTrigrams", ("sqlite3",)),
    Entry("Haystack BM25, jieba words", "haystack_peer", "HaystackWords", ("haystack-ai", "jieba")),
    Entry("Haystack BM25, default", "haystack_peer", "HaystackDefault", ("haystack-ai",)),
    Entry(
        "LlamaIndex BM25, jieba words",
        "llamaindex_peer",
        "LlamaIndexWords",
        ("llama-index-retrievers-bm25", "jieba"),
    ),
    Entry("txtai BM25, jieba words", "txtai_peer", "TxtaiWords", ("txtai", "jieba")),
)


def _version(package: str) -> str:
    if package == "sqlite3":
        return sqlite3.sqlite_version
    try:
        return version(package)
    except PackageNotFoundError:
        return "—"
