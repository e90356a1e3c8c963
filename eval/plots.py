"""Figures as PNG files, labelled in English so that no Chinese font is needed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

from eval.metrics import Estimate
from eval.silence import Point

# Okabe and Ito's palette, told apart by colour-blind readers and in grey.
_COLOURS = ("#999999", "#56B4E9", "#CC79A7", "#009E73", "#D55E00", "#E69F00")


def plot_retrievers(
    path: Path,
    figures: Mapping[str, Mapping[str, Estimate]],
    labels: Mapping[str, str],
    title: str,
) -> None:
    """Bars with 95 % intervals: one cluster a measure, one bar a retriever.

    Args:
        path: PNG file to write.
        figures: Retriever → measure → value.
        labels: Names shown for the retrievers.
        title: Title of the figure.
    """
    measures = list(next(iter(figures.values())))
    figure, axes = plt.subplots(figsize=(10, 4.5), layout="constrained")
    width = 0.84 / len(figures)
    for column, (name, values) in enumerate(figures.items()):
        means = [values[m].mean for m in measures]
        below = [max(0.0, values[m].mean - values[m].low) for m in measures]
        above = [max(0.0, values[m].high - values[m].mean) for m in measures]
        places = [i + (column - (len(figures) - 1) / 2) * width for i in range(len(measures))]
        axes.bar(
            places,
            means,
            0.92 * width,
            yerr=(below, above),
            color=_COLOURS[column % len(_COLOURS)],
            label=labels.get(name, name),
            error_kw={"elinewidth": 1, "capsize": 2, "ecolor": "#222222"},
        )
        for place, mean in zip(places, means, strict=True):
            axes.text(place, 0.02, f"{mean:.2f}", ha="center", fontsize=8, color="black")
    axes.set_xticks(range(len(measures)), measures)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("mean, 95 % bootstrap interval")
    axes.set_title(title)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=len(figures), frameon=False)
    figure.savefig(path, dpi=150)
    plt.close(figure)


def plot_risk_coverage(
    path: Path, curves: Mapping[str, Sequence[Point]], thresholds: Mapping[str, Point]
) -> None:
    """Risk over coverage, one curve per set of questions.

    Args:
        path: PNG file to write.
        curves: Name of the set → curve.
        thresholds: Name of the set → where the assistant stands; coverage and risk are used.
    """
    figure, axes = plt.subplots(figsize=(6.5, 4.5), layout="constrained")
    for (name, points), colour in zip(curves.items(), (_COLOURS[4], _COLOURS[1]), strict=False):
        axes.plot(
            [p.coverage for p in points],
            [p.risk for p in points],
            color=colour,
            drawstyle="steps-post",
            label=name,
        )
        stands = thresholds[name]
        axes.plot(stands.coverage, stands.risk, "o", color=colour, markeredgecolor="black")
    axes.set_xlim(0, 1.02)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("coverage: share of answerable questions answered")
    axes.set_ylabel("risk: wrong share of all questions answered")
    axes.set_title("Risk and coverage (dots: the assistant's decisions)")
    axes.grid(color="#dddddd", linewidth=0.5)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper left", frameon=False)
    figure.savefig(path, dpi=150)
    plt.close(figure)
