"""Extracted benefits and roles of numbers against hand-made labels."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.benefits import Benefit, find_benefits
from corpus.errors import MissingFileError
from corpus.records import Document, Measure
from corpus.roles import NumberRole, number_roles
from eval.questions import DATA

BENEFITS_GOLD = DATA / "benefits_gold.jsonl"


@dataclass(frozen=True, slots=True)
class Counts:
    """Found and missed items of one sort."""

    correct: int
    found: int
    labelled: int

    @property
    def precision(self) -> float:
        """Share of what was found that is labelled; 1 where nothing was found."""
        return self.correct / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is labelled that was found; 1 where nothing is labelled."""
        return self.correct / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.labelled
        return 2 * self.correct / total if total else 1.0


@dataclass(frozen=True, slots=True)
class BenefitMetrics:
    """How well extraction agrees with the labels.

    Attributes:
        measures: Measures that state a benefit at all.
        benefits: Single benefits: same measure, wording overlaps, each used once.
        kinds: Of the benefits found, those of the labelled kind.
        groups: Of the benefits found, those whose group overlaps the labelled one.
        amounts: Amounts: same measure, bounds and unit.
        roles: Numbers with the labelled role, of the numbers labelled.
        numbers: Labelled numbers that were found at all.
        errors: One line a disagreement.
    """

    measures: Counts
    benefits: Counts
    kinds: Counts
    groups: Counts
    amounts: Counts
    roles: Counts
    numbers: Counts
    errors: tuple[str, ...]


def load_gold(path: Path = BENEFITS_GOLD) -> Mapping[str, Mapping[str, Any]]:
    """Labels by measure id.

    Raises:
        MissingFileError: There is no such file.
    """
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except FileNotFoundError:
        raise MissingFileError(path, "restore the labelled benefits") from None
    return {row["measure_id"]: row for row in rows}


def measure_benefits(
    documents: Sequence[Document], gold: Mapping[str, Mapping[str, Any]]
) -> BenefitMetrics:
    """Compares what is extracted from documents with labels of their measures."""
    errors: list[str] = []
    tally: dict[str, list[int]] = {
        name: [0, 0, 0]
        for name in ("measures", "benefits", "kinds", "groups", "amounts", "roles", "numbers")
    }
    for document in documents:
        for measure in document.measures:
            if measure.measure_id in gold:
                _compare(measure, gold[measure.measure_id], tally, errors)
    counts = {name: Counts(*values) for name, values in tally.items()}
    return BenefitMetrics(**counts, errors=tuple(errors))


def _add(tally: dict[str, list[int]], name: str, correct: int, found: int, labelled: int) -> None:
    for place, value in enumerate((correct, found, labelled)):
        tally[name][place] += value


def _compare(
    measure: Measure, row: Mapping[str, Any], tally: dict[str, list[int]], errors: list[str]
) -> None:
    found, labelled = list(find_benefits(measure)), list(row["benefits"])
    _add(tally, "measures", bool(found) and bool(labelled), bool(found), bool(labelled))
    pairs = _pairs(measure, found, labelled)
    _add(tally, "benefits", len(pairs), len(found), len(labelled))
    for benefit, label in pairs:
        same = benefit.kind == label["kind"]
        _add(tally, "kinds", same, 1, 1)
        if not same:
            errors.append(
                f"{measure.measure_id} kind {benefit.kind} for {label['kind']}: {benefit.quote}"
            )
        who = benefit.who or ""
        agrees = bool(who) and (who in label["who"] or label["who"] in who)
        _add(tally, "groups", agrees, 1, 1)
        if not agrees:
            errors.append(f"{measure.measure_id} group {who!r} for {label['who']!r}")
    errors += [
        f"{measure.measure_id} extra {b.kind}: {b.quote}"
        for b in found
        if all(b is not p for p, _ in pairs)
    ]
    errors += [
        f"{measure.measure_id} missed {g['kind']}: {g['quote']}"
        for g in labelled
        if all(g is not p for _, p in pairs)
    ]
    ours = [(b.amount.low, b.amount.high, b.amount.unit) for b in found if b.amount]
    theirs = [(g["amount_min"], g["amount_max"], g["unit"]) for g in labelled if g["amount"]]
    correct = sum((Counter(ours) & Counter(theirs)).values())
    _add(tally, "amounts", correct, len(ours), len(theirs))
    if correct < max(len(ours), len(theirs)):
        errors.append(f"{measure.measure_id} amounts {ours} for {theirs}")
    _compare_numbers(measure, row["numbers"], tally, errors)


def _compare_numbers(
    measure: Measure,
    labels: Sequence[Mapping[str, Any]],
    tally: dict[str, list[int]],
    errors: list[str],
) -> None:
    ours = number_roles(measure)
    for label in labels:
        start = measure.start + label["start"]
        over: list[NumberRole] = [
            n
            for n in ours
            if n.quantity.start < start + len(label["text"]) and n.quantity.end > start
        ]
        _add(tally, "numbers", bool(over), bool(over), 1)
        same = bool(over) and over[0].role == label["role"]
        _add(tally, "roles", same, bool(over), 1)
        if over and not same:
            errors.append(
                f"{measure.measure_id} role {over[0].role} for {label['role']}: {label['text']}"
            )
        if not over:
            errors.append(
                f"{measure.measure_id} number not found: {label['text']} ({label['role']})"
            )


def _pairs(
    measure: Measure, found: Sequence[Benefit], labelled: Sequence[Mapping[str, Any]]
) -> list[tuple[Benefit, Mapping[str, Any]]]:
    """Pairs each labelled benefit with the found one that overlaps it most; each is used once."""
    overlaps = []
    for j, label in enumerate(labelled):
        start = measure.start + measure.text.find(label["quote"])
        for i, benefit in enumerate(found):
            shared = min(benefit.end, start + len(label["quote"])) - max(benefit.start, start)
            if shared > 0:
                overlaps.append((benefit.kind == label["kind"], shared, -j, -i))
    pairs: list[tuple[Benefit, Mapping[str, Any]]] = []
    used_i: set[int] = set()
    used_j: set[int] = set()
    for _, _, minus_j, minus_i in sorted(overlaps, reverse=True):
        if -minus_i not in used_i and -minus_j not in used_j:
            used_i.add(-minus_i)
            used_j.add(-minus_j)
            pairs.append((found[-minus_i], labelled[-minus_j]))
    return pairs
