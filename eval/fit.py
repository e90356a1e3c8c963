"""Fits the shipped weights: `python -m eval.fit`.

Uses the development questions, the project's own questions and the noted questions, and writes
`qa/weights.json`. Deterministic.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.aliases import SHIPPED_ALIASES, SHIPPED_BACKGROUND
from eval.crossval import cross_validate
from eval.examples import Example, labelled_examples, noted_examples
from eval.fitting import calibrated, fit_model
from eval.questions import DEVELOPMENT, OWN, load_questions
from index.encoders import load_encoder
from index.evidence import COLUMNS as QUESTION_COLUMNS
from index.evidence import TEXT_COLUMNS
from qa.assistant import Assistant, evidence_columns
from qa.library import open_library
from qa.patterns import SHIPPED_PATTERNS
from qa.ranker import DECISION_COLUMNS, SHIPPED_WEIGHTS, Model

MODES = {"questions": QUESTION_COLUMNS, "text": TEXT_COLUMNS}


def gather_examples(mode: str) -> tuple[list[Example], tuple[str, ...]]:
    """All examples for a mode (`questions` or `text`), and the names of their evidence columns."""
    library = open_library(use_aliases=mode == "questions", with_shelf=False)
    assistant = Assistant(library)
    examples = [
        *labelled_examples(assistant, load_questions(DEVELOPMENT), "dev"),
        *labelled_examples(assistant, load_questions(OWN), "own"),
        *noted_examples(library, use_aliases=mode == "questions"),
    ]
    return examples, evidence_columns(MODES[mode])


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit", description=__doc__)
    parser.add_argument("--out", type=Path, default=SHIPPED_WEIGHTS)
    options = parser.parse_args(arguments)
    _bootstrap(options.out)
    models = {}
    for mode in MODES:
        examples, columns = gather_examples(mode)
        judged, _ = cross_validate(examples, columns)
        model = fit_model(examples, columns)
        models[mode] = _table(calibrated(model, examples, [j.probability for j in judged]))
    files = (DEVELOPMENT, OWN, SHIPPED_ALIASES, SHIPPED_BACKGROUND, SHIPPED_PATTERNS)
    report = {
        "command": "python -m eval.fit",
        "model": load_encoder().fingerprint,
        "data": {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files},
        "models": models,
    }
    options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _bootstrap(path: Path) -> None:
    """Evidence is gathered through a library, which needs weights: blank ones where none fit."""
    blank = {mode: _table(_blank(mode)) for mode in MODES}
    known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if any(
        list(known.get("models", {}).get(mode, {}).get("ranking", {})) != list(table["ranking"])
        for mode, table in blank.items()
    ):
        path.write_text(json.dumps({"models": blank}) + "\n", "utf-8")


def _blank(mode: str) -> Model:
    columns = evidence_columns(MODES[mode])
    width = 2 * len(columns) + len(DECISION_COLUMNS)
    return Model(
        columns, np.zeros(len(columns), np.float32), np.zeros(width, np.float32), 0.0, 0.5, 0.2, 0.0
    )


def _table(model: Model) -> dict[str, dict[str, float]]:
    names = (
        *(f"best.{name}" for name in model.columns),
        *DECISION_COLUMNS,
        *(f"largest.{name}" for name in model.columns),
    )
    return {
        "ranking": {
            n: round(float(w), 5) for n, w in zip(model.columns, model.ranking, strict=True)
        },
        "decision": {n: round(float(w), 5) for n, w in zip(names, model.decision, strict=True)},
        "thresholds": {
            "bias": round(model.bias, 5),
            "answered": model.answered,
            "related": model.related,
            "scheme": model.scheme,
        },
    }


if __name__ == "__main__":
    main()
