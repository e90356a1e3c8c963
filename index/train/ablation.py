"""Compare recipes: `python -m index.train.ablation [--only NAME ...]`.

Every recipe is trained without the held-out fields and contrast sets and
measured alike; one JSON line per recipe goes to standard output.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import data, fit, words
from .config import ABLATION_FILES, TokenizerConfig
from .evaluate import CONTRAST_STEP, Suite
from .recipes import COMPARED


def main() -> int:
    """Train and measure the recipes; return the exit status."""
    root = Path(__file__).resolve().parents[2].parent / "shared" / "training"
    parser = argparse.ArgumentParser(prog="python -m index.train.ablation", description=__doc__)
    parser.add_argument("--data", type=Path, default=root, help="training data")
    parser.add_argument("--only", nargs="+", choices=list(COMPARED), default=list(COMPARED))
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
    material = fit.prepare(tokenizer, corpus, ABLATION_FILES, held, extras=True)
    for name in options.only:
        table = fit.train(material, COMPARED[name], verbose=False)
        row = {"recipe": name, **suite.measure(table), "intervals": suite.intervals(table)}
        print(json.dumps(row, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
