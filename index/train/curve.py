"""Quality against the number of lay questions: `python -m index.train.curve`.

The shipped recipe is trained on shares of the lay clauses, without the
held-out fields, as the recipes are compared; one JSON line per share goes to
standard output and, with `--plot`, the curve to a picture.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import data, fit, words
from .config import ABLATION_FILES, TokenizerConfig
from .evaluate import CONTRAST_STEP, Suite
from .recipes import SHIPPED

_SHARES = (0.06, 0.25, 0.5, 1.0)
_LINES = (
    ("dev+s.hit1", "development: P@1", "o"),
    ("dev+s.ndcg", "development: nDCG@10", "s"),
    ("lay+s.mrr", "held-out fields: MRR@10", "^"),
)


def thin(corpus: data.Corpus, share: float) -> data.Corpus:
    """Keep a share of each file's lay clauses, with all their questions.

    The choice depends on the clause's text alone, and a smaller share is part
    of a larger one.
    """

    def order(group: data.Group) -> bytes:
        return hashlib.sha256(group.passage.encode("utf-8")).digest()

    lay: dict[str, list[data.Group]] = {}
    for name, groups in corpus.lay.items():
        kept = set(sorted(map(order, groups))[: round(share * len(groups))])
        lay[name] = [group for group in groups if order(group) in kept]
    return replace(corpus, lay=lay)


def plot(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw the measured shares.

    Args:
        rows: One measured share each: `pairs`, figures and `intervals`.
        path: Picture to write.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.4, 4.0))
    across = [row["pairs"] for row in rows]
    for name, label, marker in _LINES:
        (line,) = axes.plot(across, [row[name] for row in rows], marker=marker, label=label)
        bounds = [row["intervals"][name] for row in rows]
        low, high = zip(*bounds, strict=True)
        axes.fill_between(across, low, high, color=line.get_color(), alpha=0.12, linewidth=0)
    axes.set_xscale("log")
    axes.set_xticks(across, [f"{pairs:,}" for pairs in across])
    axes.minorticks_off()
    axes.set_xlabel("lay questions trained on (log scale)")
    axes.set_ylabel("dense cosine, best of clause and sentences")
    axes.set_ylim(0, 1)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right", fontsize="small")
    axes.set_title("Shipped recipe, one seed; bands: 95 % bootstrap over questions", fontsize=10)
    figure.tight_layout()
    figure.savefig(path, dpi=100)


def main() -> int:
    """Train and measure the shares; return the exit status."""
    root = Path(__file__).resolve().parents[2].parent / "shared" / "training"
    parser = argparse.ArgumentParser(prog="python -m index.train.curve", description=__doc__)
    parser.add_argument("--data", type=Path, default=root, help="training data")
    parser.add_argument("--shares", nargs="+", type=float, default=list(_SHARES))
    parser.add_argument("--plot", type=Path, help="picture to write")
    options = parser.parse_args()
    try:
        corpus = data.load(options.data)
    except data.MissingDataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    pieces = TokenizerConfig()
    tokenizer = words.build(words.corpus_counts(corpus, pieces), pieces)
    held = corpus.contrast[::CONTRAST_STEP]
    suite = Suite(tokenizer, corpus, options.data.parent, held)
    cloze, rows = None, []
    for share in options.shares:
        part = fit.prepare(tokenizer, thin(corpus, share), ABLATION_FILES, held, cloze)
        cloze = part.cloze
        table = fit.train(part, SHIPPED, verbose=False)
        pairs = sum(len(questions) for questions in part.lay.queries)
        rows.append({"share": share, "pairs": pairs, "clauses": len(part.lay)})
        rows[-1] |= {**suite.measure(table), "intervals": suite.intervals(table)}
        print(json.dumps(rows[-1]), flush=True)
    if options.plot:
        plot(rows, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
