"""Vector search by FAISS; a passage may have several vectors and scores as its best one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.protocols import Encoder, Floats
from index.ranking import best

# An exact scan of this many vectors still answers within a few milliseconds on two cores; above
# it, an inverted file visits the nearest cells only.
_EXACT_LIMIT = 50_000
_PROBED_SHARE = 0.04
_VECTORS_PER_CELL = 160
_TRAINING_VECTORS_PER_CELL = 64
# How many vectors a search of an inverted file returns at most.
_VISITED_DEPTH = 1000


class DenseSearcher:
    """Cosine similarity of a query to passages.

    Args:
        index: FAISS inner-product index.
        owners: For each vector the passage that it belongs to, shape (vectors,), int64.
        size: Number of passages.
        encoder: Embeds queries; must be the one that embedded the passages.
    """

    def __init__(
        self, index: faiss.Index, owners: npt.NDArray[np.int64], size: int, encoder: Encoder
    ) -> None:
        self._index = index
        self._owners = owners
        self._size = size
        self._encoder = encoder

    @classmethod
    def fit(cls, texts: Sequence[Sequence[str]], encoder: Encoder) -> "DenseSearcher":
        """Indexes passages.

        Args:
            texts: Per passage the texts to embed: the passage, its sentences, its title.
            encoder: Embeds them.
        """
        owners = np.repeat(np.arange(len(texts)), [len(pieces) for pieces in texts])
        vectors = encoder.encode([piece for pieces in texts for piece in pieces])
        return cls(_index(vectors, encoder.dimension), owners, len(texts), encoder)

    def __len__(self) -> int:
        """Number of passages."""
        return self._size

    @property
    def visits_all(self) -> bool:
        """Whether a search compares the query with every vector."""
        return isinstance(self._index, faiss.IndexFlat)

    def scores(self, query: str) -> Floats:
        """Best cosine of each passage, shape (len(self),); 0 where negative or not visited."""
        return self.vector_scores(self._encoder.encode([query])[0])

    def vector_scores(self, vector: Floats) -> Floats:
        """As `scores`, for a query vector of shape (dimension,)."""
        scores = np.zeros(self._size, dtype=np.float32)
        if self._index.ntotal:
            depth = self._index.ntotal if self.visits_all else _VISITED_DEPTH
            found, rows = self._index.search(vector[None, :], depth)
            visited = rows[0] >= 0
            np.maximum.at(scores, self._owners[rows[0][visited]], found[0][visited])
        return scores

    def exact_scores(self, passages: Sequence[int], vector: Floats) -> Floats:
        """Best cosine of some passages whether or not a search visits them; 0 where negative.

        Args:
            passages: Indices of passages.
            vector: Query vector, shape (dimension,).

        Returns:
            float32 array of shape (len(passages),).
        """
        wanted = np.asarray(passages, dtype=np.int64)
        # Vectors lie in the passages' order, so that a passage's rows are one range.
        first = np.searchsorted(self._owners, wanted)
        last = np.searchsorted(self._owners, wanted, side="right")
        scores = np.zeros(len(wanted), dtype=np.float32)
        ranges = [np.arange(a, b) for a, b in zip(first, last, strict=True)]
        if any(map(len, ranges)):
            vectors = self._index.reconstruct_batch(np.concatenate(ranges).astype(np.int64))
            np.maximum.at(scores, np.repeat(np.arange(len(wanted)), last - first), vectors @ vector)
        return scores

    def search(self, query: str, depth: int) -> list[tuple[int, float]]:
        """The `depth` best passages with a positive cosine."""
        return best(self.scores(query), depth)

    def save(self, folder: Path) -> None:
        """Writes vectors.faiss and owners.npy."""
        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(folder / "vectors.faiss"))
        np.save(folder / "owners.npy", self._owners)

    @classmethod
    def load(cls, folder: Path, size: int, encoder: Encoder) -> "DenseSearcher":
        """Reads what `save` wrote; the caller has checked the files' hashes before."""
        index = faiss.read_index(str(folder / "vectors.faiss"))
        return cls(index, np.load(folder / "owners.npy", allow_pickle=False), size, encoder)


def _index(vectors: Floats, dimension: int) -> "faiss.Index":
    if len(vectors) <= _EXACT_LIMIT:
        index: Any = faiss.IndexFlatIP(dimension)
    else:
        cells = len(vectors) // _VECTORS_PER_CELL
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension),
            dimension,
            cells,
            faiss.ScalarQuantizer.QT_fp16,
            faiss.METRIC_INNER_PRODUCT,
        )
        index.nprobe = max(1, round(cells * _PROBED_SHARE))
        index.cp.max_points_per_centroid = _TRAINING_VECTORS_PER_CELL
        index.train(vectors)
    index.add(vectors)
    if not isinstance(index, faiss.IndexFlat):
        index.make_direct_map()  # exact_scores looks vectors up by number
    fitted: faiss.Index = index
    return fitted
