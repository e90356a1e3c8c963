"""Reads retrieval benchmarks in BEIR's folder form (Thakur et al. 2021).

corpus.jsonl with _id, title and text; queries.jsonl with _id and text; qrels/<split>.tsv, or
qrels.tsv, with a header and the columns query id, corpus id, score.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import MissingFileError, UsageError
from index.passages import Passage

_FORM = "a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/<split>.tsv"
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark.

    Attributes:
        name: The folder's name.
        files: The files read.
        passages: The corpus.
        queries: Query id → text, of queries that have labels.
        qrels: Query id → document id → grade.
    """

    name: str
    files: tuple[Path, ...]
    passages: tuple[Passage, ...]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def read_benchmark(folder: Path, split: str = "test") -> Benchmark:
    """Reads a BEIR folder.

    Args:
        folder: The folder.
        split: Which labels; qrels.tsv is used where there is no folder qrels.

    Raises:
        MissingFileError: The folder or a file of it does not exist.
        UsageError: A line is malformed, an id is given twice or unknown, or nothing is labelled.
    """
    if not folder.is_dir():
        raise MissingFileError(folder, _FORM)
    corpus, queries = folder / "corpus.jsonl", folder / "queries.jsonl"
    labels = _labels_file(folder, split)
    passages = tuple(
        Passage(identifier, row["text"], row.get("title") or "")
        for identifier, row in _rows(corpus)
    )
    texts = {identifier: row["text"] for identifier, row in _rows(queries)}
    qrels = _read_qrels(labels)
    unknown = set(qrels) - set(texts)
    if unknown:
        raise UsageError(f"{labels}: query {min(unknown)!r} is not in {queries.name}")
    if not passages:
        raise UsageError(f"{corpus}: it holds no passage")
    return Benchmark(
        name=folder.resolve().name,
        files=(corpus, queries, labels),
        passages=passages,
        queries={query: texts[query] for query in qrels},
        qrels=qrels,
    )


def _labels_file(folder: Path, split: str) -> Path:
    named, single = folder / "qrels" / f"{split}.tsv", folder / "qrels.tsv"
    if named.is_file():
        return named
    known = sorted(path.stem for path in (folder / "qrels").glob("*.tsv"))
    if known:
        raise MissingFileError(named, f"there are the splits {', '.join(known)}")
    if not single.is_file():
        raise MissingFileError(named, _FORM)
    return single


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, line
    except FileNotFoundError:
        raise MissingFileError(path, _FORM) from None
    except (IsADirectoryError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not a UTF-8 text file ({error})") from error


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    seen: set[str] = set()
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            identifier = str(row["_id"])
            if not isinstance(row["text"], str) or not isinstance(row.get("title") or "", str):
                raise TypeError("text or title is no string")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f'{path}, line {number}: not of the form {{"_id": …, "text": …}} ({error!r})'
            ) from error
        if identifier in seen:
            raise UsageError(f"{path}, line {number}: id {identifier!r} is given twice")
        seen.add(identifier)
        yield identifier, row


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        if number == 1:  # the header
            continue
        cells = line.rstrip("\r\n").split("\t")
        try:
            if len(cells) != _COLUMNS:
                raise ValueError(f"{len(cells)} columns")
            qrels.setdefault(cells[0], {})[cells[1]] = int(cells[2])
        except ValueError as error:
            raise UsageError(
                f"{path}, line {number}: not query id, corpus id, whole-number score separated by "
                f"tabs ({error})"
            ) from error
    # trec_eval leaves a query without any relevant document out of the mean, as BEIR does.
    labelled = {query: grades for query, grades in qrels.items() if max(grades.values()) > 0}
    if not labelled:
        raise UsageError(f"{path}: no query has a relevant document; nothing can be measured")
    return labelled
