"""Alignment: the assignment against all permutations, sections, thresholds, hostile input."""

from itertools import permutations

import numpy as np
import pytest

from corpus.records import Measure
from index.align import Likeness, Settings, align, choose_pairs, dice, find_likeness
from tests.support import HashEncoder

_WORDS = Settings(title_weight=0, meaning_weight=0, pair=0.3, split=0.8)


def _measure(number: int, title: str, body: str = "", section: str = "甲") -> Measure:
    text = title + body
    return Measure(
        f"d:{number}",
        "d",
        "measure",
        number,
        title,
        section,
        (),
        (),
        "none",
        text,
        0,
        len(text),
        len(title),
        len(text),
    )


def _likeness(words: np.ndarray, same_section: np.ndarray | None = None) -> Likeness:
    empty = np.zeros_like(words)
    together = np.ones(words.shape, bool) if same_section is None else same_section
    return Likeness(words, empty, empty, together)


def _best(scores: np.ndarray) -> set[tuple[int, int]]:
    """The assignment of the largest total, by trying all."""
    rows, columns = scores.shape
    if rows > columns:
        return {(i, j) for j, i in _best(scores.T)}
    tries = permutations(range(columns), rows)
    best = max(tries, key=lambda p: sum(scores[i, j] for i, j in enumerate(p)))
    return set(enumerate(best))


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (4, 1), (3, 3), (3, 5), (5, 3), (5, 5)])
@pytest.mark.parametrize("seed", range(8))
def test_pairs_are_the_best_assignment_and_very_alike_ones(
    shape: tuple[int, int], seed: int
) -> None:
    generator = np.random.default_rng(seed)
    scores, together = generator.random(shape), generator.random(shape) < 0.7
    found = choose_pairs(_likeness(scores, together), _WORDS)
    scores = np.where(together, scores, 0.0)
    expected = {(i, j) for i, j in _best(scores) if scores[i, j] >= _WORDS.pair}
    expected |= {(int(i), int(j)) for i, j in np.argwhere(scores >= _WORDS.split)}
    assert {(p.older, p.newer) for p in found} == expected
    assert all(p.similarity == round(scores[p.older, p.newer], 4) for p in found)


def test_the_largest_total_wins_over_the_largest_single_likeness() -> None:
    scores = np.array([[0.7, 0.6], [0.65, 0.1]])
    assert {(p.older, p.newer) for p in choose_pairs(_likeness(scores), _WORDS)} == {(0, 1), (1, 0)}


def test_a_measure_may_be_split_and_merged() -> None:
    scores = np.array([[0.9, 0.85], [0.1, 0.2]])
    pairs = [(p.older, p.newer) for p in choose_pairs(_likeness(scores), _WORDS)]
    assert pairs == [(0, 0), (0, 1)]


def test_below_the_threshold_nothing_is_paired() -> None:
    assert choose_pairs(_likeness(np.full((3, 3), 0.29)), _WORDS) == ()


def test_measures_of_other_sections_are_never_paired() -> None:
    apart = np.zeros((2, 2), bool)
    assert choose_pairs(_likeness(np.ones((2, 2)), apart), _WORDS) == ()


def test_the_weights_count() -> None:
    none, all_ = np.zeros((1, 1)), np.ones((1, 1))
    likeness = Likeness(none, all_, none, np.ones((1, 1), bool))
    assert choose_pairs(likeness, _WORDS) == ()
    assert len(choose_pairs(likeness, Settings(title_weight=0.5, pair=0.4))) == 1


_OLDER = (
    _measure(1, "支持服务业", "对小升规的服务业企业给予奖励。"),
    _measure(2, "支持外贸", "安排海外仓扶持资金，支持企业建设海外仓。"),
)
_NEWER = (
    _measure(1, "支持外贸", "安排海外仓资金，支持外贸企业建设海外仓。"),
    _measure(2, "支持养殖", "对生猪养殖场给予贷款贴息。"),
    _measure(3, "支持服务业", "对首次小升规的服务业企业给予奖励。"),
)


def test_measures_are_paired_by_content_and_not_by_place() -> None:
    pairs = align(_OLDER, _NEWER, HashEncoder())
    assert [(p.older, p.newer) for p in pairs] == [(1, 0), (0, 2)]


def test_alignment_stays_the_same_when_asked_again() -> None:
    assert align(_OLDER, _NEWER, HashEncoder()) == align(_OLDER, _NEWER, HashEncoder())


def test_with_nothing_on_a_side_nothing_is_paired() -> None:
    for older, newer in (((), _NEWER), (_OLDER, ()), ((), ())):
        assert align(older, newer, HashEncoder()) == ()


def test_sections_with_like_titles_correspond() -> None:
    older = [_measure(1, "甲", section="科技创新政策"), _measure(2, "乙", section="民生政策")]
    newer = [_measure(1, "甲", section="保障民生政策"), _measure(2, "乙", section="科技政策")]
    together = find_likeness(older, newer, HashEncoder()).same_section
    assert together.tolist() == [[False, True], [True, False]]


def test_empty_texts_are_no_error() -> None:
    empty = [_measure(1, ""), _measure(2, "")]
    assert align(empty, empty, HashEncoder()) == align(empty, empty, HashEncoder())


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("民生", "民生", 1.0), ("民生", "外贸", 0.0), ("", "", 0.0), ("", "甲", 0.0)],
)
def test_dice_is_one_for_the_same_and_zero_for_nothing_shared(
    a: str, b: str, expected: float
) -> None:
    assert dice(a, b) == expected
    assert dice(b, a) == expected


def test_dice_counts_repeated_characters() -> None:
    assert dice("民民", "民") < 1
