"""Tokenised texts in flat arrays, and cutting of bags from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

Ints: TypeAlias = npt.NDArray[np.int64]
_CHUNK = 20_000


@dataclass(frozen=True)
class Bags:
    """A batch of bags of pieces.

    Attributes:
        ids: Piece ids of all bags in a row, int64 (total,).
        offsets: Start of each bag, int64 (bags,).
    """

    ids: torch.Tensor
    offsets: torch.Tensor


class Store:
    """Texts as piece ids in one flat array.

    Attributes:
        ids: int32 (total,), all texts one after another.
        starts: int64 (texts + 1,), text i is ids[starts[i]:starts[i + 1]].
    """

    def __init__(self, ids: npt.NDArray[np.int32], starts: Ints) -> None:
        self.ids = ids
        self.starts = starts

    @classmethod
    def encode(cls, tokenizer: Tokenizer, texts: list[str], longest: int = 400) -> Store:
        """Tokenise texts, each cut off after `longest` pieces."""
        parts: list[npt.NDArray[np.int32]] = []
        lengths: list[int] = []
        for i in range(0, len(texts), _CHUNK):
            for encoding in tokenizer.encode_batch(texts[i : i + _CHUNK]):
                row = np.asarray(encoding.ids[:longest], dtype=np.int32)
                parts.append(row)
                lengths.append(len(row))
        ids = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
        starts = np.zeros(len(lengths) + 1, dtype=np.int64)
        np.cumsum(np.asarray(lengths, dtype=np.int64), out=starts[1:])
        return cls(ids, starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def spans(self, rows: Ints) -> tuple[Ints, Ints]:
        """Start and end of the given texts, int64 (rows,) each."""
        return self.starts[rows], self.starts[rows + 1]


def gather(
    flat: npt.NDArray[np.int32],
    begin: Ints,
    end: Ints,
    drop: float = 0.0,
    rng: np.random.Generator | None = None,
) -> Bags:
    """Copy spans of a flat array into bags.

    Args:
        flat: int32 (total,).
        begin: First position of each span, int64 (bags,).
        end: Position behind each span, int64 (bags,).
        drop: Chance of leaving a piece out.
        rng: Source of chance; needed when `drop` is positive.

    Returns:
        One bag per span; a bag may be empty.
    """
    lengths = end - begin
    bounds = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    position = np.arange(bounds[-1]) - np.repeat(bounds[:-1] - begin, lengths)
    ids = flat[position].astype(np.int64)
    if drop > 0.0 and rng is not None:
        keep = rng.random(len(ids)) >= drop
        kept = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(keep)])
        ids, bounds = ids[keep], kept[bounds]
    return Bags(torch.from_numpy(ids), torch.from_numpy(bounds[:-1].copy()))
