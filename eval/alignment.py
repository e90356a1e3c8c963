"""Alignment of the two years' measures against hand-made labels; a grid over its settings."""

import argparse
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from corpus.records import Document
from eval.benefits import Counts
from eval.questions import DATA
from eval.tables import table
from index.align import SHIPPED_SETTINGS, Pair, Settings, choose_pairs, find_likeness
from index.protocols import Encoder
from qa.compare import series

ALIGNMENT = DATA / "alignment_gold.jsonl"
_DOUBTFUL = "doubtful:"
# Around the shipped settings, steps so wide that rounding a constant stays within one of them.
_STEPS: Mapping[str, tuple[float, ...]] = {
    "title_weight": (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
    "meaning_weight": (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5),
    "pair": (0.205, 0.235, 0.25, 0.265, 0.28, 0.295, 0.325),
    "split": (0.295, 0.325, 0.34, 0.355, 0.37, 0.385, 0.415),
}
# Places in the steps of the shipped value and its next neighbours.
_NEXT = slice(2, 5)

_Row = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class AlignmentMetrics:
    """Agreement with the labels.

    Attributes:
        pairs: Pairs of measures.
        rows: Pairs, and measures that came or went.
        sure_pairs: Pairs without those that the labels call doubtful.
        sure_rows: The same of all rows.
        errors: One line a disagreement.
    """

    pairs: Counts
    rows: Counts
    sure_pairs: Counts
    sure_rows: Counts
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Labelled rows (older id, newer id), None where the other year has no such measure."""

    rows: frozenset[_Row]
    doubtful: frozenset[_Row]


def load_labels(path: Path = ALIGNMENT) -> Labels:
    """Reads the labelled alignment."""
    written = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = {(row["older"], row["newer"]) for row in written}
    doubtful = {(r["older"], r["newer"]) for r in written if r["why"].startswith(_DOUBTFUL)}
    return Labels(frozenset(rows), frozenset(doubtful))


class Aligned:
    """The two years, compared once, so that many settings can be tried on them.

    Args:
        documents: The documents; the newest two years of one region are taken.
        encoder: Embeds wordings.
    """

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        older, newer = series(documents)
        self._older = [m for m in older.measures if m.kind == "measure"]
        self._newer = [m for m in newer.measures if m.kind == "measure"]
        self._likeness = find_likeness(self._older, self._newer, encoder)

    def rows(self, settings: Settings = SHIPPED_SETTINGS) -> frozenset[_Row]:
        """The rows that some settings lead to, in the labels' form."""
        return frozenset(self._rows(choose_pairs(self._likeness, settings)))

    def _rows(self, pairs: Sequence[Pair]) -> Iterator[_Row]:
        for pair in pairs:
            yield self._older[pair.older].measure_id, self._newer[pair.newer].measure_id
        gone = set(range(len(self._older))) - {pair.older for pair in pairs}
        come = set(range(len(self._newer))) - {pair.newer for pair in pairs}
        yield from ((self._older[i].measure_id, None) for i in gone)
        yield from ((None, self._newer[j].measure_id) for j in come)


def alignment_metrics(
    documents: Sequence[Document], encoder: Encoder, path: Path = ALIGNMENT
) -> AlignmentMetrics:
    """Compares the shipped alignment with the labels.

    Args:
        documents: The documents.
        encoder: Embeds wordings.
        path: The labels.
    """
    labels, found = load_labels(path), Aligned(documents, encoder).rows()
    sure, certain = found - labels.doubtful, labels.rows - labels.doubtful
    errors = [f"missed {_name(row)}" for row in sorted(labels.rows - found, key=_name)]
    errors += [f"extra {_name(row)}" for row in sorted(found - labels.rows, key=_name)]
    return AlignmentMetrics(
        _count(_pairs(found), _pairs(labels.rows)),
        _count(found, labels.rows),
        _count(_pairs(sure), _pairs(certain)),
        _count(sure, certain),
        tuple(errors),
    )


def grid(aligned: Aligned, labels: Labels) -> Iterator[tuple[Settings, float]]:
    """F1 of all rows for every combination of the steps."""
    for values in itertools.product(*(_STEPS[field.name] for field in fields(Settings))):
        settings = Settings(*values)
        yield settings, _count(aligned.rows(settings), labels.rows).f1


def grid_report(documents: Sequence[Document], encoder: Encoder) -> str:
    """Markdown: F1 over weights, over thresholds, and how flat it is around the shipped ones."""
    aligned, labels = Aligned(documents, encoder), load_labels()
    scores = dict(grid(aligned, labels))
    shipped, best = scores[SHIPPED_SETTINGS], max(scores.values())
    near = [score for settings, score in scores.items() if _is_next(settings)]
    close = sum(score >= best - 0.02 for score in scores.values())
    return "\n".join(
        [
            "F1 of all rows (pairs, new, dropped); the other two settings as shipped.",
            "",
            *_square(scores, "title_weight", "meaning_weight"),
            "",
            *_square(scores, "pair", "split"),
            "",
            "The same over weights, with the best thresholds of the grid for each pair of weights:",
            "",
            *_square(_of_best_thresholds(scores), "title_weight", "meaning_weight"),
            "",
            f"Shipped {shipped:.3f}; best of {len(scores)} combinations {best:.3f}, "
            f"{close} of them within 0.02 of it. The {len(near)} combinations of next neighbours: "
            f"{min(near):.3f} to {max(near):.3f}.",
            "",
        ]
    )


def _square(scores: Mapping[Settings, float], down: str, across: str) -> list[str]:
    rows = []
    for value in _STEPS[down]:
        settings = (replace(SHIPPED_SETTINGS, **{down: value, across: w}) for w in _STEPS[across])
        rows.append((value, *(f"{scores[s]:.3f}" for s in settings)))
    return table((f"{down} ↓ {across} →", *_STEPS[across]), rows)


def _of_best_thresholds(scores: Mapping[Settings, float]) -> Mapping[Settings, float]:
    """For each pair of weights, at the shipped thresholds' place, the best over thresholds."""
    best: dict[Settings, float] = {}
    for settings, score in scores.items():
        place = replace(settings, pair=SHIPPED_SETTINGS.pair, split=SHIPPED_SETTINGS.split)
        best[place] = max(score, best.get(place, 0.0))
    return best


def _is_next(settings: Settings) -> bool:
    return all(getattr(settings, name) in steps[_NEXT] for name, steps in _STEPS.items())


def _pairs(rows: Iterable[_Row]) -> frozenset[_Row]:
    return frozenset(row for row in rows if None not in row)


def _count(found: frozenset[_Row], labelled: frozenset[_Row]) -> Counts:
    return Counts(len(found & labelled), len(found), len(labelled))


def _name(row: _Row) -> str:
    return " → ".join(side or "(none)" for side in row)


def main() -> None:
    """Prints the grid."""
    from corpus.reader import load_corpus
    from index.encoders import load_encoder

    argparse.ArgumentParser(prog="python -m eval.alignment", description=__doc__).parse_args()
    print(grid_report(load_corpus(), load_encoder()), end="")


if __name__ == "__main__":
    main()
