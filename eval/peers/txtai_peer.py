"""txtai's keyword index; its tokenizer is configured, not replaced, so words are cut before."""

from collections.abc import Sequence

from txtai import Embeddings

from eval.peers.words import Words


class TxtaiWords:
    """BM25 over jieba words with blanks between them; no embedding model."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._words = Words()
        self._embeddings = Embeddings(
            defaults=False,  # otherwise it downloads an embedding model
            scoring={"method": "bm25", "terms": True, "tokenizer": {"whitespace": True}},
        )

    def index(self, texts: Sequence[str]) -> None:
        """See `Peer`."""
        self._embeddings.index(
            (row, self._words.spaced(text), None) for row, text in enumerate(texts)
        )

    def search(self, query: str, depth: int) -> list[int]:
        """See `Peer`."""
        return [int(row) for row, _ in self._embeddings.search(self._words.spaced(query), depth)]
