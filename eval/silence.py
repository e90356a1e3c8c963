"""Knowing when to be silent: statuses, separation, and risk against coverage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.metrics import Estimate, auroc_estimate
from eval.outcome import Outcome

COVERAGES = (1.0, 0.98, 0.95, 0.9, 0.8)


@dataclass(frozen=True, slots=True)
class Statuses:
    """How many questions of one kind got which status.

    Attributes:
        kind: A style of unanswerable question, or a persona.
        n: Questions.
        answered: Claimed as answered.
        related: Measures shown as related only.
        not_found: Nothing shown.
    """

    kind: str
    n: int
    answered: int
    related: int
    not_found: int


@dataclass(frozen=True, slots=True)
class Point:
    """What happens at a threshold.

    Attributes:
        coverage: Share of the answerable questions at or above it.
        threshold: The least confidence that is answered; None where the folds have several.
        risk: Share of wrong answers among all questions at or above it: unanswerable ones, and
            answerable ones whose first measure has no grade 2.
        claimed: Share of the unanswerable questions at or above it.
    """

    coverage: float
    threshold: float | None
    risk: float
    claimed: float


def count_statuses(results: Sequence[Outcome], *, answerable: bool) -> list[Statuses]:
    """Statuses by style of the unanswerable questions, or by persona of the answerable ones."""
    groups: dict[str, Counter[str]] = {}
    for outcome in results:
        labelled = outcome.labelled
        if labelled.answerable == answerable:
            kind = labelled.persona if answerable else labelled.style
            groups.setdefault(kind, Counter())[outcome.answer.status] += 1
    groups["all"] = sum(groups.values(), Counter())
    return [_statuses(kind, counts) for kind, counts in groups.items()]


def separation(results: Sequence[Outcome], *, with_rules: bool) -> Estimate | None:
    """AUROC of answerable against unanswerable questions; None where one kind is missing.

    Args:
        results: Questions of both kinds.
        with_rules: Whether a question that a rule refuses counts as probability 0.
    """
    sides: dict[bool, list[float]] = {True: [], False: []}
    for outcome in results:
        value = outcome.confidence if with_rules else outcome.probability
        sides[outcome.labelled.answerable].append(value)
    if not all(sides.values()):
        return None
    return auroc_estimate(sides[True], sides[False])


def risk_coverage(results: Sequence[Outcome]) -> list[Point]:
    """The curve, from the highest threshold to the lowest; at least one must be answerable."""
    return curve(
        [
            (o.confidence, o.labelled.answerable, o.labelled.answerable and o.is_first_right)
            for o in results
        ]
    )


def curve(judged: Sequence[tuple[float, bool, bool]]) -> list[Point]:
    """The risk-coverage curve.

    Args:
        judged: (confidence, whether answerable, whether an answer would be right) per question.

    Returns:
        One point per distinct confidence, highest first.
    """
    ordered = sorted(judged, key=lambda row: -row[0])
    answerable = sum(row[1] for row in ordered)
    unanswerable = len(ordered) - answerable
    points: list[Point] = []
    covered = claimed = wrong = 0
    for i, (confidence, has_answer, is_right) in enumerate(ordered):
        covered += has_answer
        claimed += not has_answer
        wrong += not is_right
        if i + 1 < len(ordered) and ordered[i + 1][0] == confidence:
            continue
        share = claimed / unanswerable if unanswerable else 0.0
        points.append(Point(covered / answerable, confidence, wrong / (i + 1), share))
    return points


def at_coverage(points: Sequence[Point], coverage: float) -> Point:
    """The point with the highest threshold that covers at least this share."""
    return next(point for point in points if point.coverage >= coverage - 1e-12)


def decided(results: Sequence[Outcome]) -> Point:
    """Where the assistant's own decisions stand."""
    thresholds = {o.threshold for o in results}
    answered = [o for o in results if o.is_answered]
    asked = sum(o.labelled.answerable for o in results)
    covered = sum(o.labelled.answerable for o in answered)
    wrong = sum(not (o.labelled.answerable and o.is_first_right) for o in answered)
    return Point(
        coverage=covered / asked,
        threshold=thresholds.pop() if len(thresholds) == 1 else None,
        risk=wrong / max(1, len(answered)),
        claimed=(len(answered) - covered) / max(1, len(results) - asked),
    )


def _statuses(kind: str, counts: Counter[str]) -> Statuses:
    shown = counts["answered"], counts["related"]
    return Statuses(kind, counts.total(), *shown, counts.total() - sum(shown))
