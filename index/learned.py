"""What noted questions teach: ridge regression from a question to the passage that answers it.

Each noted question is a row of character n-gram weights (TF-IDF, length 1) beside its embedding;
its target is 1 for its passage and 0 for all others. Near misses and background questions have the
target 0 everywhere, so that the best score also says whether anything answers at all. Solved in
closed form in its dual, w = Xᵀ(XXᵀ + λI)⁻¹Y (kernel ridge regression, Saunders et al. 1998), it is
deterministic, takes seconds for thousands of questions, and needs no text beyond the questions.
Passages that answer none of the questions have no column, and always the score 0.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.protocols import Encoder, Floats
from index.ranking import best
from index.text import character_ngrams

# Chosen on held-out noted questions; the figures are flat around them.
_RIDGE = 1.0
_EMBEDDING_SHARE = 1.0
_RAREST = 2


class LearnedSearcher:
    """Scores passages by what was asked about them before.

    Args:
        columns: n-gram → row of `weights`.
        idf: Weight of each n-gram, shape (n-grams,).
        weights: Shape (n-grams + dimension, learned), half precision; embedding rows last.
        learned: For each passage whether it has a column in `weights`, shape (passages,).
        encoder: Embeds queries.
    """

    def __init__(
        self,
        columns: dict[str, int],
        idf: Floats,
        weights: npt.NDArray[np.float16],
        learned: npt.NDArray[np.bool_],
        encoder: Encoder,
    ) -> None:
        self._columns = columns
        self._idf = idf
        self._weights = weights
        self._learned = learned
        self._encoder = encoder

    @classmethod
    def fit(
        cls, questions: Sequence[tuple[str, int | None]], size: int, encoder: Encoder
    ) -> "LearnedSearcher":
        """Learns from questions.

        Args:
            questions: (question, index of the passage that answers it, or None if none does).
            size: Number of passages.
            encoder: Embeds the questions.
        """
        from scipy import linalg, sparse  # needed here only, not to answer

        texts = [text for text, _ in questions]
        terms = [Counter(character_ngrams(text)) for text in texts]
        frequency = Counter(term for counts in terms for term in counts)
        kept = sorted(term for term, count in frequency.items() if count >= _RAREST)
        columns = {term: column for column, term in enumerate(kept)}
        idf = np.array(
            [np.log((1 + len(texts)) / (1 + frequency[term])) + 1 for term in kept], np.float32
        )
        learned = np.zeros(size, np.bool_)
        learned[[passage for _, passage in questions if passage is not None]] = True
        columns_of = np.cumsum(learned) - 1
        if not texts:
            empty = np.zeros((encoder.dimension, 0), np.float16)
            return cls(columns, idf, empty, learned, encoder)
        rows = [_row(counts, columns, idf) for counts in terms]
        lexical = sparse.csr_matrix(
            (
                np.concatenate([values for _, values in rows]),
                np.concatenate([ids for ids, _ in rows]),
                np.cumsum([0, *(len(ids) for ids, _ in rows)]),
            ),
            shape=(len(texts), len(columns)),
        )
        embedded = _EMBEDDING_SHARE * encoder.encode(texts)
        targets = np.zeros((len(texts), int(learned.sum())), np.float32)
        for row, (_, passage) in enumerate(questions):
            if passage is not None:
                targets[row, columns_of[passage]] = 1
        kernel = (lexical @ lexical.T).toarray()
        kernel += embedded @ embedded.T
        kernel[np.diag_indices_from(kernel)] += _RIDGE
        dual = linalg.solve(kernel, targets, assume_a="pos", overwrite_a=True, check_finite=False)
        # Half precision from the start: an index that was built answers as one that was read.
        weights = np.vstack([lexical.T @ dual, embedded.T @ dual]).astype(np.float16)
        return cls(columns, idf, weights, learned, encoder)

    def __len__(self) -> int:
        """Number of passages."""
        return len(self._learned)

    def scores(self, query: str) -> Floats:
        """Score of every passage, shape (len(self),): about 1 where the question was noted."""
        return self.vector_scores(query, self._encoder.encode([query])[0])

    def vector_scores(self, query: str, vector: Floats) -> Floats:
        """As `scores`, for a query that is embedded already."""
        ids, values = _row(Counter(character_ngrams(query)), self._columns, self._idf)
        lexical = values @ self._weights[ids].astype(np.float32)
        embedded = (
            _EMBEDDING_SHARE * vector @ self._weights[len(self._columns) :].astype(np.float32)
        )
        scores = np.zeros(len(self), np.float32)
        scores[self._learned] = lexical + embedded
        return scores

    def search(self, query: str, depth: int) -> list[tuple[int, float]]:
        """The `depth` best passages with a positive score."""
        return best(self.scores(query), depth)

    def save(self, folder: Path) -> None:
        """Writes terms.json, idf.npy, weights.npy (half precision) and learned.npy."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "terms.json").write_text(json.dumps(list(self._columns), ensure_ascii=False))
        np.save(folder / "idf.npy", self._idf)
        np.save(folder / "weights.npy", self._weights)
        np.save(folder / "learned.npy", self._learned)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> "LearnedSearcher":
        """Reads what `save` wrote."""
        terms: list[str] = json.loads((folder / "terms.json").read_text())
        return cls(
            {term: column for column, term in enumerate(terms)},
            np.load(folder / "idf.npy", allow_pickle=False),
            np.load(folder / "weights.npy", allow_pickle=False),
            np.load(folder / "learned.npy", allow_pickle=False),
            encoder,
        )


def _row(counts: Counter[str], columns: dict[str, int], idf: Floats) -> tuple[Any, Floats]:
    """A question's known n-grams and their TF-IDF weights, scaled to length 1."""
    known = sorted((columns[term], count) for term, count in counts.items() if term in columns)
    ids = np.array([column for column, _ in known], dtype=np.int64)
    values = (1 + np.log(np.array([count for _, count in known], np.float32))) * idf[ids]
    length = float(np.linalg.norm(values))
    return ids, (values / length if length else values).astype(np.float32)
