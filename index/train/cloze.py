"""Inverse-cloze batches: a sentence against its neighbours.

The task is that of Lee et al. 2019 ("Latent Retrieval for Weakly Supervised
Open Domain Question Answering", section 4): a sentence is the question and
the text around it, the sentence itself removed, is the passage.
"""

from __future__ import annotations

import re

import numpy as np
import torch
from tokenizers import Tokenizer

from .config import TrainConfig
from .data import TEXTS, sentences
from .sampling import Batch, Rng, join
from .store import Bags, Store, gather

_WINDOW = 3
_KEEP = 0.1
_EMPTY = Bags(torch.zeros(0, dtype=torch.int64), torch.zeros(0, dtype=torch.int64))
_FIRST_ARTICLE = re.compile(r"^第一条(?!之)")


class ClozeText:
    """The sentences of one source with the bounds of their documents."""

    def __init__(self, tokenizer: Tokenizer, source: str, lines: list[str]) -> None:
        flat: list[str] = []
        document: list[int] = []
        current = 0
        for number, line in enumerate(lines):
            # News lines are whole articles; a statute starts at its first
            # article; reports run on, so blocks of lines stand for documents.
            if source == "crud_news" or (
                _FIRST_ARTICLE.match(line) if source == "laws_articles" else number % 20 == 0
            ):
                current += 1
            for sentence in sentences(line, shortest=12):
                flat.append(sentence)
                document.append(current)
        self.store = Store.encode(tokenizer, flat, longest=120)
        ids = np.asarray(document, dtype=np.int64)
        self.first = np.searchsorted(ids, ids, side="left")
        self.last = np.searchsorted(ids, ids, side="right")
        lengths = np.diff(self.store.starts)
        alone = self.last - self.first < 2
        self.usable = np.flatnonzero(~alone & (lengths >= 5))

    def bags(self, rng: Rng, size: int, config: TrainConfig) -> tuple[Bags, Bags]:
        """Draw sentences and their contexts, `size` bags each."""
        rows = rng.choice(self.usable, size, replace=False)
        low = np.maximum(rows - _WINDOW, self.first[rows])
        high = np.minimum(rows + 1 + _WINDOW, self.last[rows])
        starts, flat = self.store.starts, self.store.ids
        question = gather(flat, starts[rows], starts[rows + 1], config.query_dropout, rng)
        # The context is two spans, before and after the sentence; drawn as
        # two bags each, of which every second offset is then forgotten.
        # A sentence is sometimes left in, so that equal words still count.
        cut = np.where(rng.random(size) < _KEEP, rows + 1, rows)
        begin = np.stack([starts[low], starts[rows + 1]], axis=1).reshape(-1)
        end = np.stack([starts[cut], starts[high]], axis=1).reshape(-1)
        both = gather(flat, begin, end, config.passage_dropout, rng)
        return question, Bags(both.ids, both.offsets[0::2].clone())


class Cloze:
    """Draws inverse-cloze batches from all plain texts."""

    def __init__(self, tokenizer: Tokenizer, texts: dict[str, list[str]]) -> None:
        self.parts = [ClozeText(tokenizer, source, texts[source]) for source in TEXTS]

    def batch(self, rng: Rng, config: TrainConfig) -> Batch:
        """Draw `ict_batch` sentences in the shares of `ict_mix`."""
        queries, contexts = _EMPTY, _EMPTY
        for part, share in zip(self.parts, config.ict_mix, strict=True):
            size = round(config.ict_batch * share)
            if size > 0:
                question, context = part.bags(rng, size, config)
                queries, contexts = join(queries, question), join(contexts, context)
        count = len(queries.offsets)
        index = torch.arange(count)
        return Batch(queries, index, contexts, index, count, count)

    def contexts(self, rng: Rng, size: int, config: TrainConfig) -> Bags:
        """Draw passages of statutes and reports alone, as negatives."""
        laws, reports, _ = self.parts
        some = size // 4
        first = laws.bags(rng, size - some, config)[1]
        return join(first, reports.bags(rng, some, config)[1])
