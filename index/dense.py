"""Vector search by FAISS; a passage may have several vectors and scores as its best one."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
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
        # A pointer to an exact index' vectors, and where in them each passage that has any begins:
        # they lie in the passages' order.
        self._vectors: Any = None
        if self.visits_all and index.ntotal:
            self._vectors = index.get_xb()  # type: ignore[attr-defined] # IndexFlat only
            self._held, self._starts = np.unique(owners, return_index=True)

    @classmethod
    def fit(cls, texts: Sequence[Sequence[str]], encoder: Encoder) -> "DenseSearcher":
        """Indexes passages.

        Args:
            texts: Per passage the texts to embed: the passage, its sentences, its title.
            encoder: Embeds them.
        """
        vectors = encoder.encode([piece for pieces in texts for piece in pieces])
        return cls.of_vectors(lambda: [vectors], [len(pieces) for pieces in texts], encoder)

    @classmethod
    def of_vectors(
        cls, batches: Callable[[], Iterable[Floats]], pieces: Sequence[int], encoder: Encoder
    ) -> "DenseSearcher":
        """Indexes passages that are embedded already.

        Args:
            batches: Gives all vectors in order, in pieces of any size, each time it is called;
                many vectors need not be held at once.
            pieces: Number of vectors of each passage.
            encoder: What embedded them.
        """
        owners = np.repeat(np.arange(len(pieces)), pieces)
        return cls(
            _index(batches, int(sum(pieces)), encoder.dimension), owners, len(pieces), encoder
        )

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
        if not self._index.ntotal:
            return scores
        if self._vectors is not None:
            # A search for all vectors sorts them all; every passage's best needs no order.
            best_of = np.maximum.reduceat(self._products(vector), self._starts)
            scores[self._held] = np.maximum(best_of, 0)
            return scores
        found, rows = self._index.search(vector[None, :], _VISITED_DEPTH)
        visited = rows[0] >= 0
        np.maximum.at(scores, self._owners[rows[0][visited]], found[0][visited])
        return scores

    def _products(self, vector: Floats) -> Floats:
        """Inner products with all vectors of an exact index.

        By FAISS's own kernel in this thread: a matrix product would wake the other cores' threads,
        which costs more than it saves for a few thousand vectors.
        """
        query = np.ascontiguousarray(vector, dtype=np.float32)
        products = np.empty(self._index.ntotal, dtype=np.float32)
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined] # not in FAISS's stubs
            faiss.swig_ptr(products),
            faiss.swig_ptr(query),
            self._vectors,
            self._index.d,
            self._index.ntotal,
        )
        return products

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


def _index(batches: Callable[[], Iterable[Floats]], total: int, dimension: int) -> "faiss.Index":
    if total <= _EXACT_LIMIT:
        index: Any = faiss.IndexFlatIP(dimension)
    else:
        cells = total // _VECTORS_PER_CELL
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension),
            dimension,
            cells,
            faiss.ScalarQuantizer.QT_fp16,
            faiss.METRIC_INNER_PRODUCT,
        )
        index.nprobe = max(1, round(cells * _PROBED_SHARE))
        index.cp.max_points_per_centroid = _TRAINING_VECTORS_PER_CELL
        index.train(_sample(batches(), max(1, total // (cells * _TRAINING_VECTORS_PER_CELL))))
    for batch in batches():
        index.add(batch)
    if not isinstance(index, faiss.IndexFlat):
        index.make_direct_map()  # exact_scores looks vectors up by number
    fitted: faiss.Index = index
    return fitted


def _sample(batches: Iterable[Floats], step: int) -> Floats:
    """Vectors to train on: all of one batch, of which FAISS draws some itself.

    Of several batches it is every so manieth vector, so that no others need be in memory.
    """
    iterator = iter(batches)
    first, second = next(iterator), next(iterator, None)
    if second is None:
        return first
    taken = [batch[::step].copy() for batch in chain((first, second), iterator)]
    return np.concatenate(taken)
