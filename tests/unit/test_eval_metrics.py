import math

import pytest

from eval.metrics import (
    BEIR_MEASURES,
    POLICY_MEASURES,
    auroc,
    auroc_estimate,
    estimate,
    per_query,
)


def test_measures_by_hand() -> None:
    qrels = {"q": {"a": 2, "b": 1, "c": 2}}
    values = per_query(POLICY_MEASURES, qrels, {"q": ["b", "a", "x", "c"]})
    assert values["P@1"]["q"] == 0  # grade 1 is no answer
    assert values["RR@10"]["q"] == 0.5
    assert values["R@5"]["q"] == 1
    # Linear gain: 1 + 2/log2(3) + 2/log2(5), ideally 2 + 2/log2(3) + 1/log2(4).
    found = 1 + 2 / math.log2(3) + 2 / math.log2(5)
    ideal = 2 + 2 / math.log2(3) + 1 / math.log2(4)
    assert values["nDCG@10"]["q"] == pytest.approx(found / ideal, abs=1e-4)


def test_recall_counts_grade_two_within_five() -> None:
    qrels = {"q": {"a": 2, "b": 2}}
    values = per_query(POLICY_MEASURES, qrels, {"q": ["1", "2", "3", "4", "a", "b"]})
    assert values["R@5"]["q"] == 0.5
    assert values["RR@10"]["q"] == pytest.approx(0.2)


def test_the_given_order_counts_and_not_the_ids() -> None:
    qrels = {"q": {"a": 2}}
    documents = ["a", *(f"z{i}" for i in range(300))]
    assert per_query(POLICY_MEASURES, qrels, {"q": documents})["P@1"]["q"] == 1


def test_a_query_without_results_counts_zero() -> None:
    qrels = {"q": {"a": 2}, "r": {"a": 2}, "s": {"a": 2}}
    values = per_query(POLICY_MEASURES, qrels, {"q": ["a"], "r": []})
    assert all(of == {"q": 1, "r": 0, "s": 0} for of in values.values())


def test_any_positive_grade_is_relevant_in_a_benchmark() -> None:
    values = per_query(BEIR_MEASURES, {"q": {"a": 1, "b": 0}}, {"q": ["b", "a"]})
    assert (values["P@1"]["q"], values["RR@10"]["q"], values["R@100"]["q"]) == (0, 0.5, 1)


def test_a_bootstrap_is_the_same_every_time() -> None:
    values = [0.0, 1.0, 1.0, 0.0, 1.0, 0.5]
    assert estimate(values) == estimate(values)


def test_a_bootstrap_interval_by_hand() -> None:
    # The mean of two draws from {0, 1} is 0 or 1 a quarter of the time each.
    found = estimate([0.0, 1.0])
    assert (found.mean, found.low, found.high, found.n) == (0.5, 0, 1, 2)
    # A share of 0.5 in 100 draws has a standard error of 0.05.
    wide = estimate([0.0, 1.0] * 50)
    assert wide.low == pytest.approx(0.4, abs=0.02)
    assert wide.high == pytest.approx(0.6, abs=0.02)


def test_a_constant_has_no_spread() -> None:
    found = estimate([1.0] * 7)
    assert (found.low, found.high) == (1, 1)


def test_auroc_by_hand() -> None:
    # Of 2 x 3 pairs, the positive is higher in 4 and ties in 1.
    assert auroc([0.9, 0.5], [0.5, 0.1, 0.7]) == pytest.approx(4.5 / 6)


def test_auroc_interval_holds_the_value() -> None:
    found = auroc_estimate([0.9, 0.5, 0.8, 0.6], [0.5, 0.1, 0.7])
    assert found.low <= found.mean <= found.high
    assert found == auroc_estimate([0.9, 0.5, 0.8, 0.6], [0.5, 0.1, 0.7])
