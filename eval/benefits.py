"""Extracted benefits and roles of numbers against hand-made labels."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.benefits.extract import Benefit, find_benefits
from corpus.benefits.roles import NumberRole, number_roles
from corpus.errors import MissingFileError
from corpus.records import Document, Measure
from corpus.structure.units import measure_units
from eval.questions import DATA

BENEFITS_GOLD = DATA / "benefits_gold.jsonl"
BENEFITS_OTHER = DATA / "benefits_other.jsonl"
# Rules were developed on the first so many measures of other cities; the rest is only measured.
SEEN = 40
_ITEMS = ("measures", "benefits", "kinds", "groups", "amounts", "roles", "numbers")
_TITLE = re.compile(r"[1-9]\d*\s*[．.、]\s*[^。]*。?")
_DRAWS, _SEED = 1000, 17

_Tally = dict[str, list[int]]


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
    return _metrics(_labelled(documents, gold))


def measure_other(path: Path = BENEFITS_OTHER) -> Mapping[str, BenefitMetrics]:
    """Compares with labels of measures in the style of other cities, in two halves.

    Returns:
        `seen`: ids 1–40, on which rules were developed; `unseen`: 41–80, which are only measured.
    """
    return {name: _metrics(pairs) for name, pairs in _halves(path).items()}


def benefit_section(documents: Sequence[Document]) -> str:
    """A section of the report in Markdown: tables with 95 % bootstrap intervals over measures."""
    gold = load_gold()
    sets = {d.document_id: _labelled([d], gold) for d in documents}
    sets = {name: pairs for name, pairs in sets.items() if pairs}
    sets["documents, all"] = _labelled(documents, gold)
    halves = _halves(BENEFITS_OTHER)
    sets["other cities, seen"], sets["other cities, unseen"] = halves["seen"], halves["unseen"]
    lines = ["## Benefits and roles of numbers", ""]
    drawn = {name: _draws([_tally(*pair)[0] for pair in pairs]) for name, pairs in sets.items()}
    for columns in (_FOUND, _SAID):
        lines += [f"| | measures | {' | '.join(columns)} |", "|:--|" + "--:|" * (len(columns) + 1)]
        for name, draws in drawn.items():
            cells = " | ".join(_cell(draws, value) for value in columns.values())
            lines.append(f"| {name} | {len(sets[name])} | {cells} |")
        lines.append("")
    return "\n".join([*lines, _HOW, ""])


_Value = Callable[[Mapping[str, Counts]], float]
_FOUND: Mapping[str, _Value] = {
    "measures F1": lambda c: c["measures"].f1,
    "benefits P": lambda c: c["benefits"].precision,
    "benefits R": lambda c: c["benefits"].recall,
    "benefits F1": lambda c: c["benefits"].f1,
    "kinds": lambda c: c["kinds"].recall,
}
_SAID: Mapping[str, _Value] = {
    "groups": lambda c: c["groups"].recall,
    "amounts P": lambda c: c["amounts"].precision,
    "amounts R": lambda c: c["amounts"].recall,
    "roles": lambda c: c["roles"].precision,
    "numbers found": lambda c: c["numbers"].recall,
}
_HOW = (
    "Kinds and groups are of the benefits found, roles of the numbers found. In brackets: 95 % "
    f"bootstrap intervals over measures ({_DRAWS} draws, fixed seed). Labels were written blind to "
    "the extraction; the extraction was then improved with the documents' labels and ids 1–40 in "
    "view; ids 41–80 were measured six times, never read. Blind first-look figures on the "
    "documents were: bearing F1 0.943, benefits F1 0.812, amounts P 0.692 R 1.000, roles 0.944 of "
    "numbers found."
)


def _draws(tallies: Sequence[_Tally]) -> Sequence[Mapping[str, Counts]]:
    """The counts of all measures, then those of each draw with replacement."""
    generator = random.Random(_SEED)  # noqa: S311  # a sample, no secret
    drawn = (generator.choices(tallies, k=len(tallies)) for _ in range(_DRAWS if tallies else 0))
    return [_counts(tallies), *(_counts(draw) for draw in drawn)]


def _cell(draws: Sequence[Mapping[str, Counts]], value: _Value) -> str:
    """A figure with its interval."""
    values = sorted(map(value, draws[1:]))
    if not values:
        return "–"
    low, high = values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]
    return f"{value(draws[0]):.3f} [{low:.2f}, {high:.2f}]"


def _labelled(
    documents: Sequence[Document], gold: Mapping[str, Mapping[str, Any]]
) -> list[tuple[Measure, Mapping[str, Any]]]:
    return [
        (measure, gold[measure.measure_id])
        for document in documents
        for measure in document.measures
        if measure.measure_id in gold
    ]


def _halves(path: Path) -> Mapping[str, list[tuple[Measure, Mapping[str, Any]]]]:
    pairs = [(_measure(row), row) for row in load_gold(path).values()]
    return {"seen": pairs[:SEEN], "unseen": pairs[SEEN:]}


def _measure(row: Mapping[str, Any]) -> Measure:
    """A measure from a row's own text, as if a document held nothing else."""
    text = str(row["text"])
    title, units = _TITLE.match(text), measure_units(text)
    start, end = title.end() if title else 0, units.start if units else len(text)
    name, none = str(row["measure_id"]), ()
    return Measure(
        *(name, "other", "measure", None, "", "", none, none, "none", text, 0, len(text)),
        start,
        end,
    )


def _tally(measure: Measure, row: Mapping[str, Any]) -> tuple[_Tally, list[str]]:
    """One measure's counts and errors."""
    tally: _Tally = {name: [0, 0, 0] for name in _ITEMS}
    errors: list[str] = []
    _compare(measure, row, tally, errors)
    return tally, errors


def _counts(tallies: Sequence[_Tally]) -> Mapping[str, Counts]:
    return {name: Counts(*(sum(t[name][i] for t in tallies) for i in range(3))) for name in _ITEMS}


def _metrics(pairs: Sequence[tuple[Measure, Mapping[str, Any]]]) -> BenefitMetrics:
    compared = [_tally(measure, row) for measure, row in pairs]
    counts = _counts([tally for tally, _ in compared])
    return BenefitMetrics(**counts, errors=tuple(e for _, errors in compared for e in errors))


def _add(tally: _Tally, name: str, correct: int, found: int, labelled: int) -> None:
    for place, value in enumerate((correct, found, labelled)):
        tally[name][place] += value


def _compare(measure: Measure, row: Mapping[str, Any], tally: _Tally, errors: list[str]) -> None:
    found, labelled = list(find_benefits(measure)), list(row["benefits"])
    _add(tally, "measures", bool(found) and bool(labelled), bool(found), bool(labelled))
    pairs = _pairs(measure, found, labelled)
    _add(tally, "benefits", len(pairs), len(found), len(labelled))
    for benefit, label in pairs:
        kind = label["kind"]
        _add(tally, "kinds", benefit.kind == kind, 1, 1)
        if benefit.kind != kind:
            errors.append(f"{measure.measure_id} kind {benefit.kind} for {kind}: {benefit.quote}")
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
    tally: _Tally,
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
            errors.append(f"{measure.measure_id} number not found: {label['text']}")


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
