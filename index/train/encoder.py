"""The trainable table of piece vectors and the contrastive loss."""

from __future__ import annotations

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from .config import TrainConfig
from .store import Bags, Ints, Store, gather

_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8


def piece_characters(tokenizer: Tokenizer) -> tuple[Store, int]:
    """Which characters each piece is made of.

    Returns:
        Character numbers of every piece (none for the unknown piece 0), and
        how many different characters there are.
    """
    characters: dict[str, int] = {}
    ids: list[int] = []
    starts = [0]
    for i in range(tokenizer.get_vocab_size()):
        piece = tokenizer.id_to_token(i) or "" if i > 0 else ""
        ids += [characters.setdefault(c, len(characters)) for c in piece]
        starts.append(len(ids))
    flat = np.asarray(ids, dtype=np.int32)
    return Store(flat, np.asarray(starts, dtype=np.int64)), len(characters)


class PieceTable(nn.Module):
    """Piece vectors composed of an own part, the characters and a weight.

    The vector of piece i is exp(w_i) * (own_i + mean of its characters'
    vectors), as in the subword sums of Bojanowski et al. 2017 ("Enriching
    Word Vectors with Subword Information"), and is folded into one row after
    training.  The initial weight may follow Arora et al. 2017 ("A Simple but
    Tough-to-Beat Baseline for Sentence Embeddings"): a / (a + p(i)).

    A step composes only the pieces that its batches contain, a quarter of the
    table; their own parts are returned apart as leaves, to be moved by
    `LazyAdam`.
    """

    def __init__(
        self, config: TrainConfig, members: Store, characters: int, share: torch.Tensor
    ) -> None:
        """Set the initial vectors.

        Args:
            config: Spread of the vectors, width and weighting.
            members: Characters of each piece.
            characters: Number of characters.
            share: Relative frequency of each piece, float32 (pieces,).
        """
        super().__init__()
        pieces = len(members)
        self.config = config
        self.own = torch.randn(pieces, config.dims) * config.own_std
        self.chars = nn.Parameter(torch.randn(characters, config.dims) * config.char_std)
        weight = torch.zeros(pieces)
        if config.sif > 0.0:
            weight = torch.log(config.sif / (config.sif + share))
        self.weight = nn.Parameter(weight, requires_grad=config.learn_weight)
        self.members = members
        self.chars.requires_grad_(config.char_std > 0.0)

    def leaves(self, pieces: Ints) -> torch.Tensor:
        """Copies of own parts that collect gradients, float32 (pieces, dims)."""
        return self.own[torch.from_numpy(pieces)].requires_grad_()

    def compose(self, pieces: Ints, own: torch.Tensor, dropout: float = 0.0) -> torch.Tensor:
        """Vectors of some pieces, float32 (pieces, dims).

        Args:
            pieces: Piece ids, int64 (pieces,).
            own: Their own parts, float32 (pieces, dims).
            dropout: Chance that a piece goes by its characters alone.
        """
        if dropout > 0.0:
            # Without rescaling: a piece that goes by its characters must
            # already point the right way, as rare pieces will in use.
            own = own * (torch.rand(own.shape[0], 1) >= dropout)
        if self.config.char_std > 0.0:
            spelt = gather(self.members.ids, *self.members.spans(pieces))
            own = own + functional.embedding_bag(spelt.ids, self.chars, spelt.offsets, mode="mean")
        rows = torch.from_numpy(pieces)
        return own * (torch.exp(self.weight[rows]) * (rows > 0))[:, None]

    def table(self) -> torch.Tensor:
        """Fold the parts into one float32 table (pieces, dims)."""
        with torch.no_grad():
            return self.compose(np.arange(len(self.members)), self.own)


class LazyAdam:
    """Adam (Kingma & Ba 2015) that moves only the rows of the current step.

    Rows without a gradient keep their moments, as in torch's SparseAdam;
    weight decay is decoupled and touches the current rows alone.
    """

    def __init__(self, values: torch.Tensor, decay: float) -> None:
        """Start with empty moments for `values`, float32 (rows, dims)."""
        self.values = values
        self.decay = decay
        self.mean = torch.zeros_like(values)
        self.square = torch.zeros_like(values)
        self.steps = 0

    def step(self, rows: Ints, gradient: torch.Tensor, rate: float) -> None:
        """Move rows, int64 (n,), against their gradients, float32 (n, dims)."""
        self.steps += 1
        index = torch.from_numpy(rows)
        mean = self.mean[index].mul_(_BETA1).add_(gradient, alpha=1 - _BETA1)
        square = self.square[index].mul_(_BETA2).addcmul_(gradient, gradient, value=1 - _BETA2)
        self.mean[index] = mean
        self.square[index] = square
        scale = square.div_(1 - _BETA2**self.steps).sqrt_().add_(_EPSILON)
        move = mean.div_(scale).mul_(-rate / (1 - _BETA1**self.steps))
        if self.decay > 0.0:
            move.sub_(self.values[index], alpha=rate * self.decay)
        self.values.index_add_(0, index, move)


def add_up(table: torch.Tensor, bags: Bags) -> torch.Tensor:
    """Sums of bags, float32 (bags, dims); an empty bag gives zeros."""
    return functional.embedding_bag(bags.ids, table, bags.offsets, mode="sum")


def embed(table: torch.Tensor, bags: Bags) -> torch.Tensor:
    """Unit vectors of bags, float32 (bags, dims); an empty bag gives zeros."""
    return functional.normalize(add_up(table, bags), dim=1)


def best_view(scores: torch.Tensor, owner: torch.Tensor, count: int, soft: float) -> torch.Tensor:
    """Join the views of each passage.

    Args:
        scores: Scaled cosines, float32 (queries, views).
        owner: Passage of each view, int64 (views,).
        count: Number of passages.
        soft: Smoothing of the maximum; 0 takes the maximum itself.

    Returns:
        float32 (queries, passages).
    """
    if len(owner) == count:  # one view each, but not always in order
        return scores[:, torch.argsort(owner)]
    index = owner.expand(scores.shape[0], -1)
    lowest = torch.full((scores.shape[0], count), -1e4)
    top = lowest.scatter_reduce(1, index, scores, "amax")
    if soft == 0.0:
        return top
    # soft * log of the sum of exp(score / soft), shifted by the maximum
    shifted = torch.exp((scores - top.detach().gather(1, index)) / soft)
    total = torch.zeros_like(top).scatter_add(1, index, shifted)
    return top.detach() + soft * torch.log(total)
