import numpy as np
import pytest

from index.build import build_searchers
from index.evidence import COLUMNS, TEXT_COLUMNS, gather
from index.passages import Passage
from index.store import corpus_hash
from tests.support import PASSAGES, HashEncoder

ENCODER = HashEncoder()
BACKGROUND = ("今天天气好吗", "有没有对象")


def test_evidence_has_the_columns_of_what_is_indexed() -> None:
    bare = tuple(Passage(p.passage_id, p.body, p.title, p.heading) for p in PASSAGES)
    without = build_searchers(bare, ENCODER)
    assert gather("奖励", without, ENCODER, lambda _: "").columns == TEXT_COLUMNS
    found = gather("奖励", build_searchers(PASSAGES, ENCODER), ENCODER, lambda _: "")
    assert found.columns == COLUMNS
    assert found.values.shape == (len(PASSAGES), len(COLUMNS))
    assert list(found.column("title_share")) == list(found.values[:, 4])


@pytest.mark.parametrize(
    "changed",
    [
        Passage("a:3", PASSAGES[2].body, "别的标题", "民生政策"),
        Passage("a:3", PASSAGES[2].body, "弱有众扶", "民生政策", ("新的问题",)),
        Passage("a:3", PASSAGES[2].body, "弱有众扶", "民生政策", (), ("新的问题",)),
    ],
)
def test_every_field_of_a_passage_counts_for_staleness(changed: Passage) -> None:
    before = corpus_hash(PASSAGES, BACKGROUND)
    assert corpus_hash((*PASSAGES[:2], changed), BACKGROUND) != before
    assert corpus_hash(PASSAGES, BACKGROUND[:1]) != before


@pytest.mark.parametrize("query", ["服务业升规奖励多少", "残疾人就业170人", "xyz", ""])
def test_shares_lie_between_0_and_1_and_relative_columns_reach_1(query: str) -> None:
    searchers = build_searchers(PASSAGES, ENCODER, BACKGROUND)
    found = gather(query, searchers, ENCODER, lambda _: "奖励")
    assert np.isfinite(found.values).all()
    for name in found.columns:
        column = found.column(name)
        if name.endswith("_share"):
            assert column.min() >= 0
            assert column.max() <= 1 + 1e-6
        if name.endswith("_relative"):
            assert column.max() in (0, pytest.approx(1))
        if name.endswith("_gap"):
            assert column.max() <= 0


def test_what_is_asked_in_a_noted_questions_words_points_to_its_passage() -> None:
    searchers = build_searchers(PASSAGES, ENCODER, BACKGROUND)
    found = gather("海外仓有扶持吗", searchers, ENCODER, lambda _: "")
    for name in ("asked_relative", "asked_share", "asked_dense", "learned", "text_share"):
        assert int(found.column(name).argmax()) == 1
    assert found.column("asked_dense")[1] == pytest.approx(1, abs=1e-5)


def test_a_near_miss_speaks_against_its_passage_only() -> None:
    searchers = build_searchers(PASSAGES, ENCODER, BACKGROUND)
    found = gather("服务业奖励几号到账", searchers, ENCODER, lambda _: "")
    assert list(found.column("near_miss") > 0) == [True, False, False]


def test_passages_without_titles_or_sentences_can_be_indexed() -> None:
    searchers = build_searchers([Passage("x", "奖励"), Passage("y", "海外仓")], ENCODER)
    assert [i for i, _ in searchers.text.search("海外仓", 2)] == [1]


def test_a_question_that_nothing_answers_speaks_against_all_passages_alike() -> None:
    searchers = build_searchers(PASSAGES, ENCODER, BACKGROUND)
    found = gather("今天天气好吗", searchers, ENCODER, lambda _: "")
    for name in ("background", "background_share"):
        assert len(set(found.column(name))) == 1
    assert found.column("background")[0] > 0
    noted = gather("海外仓有扶持吗", searchers, ENCODER, lambda _: "")
    assert noted.column("background")[0] < 0
    assert 0 <= noted.column("background_share")[0] < found.column("background_share")[0] <= 1


def test_without_such_questions_the_nearest_noted_one_is_left() -> None:
    searchers = build_searchers(PASSAGES, ENCODER)
    assert searchers.background is None and searchers.background_dense is None
    found = gather("今天天气好吗", searchers, ENCODER, lambda _: "")
    assert found.columns == COLUMNS
    assert not found.column("background_share").any()
    nearest = max(found.column("asked_dense").max(), 0)
    assert list(found.column("background")) == pytest.approx([-nearest] * len(PASSAGES))
