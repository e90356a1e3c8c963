"""BM25 over terms of one's choice, by bm25s.

The library's own tokenizer makes a whole Chinese clause one term; ours cuts it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np

from index.protocols import Floats
from index.ranking import best

Terms = Callable[[str], list[str]]


class LexicalSearcher:
    """BM25 (Lucene's variant) over passages.

    Args:
        model: A fitted bm25s model with its vocabulary.
        terms: Cuts a text into terms; the same that the model was fitted with.
    """

    def __init__(self, model: bm25s.BM25, terms: Terms) -> None:
        self._model = model
        self._terms = terms
        self._size: int = model.scores["num_docs"]
        frequencies = np.diff(model.scores["indptr"])
        # Lucene's idf, as bm25s fits it.
        self._idf = np.log1p((self._size - frequencies + 0.5) / (frequencies + 0.5))
        self._unseen_idf = float(np.log1p((self._size + 0.5) / 0.5))

    @classmethod
    def fit(
        cls, texts: Sequence[str], terms: Terms, *, k1: float = 1.2, b: float = 0.75
    ) -> "LexicalSearcher":
        """Indexes texts.

        Args:
            texts: One text a passage.
            terms: Cuts a text into terms.
            k1: Saturation of a term's frequency.
            b: Share of length normalisation.
        """
        vocabulary: dict[str, int] = {}
        ids = [
            [vocabulary.setdefault(term, len(vocabulary)) for term in terms(text)] for text in texts
        ]
        model = bm25s.BM25(method="lucene", k1=k1, b=b)
        if not vocabulary:
            # bm25s cannot index texts without any term; one that no query contains stands in.
            vocabulary, ids = {"": 0}, [[0] for _ in ids]
        model.index((ids, vocabulary), show_progress=False, create_empty_token=False)
        return cls(model, terms)

    def __len__(self) -> int:
        """Number of passages."""
        return self._size

    @property
    def vocabulary(self) -> dict[str, int]:
        """Terms with their column in the model."""
        vocabulary: dict[str, int] = self._model.vocab_dict
        return vocabulary

    def scores(self, query: str) -> Floats:
        """BM25 of every passage, shape (len(self),), float32."""
        return self.term_scores(self._terms(query))

    def term_scores(self, terms: Sequence[str]) -> Floats:
        """BM25 of every passage for terms that are cut already; unknown terms count nothing."""
        known = [self.vocabulary[term] for term in terms if term in self.vocabulary]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: Floats = self._model.get_scores(known).astype(np.float32)
        return scores

    def search(self, query: str, depth: int) -> list[tuple[int, float]]:
        """The `depth` best passages with a positive score."""
        return best(self.scores(query), depth)

    def weight(self, term: str) -> float:
        """The term's idf; a term that no passage holds weighs as the rarest possible one."""
        column = self.vocabulary.get(term)
        return self._unseen_idf if column is None else float(self._idf[column])

    def ceiling(self, query: str) -> float:
        """What a text would score that repeated each of the query's terms without end.

        score / ceiling tells how much of the query was found, from 0 to 1.
        """
        return sum(self.weight(term) for term in self._terms(query))

    def known_share(self, query: str) -> float:
        """Share of the ceiling that terms have which occur in any passage at all, from 0 to 1."""
        ceiling = self.ceiling(query)
        terms = self._terms(query)
        known = sum(self.weight(term) for term in terms if term in self.vocabulary)
        return known / ceiling if ceiling > 0 else 0.0

    def save(self, folder: Path) -> None:
        """Writes the model as .npy and JSON files; nothing is pickled."""
        self._model.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, terms: Terms) -> "LexicalSearcher":
        """Reads what `save` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False), terms)
