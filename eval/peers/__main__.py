"""Compares Huiwen with other libraries: `python -m eval.peers`.

The packages of `requirements-peers.txt` are needed for all rows; those that are missing are
reported as not installed.
"""

import argparse
import json
import platform
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from os import cpu_count
from pathlib import Path

from corpus.catalog import SHIPPED_CATALOG
from corpus.reader import load_corpus
from eval.peers.comparison import DEPTH, compare, load
from eval.peers.registry import BASELINE, ENTRIES
from eval.peers.report import section
from eval.questions import DEVELOPMENT, OWN, load_questions
from index.passages import passages_from
from qa.ranker import SHIPPED_WEIGHTS

_SETS = {"Development questions": DEVELOPMENT, "Own questions": OWN}


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.peers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is timed")
    parser.add_argument("--out", type=Path, help="file for the tables")
    options = parser.parse_args(arguments)
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    passages = passages_from(load_corpus(SHIPPED_CATALOG, with_shelf=False), {})
    loaded = load(ENTRIES, [passage.text for passage in passages])
    parts = ["# Huiwen beside other libraries", _notes(len(passages), options.rounds)]
    for title, path in _SETS.items():
        questions = [question for question in load_questions(path) if question.answerable]
        rows = compare(
            loaded,
            [passage.passage_id for passage in passages],
            questions,
            baseline=BASELINE.name,
            rounds=options.rounds,
        )
        full = f"{title} ({len(questions)} answerable)"
        parts.append(section(full, BASELINE.name, loaded, rows))
    text = "\n\n".join(parts) + "\n"
    if options.out is not None:
        options.out.write_text(text, "utf-8")
    print(text)


def _notes(size: int, rounds: int) -> str:
    used = json.loads(SHIPPED_WEIGHTS.read_text("utf-8")).get("data", {})
    fitted = [
        title
        for title, path in _SETS.items()
        if sha256(path.read_bytes()).hexdigest() in used.values()
    ]
    seen = " and ".join(title.lower() for title in fitted) or "other questions than these"
    notes = (
        f"{date.today().isoformat()}, Python {platform.python_version()}, {platform.machine()}, "
        f"{cpu_count()} processors.",
        f"All index the same {size} texts, each its section, title and body, joined by 「。」; "
        "“Huiwen, full” also has the noted questions, which no other row has. P@1, R@5 and RR@10 "
        "count measures that answer (grade 2); nDCG's gain is the grade. In brackets: 95 % "
        "interval of the bootstrap over questions.",
        f"Huiwen runs with its shipped weights, which were fitted on {seen}: where these are the "
        "questions asked, its rows are not held out and its lead may be overstated; the "
        "cross-validated figures are in the evaluation report. No other retriever was fitted.",
        f"Latency: one search of depth {DEPTH} in one process, {rounds} rounds, the retrievers "
        "taking turns at each question. Index time leaves out imports and jieba's dictionary; "
        "Huiwen's includes reading the documents, loading its model and saving the index.",
    )
    return "\n".join(f"- {note}" for note in notes)


if __name__ == "__main__":
    main()
