"""The comparison as Markdown."""

from collections.abc import Sequence

from eval.metrics import POLICY_MEASURES, RESAMPLES
from eval.peers.comparison import Loaded, Row
from eval.peers.significance import Difference


def section(title: str, baseline: str, loaded: Sequence[Loaded], rows: Sequence[Row]) -> str:
    """Tables for one set of questions.

    Args:
        title: Heading.
        baseline: Name of the retriever that differences refer to.
        loaded: All retrievers; those without a row are reported as not installed.
        rows: Their figures.
    """
    by_name = {row.loaded.entry.name: row for row in rows}
    quality = [
        _quality(item, by_name[item.entry.name]) if item.peer else _missing(item) for item in loaded
    ]
    differences = [
        [row.loaded.entry.name, *map(_difference, row.difference.values())]
        for row in rows
        if row.loaded.entry.name != baseline
    ]
    names = ["Retriever", *POLICY_MEASURES]
    return "\n\n".join(
        (
            f"## {title}",
            _table([*names, "Median, ms", "p95, ms", "Index, s", "Version"], quality),
            f"Retriever less “{baseline}”, paired by question: 95 % interval and two-sided p-value "
            f"of the bootstrap ({RESAMPLES:,} resamples; not corrected for the number of rows).",
            _table(names, differences),
        )
    )


def _quality(item: Loaded, row: Row) -> list[str]:
    return [
        item.entry.name,
        *map(str, row.quality.values()),
        f"{row.median:.2f}",
        f"{row.p95:.2f}",
        f"{item.index_seconds:.2f}",
        item.entry.versions or "this checkout",
    ]


def _missing(item: Loaded) -> list[str]:
    blanks = ["—"] * (len(POLICY_MEASURES) + 3)
    return [item.entry.name, *blanks, f"not installed ({item.missing})"]


def _difference(found: Difference) -> str:
    p = "p < 0.001" if found.p < 0.001 else f"p = {found.p:.3f}"
    mean, low, high = (
        _signed(value) for value in (found.estimate.mean, found.estimate.low, found.estimate.high)
    )
    return f"{mean} [{low}, {high}], {p}"


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
