"""TREC run and qrels files."""

import re
from pathlib import Path
from urllib.parse import quote

from eval.metrics import Qrels, Ranked


def write_run(path: Path, name: str, ranked: Ranked) -> None:
    """Writes `query Q0 document rank score name` lines.

    The score falls by one from rank to rank: trec_eval orders by score alone, and the retrievers'
    own scores may tie.
    """
    lines = [
        f"{_field(query)} Q0 {_field(document)} {rank} {len(documents) + 1 - rank} {name}\n"
        for query, documents in ranked.items()
        for rank, document in enumerate(documents, start=1)
    ]
    path.write_text("".join(lines), "utf-8")


def write_qrels(path: Path, qrels: Qrels) -> None:
    """Writes `query 0 document grade` lines."""
    lines = [
        f"{_field(query)} 0 {_field(document)} {grade}\n"
        for query, grades in qrels.items()
        for document, grade in grades.items()
    ]
    path.write_text("".join(lines), "utf-8")


def _field(identifier: str) -> str:
    """The formats are separated by blanks: one inside an id is percent-encoded."""
    return re.sub(r"\s", lambda blank: quote(blank.group()), identifier)
