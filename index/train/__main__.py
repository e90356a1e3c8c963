"""Command line: `python -m index.train` trains and writes `index/model`."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from . import data, fit, ship, words
from .config import ABLATION_FILES, TokenizerConfig
from .evaluate import CONTRAST_STEP, Suite
from .recipes import SHIPPED

_HERE = Path(__file__).resolve().parents[2]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m index.train", description="Train the static embedding model."
    )
    parser.add_argument(
        "--data", type=Path, default=_HERE.parent / "shared" / "training", help="training data"
    )
    parser.add_argument("--out", type=Path, default=_HERE / "index" / "model", help="model folder")
    parser.add_argument("--seed", type=int, default=SHIPPED.seed)
    parser.add_argument("--steps", type=int, default=SHIPPED.steps)
    parser.add_argument(
        "--skip-comparison",
        action="store_true",
        help="do not first train the same recipe without the held-out fields",
    )
    return parser.parse_args()


def main() -> int:
    """Train, measure and write the model; return the exit status."""
    options = _arguments()
    started = time.monotonic()
    try:
        corpus = data.load(options.data)
    except data.MissingDataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    config = replace(SHIPPED, seed=options.seed, steps=options.steps)
    pieces = TokenizerConfig()
    tokenizer = words.build(words.corpus_counts(corpus, pieces), pieces)
    print(f"{tokenizer.get_vocab_size():,} pieces, {time.monotonic() - started:.0f} s", flush=True)
    held = corpus.contrast[::CONTRAST_STEP]
    suite = Suite(tokenizer, corpus, options.data.parent, held)
    figures: dict[str, dict[str, float]] = {}
    intervals: dict[str, tuple[float, float]] = {}
    extras = bool(config.mined or config.retold_batch)
    material = fit.prepare(tokenizer, corpus, extras=extras)
    if not options.skip_comparison:
        part = fit.prepare(tokenizer, corpus, ABLATION_FILES, held, material.cloze, extras)
        trial = fit.train(part, config)
        figures["comparison"] = suite.measure(trial)
        intervals = suite.intervals(trial)
        print(figures["comparison"], intervals, flush=True)
    table = fit.train(material, config)
    # The lay clauses and contrast sets are training data of these weights.
    figures["shipped"] = {
        name: value
        for name, value in suite.measure(table).items()
        if not name.startswith(("lay", "contrast"))
    }
    print(figures["shipped"], flush=True)
    shape = (table.shape[0], table.shape[1])
    found = {**figures, "comparison_intervals": intervals}
    about = ship.record(corpus, config, pieces, shape, found)
    ship.write(options.out, tokenizer, table, about)
    print(f"wrote {options.out}, {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
