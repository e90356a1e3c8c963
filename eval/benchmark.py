"""Runs a BEIR benchmark: retrievers side by side, and the report."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from eval.beir import Benchmark
from eval.beir_index import build
from eval.figures import to_json
from eval.metrics import BEIR_MEASURES, RESAMPLES, SEED, Ranked, estimate, per_query
from eval.plots import plot_retrievers
from eval.provenance import provenance_lines
from eval.retrieval import LABELS
from eval.runs import write_qrels, write_run
from eval.tables import table
from index.fusion import FusedSearcher
from index.protocols import Encoder, Searcher
from index.ranking import reciprocal_rank_fusion

_RETRIEVERS = ("lexical", "dense", "rrf", "fused")


def search_all(
    benchmark: Benchmark, searchers: Mapping[str, Searcher], top_k: int
) -> tuple[dict[str, Ranked], dict[str, list[float]]]:
    """Runs every query.

    Args:
        benchmark: The benchmark.
        searchers: By retriever; lexical and dense are among them, and are fused by rank as well.
        top_k: Depth.

    Returns:
        Retriever → ranking, and retriever → milliseconds per query.
    """
    runs: dict[str, dict[str, list[str]]] = {name: {} for name in _RETRIEVERS}
    times: dict[str, list[float]] = {name: [] for name in runs}
    for query, text in tqdm(benchmark.queries.items(), desc="queries", unit="query"):
        hits, spent = {}, {}
        for name, searcher in searchers.items():
            start = time.perf_counter()
            hits[name] = [i for i, _ in searcher.search(text, top_k)]
            spent[name] = time.perf_counter() - start
        start = time.perf_counter()
        fused = reciprocal_rank_fusion([hits["lexical"], hits["dense"]])[:top_k]
        spent["rrf"] = time.perf_counter() - start + spent["lexical"] + spent["dense"]
        hits["rrf"] = [i for i, _ in fused]
        for name in runs:
            runs[name][query] = [benchmark.passages[i].passage_id for i in hits[name]]
            times[name].append(1000 * spent[name])
    return dict(runs), times


def run_benchmark(
    benchmark: Benchmark, encoder: Encoder, folder: Path, top_k: int, made: dict[str, Any]
) -> str:
    """Indexes, searches, measures, and writes run files, plot, metrics.json and report.md.

    Returns:
        The report's text.
    """
    indexed = build(benchmark, encoder)
    searchers: dict[str, Searcher] = {
        "lexical": indexed.lexical,
        "dense": indexed.dense,
        "fused": FusedSearcher(indexed.lexical, indexed.dense, encoder),
    }
    runs, times = search_all(benchmark, searchers, top_k)
    folder.mkdir(parents=True, exist_ok=True)
    write_qrels(folder / f"{benchmark.name}.qrels", benchmark.qrels)
    figures, rows = {}, []
    for name, ranked in runs.items():
        write_run(folder / f"{benchmark.name}.{name}.run", f"huiwen-{name}", ranked)
        values = per_query(BEIR_MEASURES, benchmark.qrels, ranked)
        figures[name] = {m: estimate(list(of.values())) for m, of in values.items()}
        middle, late = np.percentile(times[name], [50, 95])
        rows.append((LABELS[name], *figures[name].values(), f"{middle:.1f} / {late:.1f}"))
    size = f"{len(benchmark.passages)} passages, {len(benchmark.queries)} queries"
    plot_retrievers(
        folder / f"{benchmark.name}.retrievers.png", figures, LABELS, f"{benchmark.name}: {size}"
    )
    metrics = {"provenance": made, "figures": to_json(figures), "top_k": top_k}
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
    lines = [
        f"# {benchmark.name}: {size}",
        "",
        f"Any positive grade counts as relevant. Brackets hold 95 % bootstrap intervals "
        f"({RESAMPLES} resamples of queries, seed {SEED}). Searched to depth {top_k}. The index "
        f"took {indexed.seconds:.1f} s and has {indexed.megabytes:.1f} MB.",
        "",
        *provenance_lines(made),
        "",
        *table(("Retriever", *BEIR_MEASURES, "ms per query (median / 95 %)"), rows),
        "",
        f"![Retrievers]({benchmark.name}.retrievers.png)",
    ]
    text = "\n".join(lines) + "\n"
    (folder / "report.md").write_text(text, "utf-8")
    return text
