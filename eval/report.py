"""The report on labelled questions: Markdown, metrics.json, run files, plots."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.figures import SetFigures, to_json
from eval.metrics import RESAMPLES, SEED
from eval.plots import plot_retrievers, plot_risk_coverage
from eval.provenance import provenance_lines
from eval.retrieval import FULL, LABELS
from eval.runs import write_qrels, write_run
from eval.sections import section


def write_report(
    folder: Path,
    sets: Sequence[SetFigures],
    judged: str,
    made: dict[str, Any],
    more: str = "",
) -> str:
    """Writes everything into a folder.

    Args:
        folder: Created where it does not exist.
        sets: Figures by set of questions.
        judged: A sentence on how the questions were judged.
        made: Provenance.
        more: Sections that follow, Markdown.

    Returns:
        The report's text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for figures in sets:
        write_qrels(folder / f"{figures.name}.qrels", figures.qrels)
        for name, ranked in figures.runs.items():
            write_run(folder / f"{figures.name}.{name}.run", f"huiwen-{name}", ranked)
        n = next(iter(figures.retrieval.groups["all"][FULL].values())).n
        plot_retrievers(
            folder / f"{figures.name}.retrievers.png",
            figures.retrieval.groups["all"],
            LABELS,
            f"{figures.name}: {n} answerable questions",
        )
    plot_risk_coverage(
        folder / "risk_coverage.png",
        {s.name: s.curve for s in sets},
        {s.name: s.decided for s in sets},
    )
    metrics = {"provenance": made, "judged": judged, "sets": {s.name: _json(s) for s in sets}}
    content = json.dumps(metrics, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "metrics.json").write_text(content + "\n", "utf-8")
    text = "\n".join([*_head(judged, made), *(line for s in sets for line in section(s))]) + "\n"
    text = f"{text}\n{more}" if more else text
    (folder / "report.md").write_text(text, "utf-8")
    return text


def _json(figures: SetFigures) -> dict[str, Any]:
    values: dict[str, Any] = to_json(figures)
    del values["runs"], values["qrels"]  # they have files of their own
    return values


def _head(judged: str, made: dict[str, Any]) -> list[str]:
    return [
        "# Evaluation",
        "",
        judged,
        "",
        f"Brackets hold 95 % bootstrap intervals ({RESAMPLES} resamples, seed {SEED}).",
        "P@1, R@5 and RR@10 count grade 2 only; nDCG@10 has linear gain (trec_eval's).",
        "",
        *provenance_lines(made),
        "",
        "![Risk and coverage](risk_coverage.png)",
    ]
