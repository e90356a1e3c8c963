"""Haystack's in-memory BM25 retriever with its default algorithm, BM25L."""

from collections.abc import Callable, Sequence

from haystack import Document
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from eval.peers.words import Words


class _Haystack:
    def __init__(
        self, name: str, store: InMemoryDocumentStore, prepare: Callable[[str], str]
    ) -> None:
        self.name = name
        self._store = store
        self._prepare = prepare

    def index(self, texts: Sequence[str]) -> None:
        self._store.write_documents(
            [Document(id=str(row), content=self._prepare(text)) for row, text in enumerate(texts)]
        )
        self._retriever = InMemoryBM25Retriever(document_store=self._store)

    def search(self, query: str, depth: int) -> list[int]:
        prepared = self._prepare(query)
        if not prepared:  # it raises for an empty query
            return []
        found = self._retriever.run(query=prepared, top_k=depth)
        return [int(document.id) for document in found["documents"]]


class HaystackDefault(_Haystack):
    """Its default tokenization: Chinese falls into single characters."""

    def __init__(self, name: str) -> None:
        super().__init__(name, InMemoryDocumentStore(), str)


class HaystackWords(_Haystack):
    """jieba words with blanks between them, split at blanks."""

    def __init__(self, name: str) -> None:
        store = InMemoryDocumentStore(bm25_tokenization_regex=r"\S+")
        super().__init__(name, store, Words().spaced)
