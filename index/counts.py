"""How often terms occur in texts: counted per document, kept, and merged into one BM25 index.

Counting cuts every text into terms and is what takes time; merging is arithmetic on arrays. So a
document that is added to many others costs its own counting and one merge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
import numpy.typing as npt

from index.lexical import LexicalSearcher, Terms
from index.protocols import Floats

Ints = npt.NDArray[np.int32]
_NONE: Ints = np.zeros(0, np.int32)
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Counts:
    """Terms of texts.

    Attributes:
        terms: The terms that occur, sorted.
        rows: Number of different terms of each text.
        ids: For each text in turn its terms, as places in `terms`.
        counts: How often each of them occurs in it.
    """

    terms: tuple[str, ...]
    rows: Ints
    ids: Ints
    counts: Ints


def count(texts: Sequence[str], cut: Terms) -> Counts:
    """Counts the terms of each text."""
    found: dict[str, int] = {}
    cuts = [[found.setdefault(term, len(found)) for term in cut(text)] for text in texts]
    terms = sorted(found)
    places = np.zeros(len(terms), np.int64)
    places[[found[term] for term in terms]] = np.arange(len(terms))
    owners = np.repeat(np.arange(len(texts)), [len(ids) for ids in cuts])
    flat = places[np.array([term for ids in cuts for term in ids], np.int64)]
    # Text and term in one number: sorting these sorts by text and then by term.
    pairs, counts = np.unique(owners * max(1, len(terms)) + flat, return_counts=True)
    rows, ids = np.divmod(pairs, max(1, len(terms)))
    return Counts(
        tuple(terms),
        np.bincount(rows, minlength=len(texts)).astype(np.int32),
        ids.astype(np.int32),
        counts.astype(np.int32),
    )


def merge(parts: Iterable[Counts]) -> Counts:
    """All texts of all parts, in order; terms count as when they are counted together.

    Parts are taken one by one, so that an iterator's need not be in memory together: their arrays
    are small beside their terms. A text's terms are in no particular order.
    """
    found: dict[str, int] = {}
    rows, ids, counts = [_NONE], [_NONE], [_NONE]
    for part in parts:
        places = np.array([found.setdefault(t, len(found)) for t in part.terms], np.int32)
        rows.append(part.rows)
        ids.append(places[part.ids])
        counts.append(part.counts)
    terms = sorted(found)
    order = np.zeros(len(terms), np.int32)
    order[[found[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
    return Counts(
        tuple(terms), np.concatenate(rows), order[np.concatenate(ids)], np.concatenate(counts)
    )


def searcher(counts: Counts, cut: Terms, *, k1: float = 1.2, b: float = 0.75) -> LexicalSearcher:
    """BM25 from counts; the same as `LexicalSearcher.fit` on the texts.

    Args:
        counts: Terms of all texts.
        cut: What cut them.
        k1: Saturation of a term's frequency.
        b: Share of length normalisation.
    """
    from scipy import sparse  # not needed to answer

    size = len(counts.rows)
    if not counts.terms:
        return LexicalSearcher.fit([""] * size, cut, k1=k1, b=b)
    edges = np.concatenate([[0], np.cumsum(counts.rows)])
    weights = _weights(counts, edges, k1, b)
    matrix = sparse.csr_matrix((weights, counts.ids, edges), shape=(size, len(counts.terms)))
    columns = matrix.tocsc()
    model = bm25s.BM25(method="lucene", k1=k1, b=b)
    model.scores = {
        "data": columns.data,
        "indices": columns.indices,
        "indptr": columns.indptr,
        "num_docs": size,
    }
    model.vocab_dict = {term: place for place, term in enumerate(counts.terms)}
    model.unique_token_ids_set = set(range(len(counts.terms)))
    model.nonoccurrence_array = None
    return LexicalSearcher(model, cut)


def _weights(counts: Counts, edges: npt.NDArray[np.int64], k1: float, b: float) -> Floats:
    """Lucene's BM25 of each term in each text, as bm25s computes it."""
    size = len(counts.rows)
    frequency = np.bincount(counts.ids, minlength=len(counts.terms))
    idf = np.log1p((size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    mean = counts.counts.sum(dtype=np.int64) / size
    weights = np.empty(len(counts.ids), np.float32)
    # By blocks of texts: what is made on the way is as long as a block, not as the whole.
    for first in range(0, size, _BLOCK):
        last = min(first + _BLOCK, size)
        span = slice(edges[first], edges[last])
        owners = np.repeat(np.arange(last - first), counts.rows[first:last])
        often = counts.counts[span].astype(np.float32)
        lengths = np.bincount(owners, often, minlength=last - first)
        damping = (k1 * ((1 - b) + b * lengths / mean)).astype(np.float32)
        weights[span] = idf[counts.ids[span]] * (often / (often + damping[owners]))
    return weights
