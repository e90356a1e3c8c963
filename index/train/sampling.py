"""Drawing of training batches."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer

from .config import TrainConfig
from .data import Group, sentences
from .store import Bags, Ints, Store, gather

Rng = np.random.Generator


@dataclass(frozen=True)
class Batch:
    """Questions with their passages, and further negatives.

    Attributes:
        queries: One bag per question; row i belongs to passage `answer[i]`.
        answer: Index of each question's passage, int64 (queries,).
        views: Bags of the passages' views.
        owner: Passage of each view, int64 (views,); passages that only
            serve as negatives come last.
        positives: Number of passages with a question.
        passages: Number of all passages.
        other_queries: Questions that `other_of` does not answer.
        other_of: Passage of each of these, int64.
    """

    queries: Bags
    answer: torch.Tensor
    views: Bags
    owner: torch.Tensor
    positives: int
    passages: int
    other_queries: Bags | None = None
    other_of: torch.Tensor | None = None


class Pool:
    """Groups of one kind, tokenised, with their fields for sampling."""

    def __init__(self, tokenizer: Tokenizer, groups: list[Group], noise: int = 0) -> None:
        texts: list[str] = []

        def add(items: list[str] | tuple[str, ...]) -> Ints:
            texts.extend(items)
            return np.arange(len(texts) - len(items), len(texts), dtype=np.int64)

        rng = np.random.default_rng(noise)
        self.fields = np.asarray([g.field for g in groups])
        self.passage = np.asarray([int(add((g.passage,))[0]) for g in groups], dtype=np.int64)
        self.parts = [add(p if len(p := sentences(g.passage)) > 1 else []) for g in groups]
        self.queries = [add(g.queries) for g in groups]
        self.noisy = [add([mistype(q, rng) for q in g.queries]) for g in groups] if noise else []
        self.bad_passages = [add(g.bad_passages) for g in groups]
        self.bad_queries = [add(g.bad_queries) for g in groups]
        self.store = Store.encode(tokenizer, texts)
        self.mined: list[Ints] = [np.zeros(0, dtype=np.int64) for _ in groups]

    def __len__(self) -> int:
        return len(self.passage)

    def pick(self, rng: Rng, size: int, few_fields: bool = False) -> Ints:
        """Draw groups without replacement, int64 (at most size,)."""
        if few_fields:
            names = rng.permutation(np.unique(self.fields))
            order = {str(name): i for i, name in enumerate(names)}
            key = np.asarray([order[str(f)] for f in self.fields]) + rng.random(len(self))
            return np.argsort(key, kind="stable")[:size]
        return rng.permutation(len(self))[:size]

    def batch(self, rng: Rng, rows: Ints, config: TrainConfig) -> Batch:
        """Make a batch of the given groups, int64 (groups,)."""
        questions: list[int] = []
        answer: list[int] = []
        view_rows: list[int] = []
        owner: list[int] = []
        for i, row in enumerate(rows):
            drawn = rng.permutation(len(self.queries[row]))[: config.question_clauses]
            for k in drawn:
                noisy = bool(self.noisy) and rng.random() < config.noise
                questions.append(int((self.noisy if noisy else self.queries)[row][k]))
                answer.append(i)
            views = [self.passage[row], *(self.parts[row] if config.views else [])]
            view_rows.extend(int(v) for v in views)
            owner.extend([i] * len(views))
        count = len(rows)
        extra = [int(r) for row in rows for r in self.bad_passages[row]] if config.contrast else []
        if config.mined:
            present = set(rows.tolist())
            near = {int(n) for row in rows for n in self.mined[row][: config.mined]}
            extra += [int(self.passage[n]) for n in sorted(near - present)]
        view_rows.extend(extra)
        owner.extend(range(count, count + len(extra)))
        others = [int(r) for row in rows for r in self.bad_queries[row]] if config.contrast else []
        other_of = [i for i, row in enumerate(rows) for _ in self.bad_queries[row]]
        bags = self._bags(rng, others, config.query_dropout) if others else None
        return Batch(
            self._bags(rng, questions, config.query_dropout),
            torch.tensor(answer),
            self._bags(rng, view_rows, config.passage_dropout),
            torch.tensor(owner),
            count,
            count + len(extra),
            bags,
            torch.tensor(other_of) if others else None,
        )

    def sisters(self, rng: Rng, rows: Ints, config: TrainConfig) -> Batch:
        """Batch of two questions of each given group, one as the other's passage."""
        pairs = [rng.permutation(self.queries[r])[:2] for r in rows if len(self.queries[r]) > 1]
        index = torch.arange(len(pairs))
        first = self._bags(rng, [int(p[0]) for p in pairs], config.query_dropout)
        second = self._bags(rng, [int(p[1]) for p in pairs], config.query_dropout)
        return Batch(first, index, second, index, len(pairs), len(pairs))

    def _bags(self, rng: Rng, rows: list[int], drop: float) -> Bags:
        begin, end = self.store.spans(np.asarray(rows, dtype=np.int64))
        return gather(self.store.ids, begin, end, drop, rng)


def mistype(query: str, rng: Rng) -> str:
    """Drop, double or swap one character of a question at a random place."""
    if len(query) < 5:
        return query
    at = int(rng.integers(0, len(query) - 1))
    kind = int(rng.integers(0, 3))
    if kind == 0:
        return query[:at] + query[at + 1 :]
    if kind == 1:
        return query[: at + 1] + query[at:]
    return query[:at] + query[at + 1] + query[at] + query[at + 2 :]


def join(*parts: Bags) -> Bags:
    """Put batches of bags one after the other."""
    offsets: list[torch.Tensor] = []
    before = 0
    for part in parts:
        offsets.append(part.offsets + before)
        before += len(part.ids)
    return Bags(torch.cat([part.ids for part in parts]), torch.cat(offsets))


def merge(first: Batch, second: Batch) -> Batch:
    """One batch of two, so that each serves as the other's negatives."""
    # Passages keep "positives first": the first batch's extra negatives move
    # behind the second batch's positives.
    a, b = first, second
    owner_a = torch.where(a.owner < a.positives, a.owner, a.owner + b.positives)
    owner_b = torch.where(b.owner < b.positives, b.owner + a.positives, b.owner + a.passages)
    return replace(
        a,
        queries=join(a.queries, b.queries),
        answer=torch.cat([a.answer, b.answer + a.positives]),
        views=join(a.views, b.views),
        owner=torch.cat([owner_a, owner_b]),
        positives=a.positives + b.positives,
        passages=a.passages + b.passages,
    )
