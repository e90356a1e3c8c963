"""LlamaIndex's BM25 retriever.

Its `tokenizer` parameter, which jieba recipes name, is ignored by the present version; words are
therefore cut before, and its token pattern splits at blanks.
"""

from collections.abc import Sequence

from llama_index.core.schema import TextNode
from llama_index.retrievers.bm25 import BM25Retriever

from eval.peers.words import Words

_WORD = r"\S+"


class LlamaIndexWords:
    """jieba words with blanks between them, Chinese stop words, no English stemming."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._words = Words()

    def index(self, texts: Sequence[str]) -> None:
        """See `Peer`."""
        nodes = [
            TextNode(id_=str(row), text=self._words.spaced(text)) for row, text in enumerate(texts)
        ]
        self._retriever = BM25Retriever.from_defaults(
            nodes=nodes, language="zh", skip_stemming=True, token_pattern=_WORD
        )
        self._size = len(texts)

    def search(self, query: str, depth: int) -> list[int]:
        """See `Peer`."""
        self._retriever.similarity_top_k = min(depth, self._size)
        found = self._retriever.retrieve(self._words.spaced(query))
        return [int(hit.node.node_id) for hit in found if hit.score > 0]
