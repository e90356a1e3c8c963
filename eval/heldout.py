"""Writes benchmarks from the training pairs that the embedding model never saw.

    python -m eval.heldout --data ../shared/training --out out/heldout
    huiwen eval --beir out/heldout/statutes

Three folders in BEIR's form: questions to statute articles among all articles of the training
text, and questions to the paragraphs of CMRC 2018 and of CRUD news. The questions are those that
training holds out; their passages may have been trained with other questions.
"""

import argparse
import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.errors import MissingFileError
from index.train.data import is_held_out

_PAIRS = {
    "statutes": "pairs/stard_statute_train.jsonl.gz",
    "cmrc": "pairs/cmrc2018_dev_trial.jsonl.gz",
    "news": "pairs/crud_qa_mined.jsonl.gz",
}
_ARTICLES = "text/laws_articles.txt.gz"
# The pairs' articles stand in the text as well, with another heading: the same ending tells them.
_TAIL = 30


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.heldout", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/training"))
    parser.add_argument("--out", type=Path, default=Path("out/heldout"))
    options = parser.parse_args(arguments)
    for name, file in _PAIRS.items():
        pairs = [json.loads(line) for line in _lines(options.data / file)]
        passages = [pair["passage"] for pair in pairs]
        if name == "statutes":
            tails = {passage[-_TAIL:] for passage in passages}
            articles = [line.strip() for line in _lines(options.data / _ARTICLES)]
            passages = [a for a in articles if a[-_TAIL:] not in tails] + passages
        ids = {passage: f"p{i}" for i, passage in enumerate(dict.fromkeys(passages))}
        relevant: dict[str, set[str]] = {}
        for pair in pairs:
            if is_held_out(pair["query"]):
                relevant.setdefault(pair["query"], set()).add(ids[pair["passage"]])
        _write(options.out / name, ids, relevant)
        print(f"{options.out / name}: {len(ids)} passages, {len(relevant)} questions")


def _lines(path: Path) -> list[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return stream.readlines()
    except FileNotFoundError:
        raise MissingFileError(path, "name the training data with --data") from None


def _write(folder: Path, ids: dict[str, str], relevant: dict[str, set[str]]) -> None:
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    rows = ({"_id": i, "title": "", "text": text} for text, i in ids.items())
    _json_lines(folder / "corpus.jsonl", rows)
    queries = ({"_id": f"q{n}", "text": question} for n, question in enumerate(relevant))
    _json_lines(folder / "queries.jsonl", queries)
    with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8") as stream:
        stream.write("query-id\tcorpus-id\tscore\n")
        for n, passages in enumerate(relevant.values()):
            stream.writelines(f"q{n}\t{passage}\t1\n" for passage in sorted(passages))


def _json_lines(path: Path, rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    main()
