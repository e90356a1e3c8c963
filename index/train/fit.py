"""The training loop."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from .cloze import Cloze
from .config import TrainConfig
from .data import Corpus, Group
from .encoder import LazyAdam, PieceTable, add_up, best_view, piece_characters
from .mining import bigram_neighbours
from .retold import retell
from .sampling import Batch, Pool, Rng, join, merge
from .store import Bags

#: The sums of a matrix product depend on how it is split among threads, so
#: the same weights come out only with the same number of them.
THREADS = 2
_NOISE_SEED = 7
_CONTRAST_BATCH = 96
_NEIGHBOURS = 10
#: Loss weight of the extra batches (glossary, retold sentences, sister questions).
_EXTRA = 0.3


@dataclass(frozen=True)
class Material:
    """Tokenised training data of one split.

    Attributes:
        tokenizer: The tokenizer that cut it.
        lay: Official clauses with lay questions.
        contrast: Contrast sets.
        glossary: Glossary terms.
        retold: Official sentences with lay expressions put in.
        public: Public pairs.
        cloze: Plain texts.
        share: Relative frequency of each piece, float32 (pieces,).
    """

    tokenizer: Tokenizer
    lay: Pool
    contrast: Pool
    glossary: Pool
    retold: Pool
    public: Pool
    cloze: Cloze
    share: torch.Tensor


def prepare(
    tokenizer: Tokenizer,
    corpus: Corpus,
    without: tuple[str, ...] = (),
    held_contrast: list[Group] | None = None,
    cloze: Cloze | None = None,
    extras: bool = False,
) -> Material:
    """Tokenise the training data.

    Args:
        tokenizer: The tokenizer.
        corpus: All data.
        without: Files of `lay_official` to leave out, glossaries included.
        held_contrast: Contrast sets to leave out.
        cloze: Plain texts already tokenised with the same tokenizer.
        extras: Whether to make the mined neighbours and retold sentences,
            which only some recipes read.
    """
    held = {g.passage for g in held_contrast or []}
    lay = [g for name, gs in corpus.lay.items() if name not in without for g in gs]
    terms = [g for name, gs in corpus.glossary.items() if name not in without for g in gs]
    contrast = [g for g in corpus.contrast if g.passage not in held]
    public = [g for gs in corpus.pairs.values() for g in gs]
    cloze = cloze or Cloze(tokenizer, corpus.texts)
    counts = np.zeros(tokenizer.get_vocab_size())
    for part in cloze.parts:
        counts += np.bincount(part.store.ids, minlength=len(counts))
    pool = Pool(tokenizer, lay, noise=_NOISE_SEED)
    retold: list[Group] = []
    if extras:
        pool.mined = bigram_neighbours([g.passage for g in lay], _NEIGHBOURS)
        official = [g.passage for g in lay] + corpus.texts["gov_work_reports"]
        retold = retell(terms, official + corpus.texts["laws_articles"], _NOISE_SEED)
    return Material(
        tokenizer,
        pool,
        Pool(tokenizer, contrast),
        Pool(tokenizer, terms),
        Pool(tokenizer, retold),
        Pool(tokenizer, public),
        cloze,
        torch.from_numpy(counts / counts.sum()).float(),
    )


def _all_bags(drawn: list[tuple[Batch, float]]) -> list[Bags]:
    parts = ((b.queries, b.views, b.other_queries) for b, _ in drawn)
    return [bags for part in parts for bags in part if bags is not None]


def step_loss(
    table: torch.Tensor, joined: Bags, drawn: list[tuple[Batch, float]], config: TrainConfig
) -> torch.Tensor:
    """Weighted loss of all batches of a step, float32 ().

    Args:
        table: Vectors of the step's pieces, float32 (pieces, dims).
        joined: All bags of the batches in a row, pieces numbered as in `table`.
        drawn: Batches with their weights.
        config: The recipe.
    """
    # One look-up for all bags: the gradient of each look-up is a whole table.
    summed = add_up(table, joined)
    bags = _all_bags(drawn)
    loss = torch.zeros(())
    for width in (config.dims, *config.matryoshka):
        rows = functional.normalize(summed[:, :width], dim=1)
        parts = iter(torch.split(rows, [len(x.offsets) for x in bags]))
        for batch, share in drawn:
            questions, views = next(parts), next(parts)
            others = None if batch.other_queries is None else next(parts)
            loss = loss + share * contrastive(questions, views, others, batch, config)
    return loss


def contrastive(
    questions: torch.Tensor,
    views: torch.Tensor,
    others: torch.Tensor | None,
    batch: Batch,
    config: TrainConfig,
) -> torch.Tensor:
    """InfoNCE in both directions over one batch (van den Oord et al. 2018).

    Args:
        questions: Unit vectors, float32 (queries, width).
        views: Unit vectors, float32 (views, width).
        others: Unit vectors of the near-miss questions, float32 (others, width).
        batch: Which belongs to which.
        config: Scale and view smoothing.

    Returns:
        The mean loss, float32 ().
    """
    scores = config.scale * questions @ views.T
    scores = best_view(scores, batch.owner, batch.passages, config.soft_views)
    forward = functional.cross_entropy(scores, batch.answer)
    # Passage to question: the other questions of the same passage are no
    # negatives.
    back = scores[:, batch.answer].T
    same = batch.answer[:, None] == batch.answer[None, :]
    same.fill_diagonal_(False)
    back = back.masked_fill(same, -1e4)
    if others is not None and batch.other_of is not None:
        wrong = config.scale * others @ views.T
        wrong = best_view(wrong, batch.owner, batch.passages, config.soft_views)
        # A near-miss question counts against its own passage alone: another
        # passage of the batch may well answer it.
        column = torch.full((len(batch.answer), len(batch.other_of)), -1e4)
        hit = batch.answer[:, None] == batch.other_of[None, :]
        column = torch.where(hit, wrong[:, batch.answer].T, column)
        back = torch.cat([back, column], dim=1)
    backward = functional.cross_entropy(back, torch.arange(len(batch.answer)))
    return (forward + backward) / 2


def _batches(material: Material, rng: Rng, config: TrainConfig) -> list[tuple[Batch, float]]:
    """Draw the batches of one step with their loss weights."""
    drawn: list[tuple[Batch, float]] = []
    if config.ict_batch:
        drawn.append((material.cloze.batch(rng, config), 1.0))
    public_pool, lay_pool = material.public, material.lay
    public = public_pool.batch(
        rng, public_pool.pick(rng, config.pair_batch), replace(config, views=False)
    )
    if config.distractors:
        extra = material.cloze.contexts(rng, config.distractors, config)
        count = len(extra.offsets)
        public = replace(
            public,
            views=join(public.views, extra),
            owner=torch.cat([public.owner, public.passages + torch.arange(count)]),
            passages=public.passages + count,
        )
    rows = lay_pool.pick(rng, config.lay_batch, config.field_batches)
    lay = lay_pool.batch(rng, rows, config)
    if config.contrast:
        pool = material.contrast
        # merge() keeps the other questions of its first part only.
        lay = merge(pool.batch(rng, pool.pick(rng, _CONTRAST_BATCH), config), lay)
    if config.merged:
        drawn.append((merge(lay, public), 1.0))
    else:
        drawn += [(lay, config.lay_share), (public, 1.0)]
    if config.glossary_batch:
        pool = material.glossary
        terms = pool.batch(rng, pool.pick(rng, config.glossary_batch), config)
        drawn.append((terms, _EXTRA))
    if config.retold_batch:
        pool = material.retold
        rows = pool.pick(rng, config.retold_batch)
        drawn.append((pool.batch(rng, rows, replace(config, views=False)), _EXTRA))
    if config.sister_batch:
        rows = lay_pool.pick(rng, config.sister_batch)
        drawn.append((lay_pool.sisters(rng, rows, config), _EXTRA))
    return drawn


def _rate(step: int, config: TrainConfig) -> float:
    """Learning rate: linear warm-up, then a cosine down to nothing."""
    warm = max(1, round(config.steps * config.warmup))
    if step < warm:
        return config.lr * (step + 1) / warm
    return config.lr * 0.5 * (1 + math.cos(math.pi * (step - warm) / (config.steps - warm)))


def train(material: Material, config: TrainConfig, verbose: bool = True) -> torch.Tensor:
    """Train one table.

    Args:
        material: Tokenised data.
        config: The recipe.
        verbose: Whether to print the loss now and then.

    Returns:
        The folded table, float32 (pieces, dims).
    """
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    # Nothing here reads memory before writing it; filling it first only costs.
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    members, characters = piece_characters(material.tokenizer)
    model = PieceTable(config, members, characters, material.share)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=config.lr, weight_decay=config.weight_decay)
    lazy = LazyAdam(model.own, config.weight_decay)
    number = torch.zeros(len(members), dtype=torch.int64)
    total, kept, summed = 0.0, 0, torch.zeros(())
    started = time.monotonic()
    for step in range(config.steps):
        rate = _rate(step, config)
        for group in optimiser.param_groups:
            group["lr"] = rate
        drawn = _batches(material, rng, config)
        joined = join(*_all_bags(drawn))
        used = np.flatnonzero(np.bincount(joined.ids.numpy(), minlength=len(members)))
        number[torch.from_numpy(used)] = torch.arange(len(used))
        own = model.leaves(used)
        table = model.compose(used, own, config.own_dropout)
        loss = step_loss(table, Bags(number[joined.ids], joined.offsets), drawn, config)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        assert own.grad is not None
        lazy.step(used, own.grad, rate)
        total += loss.item()
        if config.average and step >= config.steps * (1 - config.average) and step % 5 == 0:
            summed, kept = summed + model.table(), kept + 1
        if verbose and (step + 1) % 50 == 0:
            pace = (time.monotonic() - started) / (step + 1)
            print(f"step {step + 1}: loss {total / 50:.4f}, {pace:.2f} s a step", flush=True)
            total = 0.0
    return summed / kept if kept else model.table()
