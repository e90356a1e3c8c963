"""What every searcher promises (`index.protocols.Searcher`)."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseSearcher
from index.learned import LearnedSearcher
from index.lexical import LexicalSearcher
from index.protocols import Searcher
from index.sound import syllable_pairs
from index.text import character_ngrams
from tests.searchers import (
    ENCODER,
    MAKERS,
    QUERIES,
    TEXTS,
)


@pytest.fixture(scope="module", params=MAKERS)
def searcher(request: pytest.FixtureRequest) -> Searcher:
    return MAKERS[request.param]()


def test_every_passage_has_a_finite_float32_score(searcher: Searcher) -> None:
    assert len(searcher) == len(TEXTS)
    for query in QUERIES:
        scores = searcher.scores(query)
        assert scores.shape == (len(TEXTS),)
        assert scores.dtype == np.float32
        assert np.isfinite(scores).all()


def test_scores_are_the_same_every_time(searcher: Searcher) -> None:
    for query in QUERIES:
        np.testing.assert_array_equal(searcher.scores(query), searcher.scores(query))


@pytest.mark.parametrize("depth", [0, 1, 3, 100])
def test_search_gives_positive_scores_in_order_with_ties_by_index(
    searcher: Searcher, depth: int
) -> None:
    for query in QUERIES:
        scores = searcher.scores(query)
        expected = sorted((-float(s), i) for i, s in enumerate(scores) if s > 0)[:depth]
        assert searcher.search(query, depth) == [(i, -negative) for negative, i in expected]


def test_some_query_finds_something(searcher: Searcher) -> None:
    assert any(searcher.search(query, 1) for query in QUERIES)


_LOADERS: dict[str, Callable[[Path], Searcher]] = {
    "lexical": lambda folder: LexicalSearcher.load(folder, character_ngrams),
    "sound": lambda folder: LexicalSearcher.load(folder, syllable_pairs),
    "dense": lambda folder: DenseSearcher.load(folder, len(TEXTS), ENCODER),
    "inverted": lambda folder: DenseSearcher.load(folder, len(TEXTS), ENCODER),
    "learned": lambda folder: LearnedSearcher.load(folder, ENCODER),
}


@pytest.mark.parametrize("name", _LOADERS)
def test_what_is_saved_is_read_as_it_was(name: str, tmp_path: Path) -> None:
    searcher = MAKERS[name]()
    searcher.save(tmp_path / "x")
    loaded = _LOADERS[name](tmp_path / "x")
    assert len(loaded) == len(searcher)
    for query in QUERIES:
        np.testing.assert_array_equal(loaded.scores(query), searcher.scores(query))
