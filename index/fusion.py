"""Lexical and dense search as one, for any corpus, without fitting.

score = 3 · share² + cosine, where share is how much of the query's BM25 ceiling a passage reaches.
Both parts are absolute. The square makes the lexical part lead where the words of a query are
found, and leaves the order to the cosine where they are not. Rank-based fusion (RRF) cannot tell
the two cases apart (docs/decisions/0003-fusion.md).
"""

from collections.abc import Sequence

import numpy as np

from index.dense import DenseSearcher
from index.lexical import LexicalSearcher
from index.passages import Passage
from index.protocols import Encoder, Floats
from index.ranking import best
from index.text import character_ngrams, sentences

_SHARE_WEIGHT = np.float32(3)
# The best lexical hits get their exact cosine even where the vector index did not visit them.
_REVISITED = 200
# A passage longer than this holds several provisions, whose sentences are embedded too; a short
# one (a statute article) is one provision, and its sentences would only stand beside it.
_LONG = 150


class FusedSearcher:
    """Squared BM25 share plus cosine.

    Args:
        lexical: BM25 over the passages.
        dense: Vectors of the same passages.
        encoder: Embeds queries.
    """

    def __init__(self, lexical: LexicalSearcher, dense: DenseSearcher, encoder: Encoder) -> None:
        self._lexical = lexical
        self._dense = dense
        self._encoder = encoder

    @classmethod
    def fit(cls, passages: Sequence[Passage], encoder: Encoder) -> "FusedSearcher":
        """Indexes passages: each by its text, and by its sentences for the dense part."""
        return cls(
            LexicalSearcher.fit([passage.text for passage in passages], character_ngrams),
            DenseSearcher.fit([pieces(passage) for passage in passages], encoder),
            encoder,
        )

    def __len__(self) -> int:
        """Number of passages."""
        return len(self._lexical)

    def scores(self, query: str) -> Floats:
        """3 · share² + cosine of every passage, shape (len(self),), float32."""
        lexical = self._lexical.scores(query)
        vector = self._encoder.encode([query])[0]
        dense = self._dense.vector_scores(vector)
        if not self._dense.visits_all:
            leading = [passage for passage, _ in best(lexical, _REVISITED)]
            dense[leading] = self._dense.exact_scores(leading, vector)
        ceiling = self._lexical.ceiling(query)
        share = lexical / np.float32(ceiling) if ceiling > 0 else lexical
        scores: Floats = _SHARE_WEIGHT * share**2 + dense
        return scores

    def search(self, query: str, depth: int) -> list[tuple[int, float]]:
        """The `depth` best passages with a positive score."""
        return best(self.scores(query), depth)


def pieces(passage: Passage) -> list[str]:
    """What is embedded of a passage: its text, and of a long one its sentences."""
    parts = sentences(passage.body) if len(passage.body) > _LONG else []
    return [passage.text, *parts]
