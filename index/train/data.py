"""Reading of the training data, its checksums and the fixed hold-outs."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .config import HOLDOUT

PAIRS: tuple[str, ...] = (
    "stard_statute_train",
    "lecoqa_keyword_statute_train",
    "lecoqa_q_answer_train",
    "lawbench_consult_article",
    "cmrc2018_dev_trial",
    "drcd_dev_test_t2s",
    "csl_title_abstract",
    "crud_qa_mined",
)
TEXTS: tuple[str, ...] = ("laws_articles", "gov_work_reports", "crud_news")

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?")


class MissingDataError(FileNotFoundError):
    """A file that training reads is absent."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"training data not found: {path}\n"
            "The folder must hold pairs/, text/ and lay_official/ as its own "
            "README.md lists them (public sources named there).  It is not "
            "part of this repository: copy it beside the checkout as "
            "../shared/training, or name it with --data DIR."
        )


@dataclass(frozen=True)
class Group:
    """A passage with the questions it answers.

    Attributes:
        passage: The passage's text.
        queries: Questions or keywords that it answers.
        field: The file that it comes from.
        bad_passages: Similar passages that do not answer the questions.
        bad_queries: Similar questions that the passage does not answer.
    """

    passage: str
    queries: tuple[str, ...]
    field: str
    bad_passages: tuple[str, ...] = ()
    bad_queries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Corpus:
    """Everything that training and its checks read.

    Attributes:
        lay: Official clauses with lay questions, by file.
        contrast: Contrast sets.
        glossary: Official terms with lay expressions, by file.
        pairs: Public pairs by source, held-out queries removed.
        held: Held-out (query, passage) pairs by source.
        texts: Lines of the plain texts by source.
        sha256: Checksum of every file read, by path relative to the data.
    """

    lay: dict[str, list[Group]]
    contrast: list[Group]
    glossary: dict[str, list[Group]]
    pairs: dict[str, list[Group]]
    held: dict[str, list[tuple[str, str]]]
    texts: dict[str, list[str]]
    sha256: dict[str, str] = field(default_factory=dict)


def sentences(text: str, shortest: int = 8) -> list[str]:
    """Cut a text at its sentence ends, joining very short ones to the next."""
    found: list[str] = []
    carry = ""
    for match in _SENTENCE.finditer(text):
        carry += match.group().strip()
        if len(carry) >= shortest:
            found.append(carry)
            carry = ""
    if carry:
        if found:
            found[-1] += carry
        else:
            found.append(carry)
    return found


def is_held_out(query: str) -> bool:
    """Whether a query belongs to the fixed hold-out.

    The choice depends on the query's text alone, because the same question
    occurs in several sources (STARD and LeCoQA share many).
    """
    digest = hashlib.sha256(query.strip().encode("utf-8")).digest()
    return int.from_bytes(digest[:4], "big") % HOLDOUT == 0


class _Reader:
    """Reads files below the data folder and keeps their checksums."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sha256: dict[str, str] = {}

    def lines(self, name: str) -> list[str]:
        path = self.root / name
        if not path.is_file():
            raise MissingDataError(path)
        raw = path.read_bytes()
        self.sha256[name] = hashlib.sha256(raw).hexdigest()
        if name.endswith(".gz"):
            raw = gzip.decompress(raw)
        return [line for line in raw.decode("utf-8").split("\n") if line.strip()]

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines(name)]

    def files(self, folder: str, ending: str) -> list[str]:
        if not (self.root / folder).is_dir():
            raise MissingDataError(self.root / folder)
        return sorted(p.name for p in (self.root / folder).glob("*" + ending))


def _grouped(rows: list[tuple[str, str]], source: str) -> list[Group]:
    by_passage: dict[str, dict[str, None]] = {}
    for query, passage in rows:
        by_passage.setdefault(passage, {})[query] = None
    return [Group(p, tuple(qs), source) for p, qs in by_passage.items()]


def load(root: Path) -> Corpus:
    """Read all training data.

    Args:
        root: Folder with `pairs/`, `text/` and `lay_official/`.

    Returns:
        The corpus, held-out queries already set apart.

    Raises:
        MissingDataError: A file or folder is absent.
    """
    reader = _Reader(root)
    lay: dict[str, list[Group]] = {}
    for name in reader.files("lay_official", "_clauses.jsonl"):
        key = name.removesuffix("_clauses.jsonl")
        rows = reader.rows(f"lay_official/{name}")
        lay[key] = [Group(r["p"], tuple(r["q"]), key) for r in rows]
    glossary: dict[str, list[Group]] = {}
    for name in reader.files("lay_official", "_glossary.jsonl"):
        key = name.removesuffix("_glossary.jsonl")
        rows = reader.rows(f"lay_official/{name}")
        glossary[key] = [Group(r["official"], tuple(r["lay"]), key) for r in rows]
    contrast = [
        Group(r["pos"], (r["q"],), "contrast", tuple(r["neg"]), tuple(r["near_miss_q"]))
        for r in reader.rows("lay_official/contrast.jsonl")
    ]
    pairs: dict[str, list[Group]] = {}
    held: dict[str, list[tuple[str, str]]] = {}
    for source in PAIRS:
        rows = reader.rows(f"pairs/{source}.jsonl.gz")
        both = [(str(r["query"]), str(r["passage"])) for r in rows]
        held[source] = [pair for pair in both if is_held_out(pair[0])]
        pairs[source] = _grouped([x for x in both if not is_held_out(x[0])], source)
    texts = {source: reader.lines(f"text/{source}.txt.gz") for source in TEXTS}
    return Corpus(lay, contrast, glossary, pairs, held, texts, dict(reader.sha256))
