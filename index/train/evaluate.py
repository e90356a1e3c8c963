"""Retrieval checks on held-out data, dense vectors alone."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from .config import ABLATION_FILES
from .data import Corpus, Group, sentences
from .encoder import best_view, embed
from .mining import tf_idf
from .store import Store, gather

Floats = npt.NDArray[np.float64]
_DISTRACTORS = 50_000
#: Every fourth contrast set is left out while recipes are compared.
CONTRAST_STEP = 4
_ARTICLE_HEAD = re.compile(
    r"^.{0,60}?第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十]+)?[:\s]*"
)
_NUMBERED = re.compile(r"^\s*(\d{1,2})[.．](?!\d)")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_SECTION = re.compile(r"^\s*[一二三四五六七八九十]+、|^\s*本政策自|^\s*附件")
#: First document of each development file and its record prefix.
_DOCUMENTS = (("000_", "leqing-2024"), ("002_", "leqing-2023"))


@dataclass(frozen=True)
class Task:
    """Questions over passages.

    Attributes:
        queries: Tokenised questions.
        views: Tokenised views (passage first, then sentences) of all passages.
        owner: Passage of each view, int64 (views,).
        first: View that is the whole passage, int64 (passages,).
        grades: Gain of each passage by question.
    """

    queries: Store
    views: Store
    owner: torch.Tensor
    first: torch.Tensor
    grades: list[dict[int, int]]


def _task(
    tokenizer: Tokenizer, queries: list[str], passages: list[str], grades: list[dict[int, int]]
) -> Task:
    views: list[str] = []
    owner: list[int] = []
    first: list[int] = []
    for i, passage in enumerate(passages):
        first.append(len(views))
        parts = sentences(passage)
        new = [passage, *(parts if len(parts) > 1 else [])]
        views.extend(new)
        owner.extend([i] * len(new))
    return Task(
        Store.encode(tokenizer, queries),
        Store.encode(tokenizer, views),
        torch.tensor(owner),
        torch.tensor(first),
        grades,
    )


def vectors(table: torch.Tensor, store: Store) -> torch.Tensor:
    """Unit vectors of all texts of a store, float32 (texts, dims)."""
    out = []
    for i in range(0, len(store), 4096):
        rows = np.arange(i, min(i + 4096, len(store)))
        out.append(embed(table, gather(store.ids, *store.spans(rows))))
    return torch.cat(out)


def _figures(scores: torch.Tensor, grades: list[dict[int, int]]) -> dict[str, Floats]:
    """Hit@1, hit@10, MRR@10 and nDCG@10 of each question."""
    order = torch.argsort(scores, dim=1, descending=True, stable=True)[:, :10].tolist()
    hit1, hit10, mrr, ndcg = [], [], [], []
    for ranked, gains in zip(order, grades, strict=True):
        best = max(gains.values())
        place = [k for k, p in enumerate(ranked) if gains.get(p, 0) == best]
        hit1.append(float(bool(place) and place[0] == 0))
        hit10.append(float(bool(place)))
        mrr.append(1.0 / (place[0] + 1) if place else 0.0)
        found = sum((2 ** gains.get(p, 0) - 1) / math.log2(k + 2) for k, p in enumerate(ranked))
        ideal = sorted(gains.values(), reverse=True)[:10]
        ndcg.append(found / sum((2**g - 1) / math.log2(k + 2) for k, g in enumerate(ideal)))
    return {
        "hit1": np.asarray(hit1),
        "hit10": np.asarray(hit10),
        "mrr": np.asarray(mrr),
        "ndcg": np.asarray(ndcg),
    }


def score(table: torch.Tensor, task: Task, use_sentences: bool) -> dict[str, Floats]:
    """Figures of one task by question, float64 (queries,) each."""
    with torch.no_grad():
        questions, views = vectors(table, task.queries), vectors(table, task.views)
        if not use_sentences:
            return _figures(questions @ views[task.first].T, task.grades)
        joined = best_view(questions @ views.T, task.owner, len(task.first), 0.0)
        return _figures(joined, task.grades)


def measures(folder: Path) -> dict[str, str]:
    """Numbered measures of the two development documents, by record id."""
    found: dict[str, str] = {}
    for start, prefix in _DOCUMENTS:
        path = next(folder.glob(start + "*.txt"))
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        number, current = 0, ""
        for line in _BOOKMARK.sub("", text).split("\n"):
            match = _NUMBERED.match(line)
            if match and int(match.group(1)) == number + 1:
                number += 1
                current = f"{prefix}:{number}"
                found[current] = line.strip()
            elif _SECTION.match(line):
                current = ""
            elif current:
                # Hard-wrapped lines of one paragraph.
                found[current] += line.strip()
    return found


def _statutes(corpus: Corpus) -> tuple[list[str], list[str], list[dict[int, int]]]:
    """Held-out STARD questions over their articles and 50,000 others."""
    held = corpus.held["stard_statute_train"]
    gold = [p for _, p in held] + [g.passage for g in corpus.pairs["stard_statute_train"]]
    step = max(1, len(corpus.texts["laws_articles"]) // _DISTRACTORS)
    others = corpus.texts["laws_articles"][::step][:_DISTRACTORS]
    index: dict[str, int] = {}
    for text in [*gold, *others]:
        # Without the statute's name and the article's number, which only the
        # answer passages would carry.
        index.setdefault(_ARTICLE_HEAD.sub("", text).strip(), len(index))
    by_query: dict[str, dict[int, int]] = {}
    for query, passage in held:
        body = _ARTICLE_HEAD.sub("", passage).strip()
        by_query.setdefault(query, {})[index[body]] = 1
    return list(by_query), list(index), list(by_query.values())


class Suite:
    """All checks, tokenised once."""

    def __init__(
        self, tokenizer: Tokenizer, corpus: Corpus, shared: Path, held_contrast: list[Group]
    ) -> None:
        """Set up the tasks.

        Args:
            tokenizer: The tokenizer.
            corpus: All data.
            shared: Folder with `eval/` and `corpus/`; without them the
                development questions are left out.
            held_contrast: Contrast sets not trained on.
        """
        groups = [g for gs in corpus.lay.values() for g in gs]
        self.tasks: dict[str, Task] = {}
        rows = [
            (q, i) for i, g in enumerate(groups) if g.field in ABLATION_FILES for q in g.queries
        ]
        self.tasks["lay"] = _task(
            tokenizer, [q for q, _ in rows], [g.passage for g in groups], [{i: 1} for _, i in rows]
        )
        lexical = tf_idf([g.passage for g in groups], [q for q, _ in rows])
        self.lexical = torch.sparse.mm(lexical[1].to_sparse(), lexical[0].T)
        self.tasks["statute"] = _task(tokenizer, *_statutes(corpus))
        held = corpus.held["crud_qa_mined"]
        news = [p for _, p in held] + [g.passage for g in corpus.pairs["crud_qa_mined"]]
        index = {p: i for i, p in enumerate(dict.fromkeys(news))}
        self.tasks["news"] = _task(
            tokenizer, [q for q, _ in held], list(index), [{index[p]: 1} for _, p in held]
        )
        if (shared / "eval" / "dev_questions.jsonl").is_file():
            self.tasks["dev"] = self._dev(tokenizer, shared)
        texts = [t for g in held_contrast for t in (g.queries[0], g.passage, *g.bad_passages)]
        near = [q for g in held_contrast for q in g.bad_queries]
        self.contrast = Store.encode(tokenizer, texts)
        self.near = Store.encode(tokenizer, near)

    @staticmethod
    def _dev(tokenizer: Tokenizer, shared: Path) -> Task:
        records = measures(shared / "corpus")
        place = {name: i for i, name in enumerate(records)}
        queries, grades = [], []
        lines = (shared / "eval" / "dev_questions.jsonl").read_text(encoding="utf-8")
        for line in lines.splitlines():
            row = json.loads(line)
            gains = {place[k]: int(v) for k, v in row["relevant"].items() if k in place}
            if gains and max(gains.values()) == 2:
                queries.append(str(row["question"]))
                grades.append(gains)
        return _task(tokenizer, queries, list(records.values()), grades)

    def measure(self, table: torch.Tensor) -> dict[str, float]:
        """Means of all figures; names are task.figure, `+s` with sentences."""
        found: dict[str, float] = {}
        wanted = {
            "lay": ("hit1", "mrr", "hit10"),
            "statute": ("hit1", "hit10"),
            "news": ("hit1",),
            "dev": ("hit1", "ndcg"),
        }
        for name, task in self.tasks.items():
            for both in (False, True) if name in ("lay", "dev") else (False,):
                figures = score(table, task, both)
                for key in wanted[name]:
                    found[f"{name}{'+s' if both else ''}.{key}"] = float(figures[key].mean())
        with torch.no_grad():
            task = self.tasks["lay"]
            cosines = vectors(table, task.queries) @ vectors(table, task.views).T
            dense = best_view(cosines, task.owner, len(task.first), 0.0)
        # Both are cosines; TF-IDF's are about half as large.
        joined = _figures(dense + 2.0 * self.lexical, task.grades)
        found["lay+s+lexical.mrr"] = float(joined["mrr"].mean())
        found["lay+s+lexical.hit1"] = float(joined["hit1"].mean())
        if len(self.contrast):
            found |= self._contrast(table)
        return found

    def intervals(self, table: torch.Tensor) -> dict[str, tuple[float, float]]:
        """Bootstrap intervals (95 %) of the main figures, over questions."""
        found: dict[str, tuple[float, float]] = {}
        for name, both, keys in (
            ("lay", True, ("mrr", "hit10")),
            ("statute", False, ("hit1", "hit10")),
            ("news", False, ("hit1",)),
            ("dev", True, ("hit1", "ndcg")),
        ):
            if name in self.tasks:
                figures = score(table, self.tasks[name], both)
                for key in keys:
                    found[f"{name}{'+s' if both else ''}.{key}"] = interval(figures[key])
        return found

    def _contrast(self, table: torch.Tensor) -> dict[str, float]:
        with torch.no_grad():
            rows = vectors(table, self.contrast).reshape(-1, 5, table.shape[1])
            near = vectors(table, self.near).reshape(-1, 2, table.shape[1])
        own = torch.einsum("gd,gpd->gp", rows[:, 0], rows[:, 1:])
        wrong = torch.einsum("gqd,gd->gq", near, rows[:, 1])
        return {
            "contrast.pos_first": float((own[:, 0:1] > own[:, 1:]).all(1).float().mean()),
            "contrast.near_below": float((own[:, 0:1] > wrong).float().mean()),
        }


def interval(values: Floats, seed: int = 0, draws: int = 2000) -> tuple[float, float]:
    """95 % bootstrap interval of a mean (percentile method)."""
    rng = np.random.default_rng(seed)
    means = rng.choice(values, (draws, len(values))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
