from datetime import date

import pytest

from eval.answers import rightness
from eval.outcome import Outcome
from eval.questions import LabelledQuestion
from eval.silence import at_coverage, count_statuses, curve, decided, separation
from qa.answer import Answer, Reason, Status


def _outcome(
    status: Status,
    probability: float,
    *,
    relevant: dict[str, int] | None = None,
    style: str = "easy",
    reason: Reason | None = None,
) -> Outcome:
    persona = "business" if relevant else "unanswerable"
    labelled = LabelledQuestion("q", "?", persona, style, relevant or {}, (), ())
    answer = Answer("?", status, reason, date(2024, 1, 1))
    return Outcome(labelled, "?", ("a", "b"), probability, 0.5, answer)


def test_the_curve_by_hand() -> None:
    points = curve(
        [
            (0.9, True, True),
            (0.8, True, False),
            (0.7, False, False),
            (0.6, True, True),
            (0.1, False, False),
            (0.1, True, True),
        ]
    )
    assert [p.coverage for p in points] == [0.25, 0.5, 0.5, 0.75, 1]
    assert [p.risk for p in points] == pytest.approx([0, 1 / 2, 2 / 3, 2 / 4, 3 / 6])
    assert [p.claimed for p in points] == [0, 0, 0.5, 0.5, 1]


def test_a_coverage_is_reached_by_the_highest_threshold() -> None:
    points = curve([(0.9, True, True), (0.8, True, True), (0.7, False, False), (0.1, True, True)])
    assert at_coverage(points, 2 / 3).threshold == 0.8
    assert at_coverage(points, 0.8).threshold == 0.1
    assert at_coverage(points, 1.0).risk == 0.25


def test_a_rule_overrules_the_probability() -> None:
    assert _outcome("not_found", 0.9, reason="other_region").confidence == 0
    assert _outcome("related", 0.3, reason="other_year").confidence == 0
    assert _outcome("related", 0.9, reason="not_stated").confidence == 0
    assert _outcome("related", 0.3, reason="not_stated").confidence == 0.3
    assert _outcome("answered", 0.9).confidence == 0.9
    assert _outcome("answered", 0.2).confidence == 1  # a clause asked for by its number


def test_statuses_are_counted_by_style() -> None:
    results = [
        _outcome("answered", 0.9),
        _outcome("not_found", 0.1),
        _outcome("invalid", 0.1, style="medium"),
        _outcome("answered", 0.9, relevant={"a": 2}),
    ]
    rows = count_statuses(results, answerable=False)
    assert [(r.kind, r.n, r.answered, r.related, r.not_found) for r in rows] == [
        ("easy", 2, 1, 0, 1),
        ("medium", 1, 0, 0, 1),
        ("all", 3, 1, 0, 2),
    ]


def test_right_is_grade_two_first_or_no_claim() -> None:
    results = [
        _outcome("answered", 0.9, relevant={"a": 2}),
        _outcome("answered", 0.9, relevant={"a": 1, "b": 2}),
        _outcome("related", 0.4, relevant={"a": 2}),
        _outcome("related", 0.4),
        _outcome("answered", 0.9),
    ]
    shares = {group: value.mean for group, value in rightness(results).items()}
    assert shares == pytest.approx({"all": 2 / 5, "business": 1 / 3, "unanswerable": 1 / 2})
    point = decided(results)
    assert (point.coverage, point.risk, point.claimed) == pytest.approx((2 / 3, 2 / 3, 1 / 2))


def test_separation_needs_both_kinds() -> None:
    answerable = _outcome("answered", 0.6, relevant={"a": 2})
    refused = _outcome("not_found", 0.9, reason="other_region")
    assert separation([answerable], with_rules=False) is None
    alone = separation([answerable, refused], with_rules=False)
    ruled = separation([answerable, refused], with_rules=True)
    assert alone is not None
    assert ruled is not None
    assert (alone.mean, ruled.mean) == (0, 1)
