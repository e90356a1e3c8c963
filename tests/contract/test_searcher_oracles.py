"""Each searcher's scores against a brute-force counterpart."""

import numpy as np
import pytest

from index.learned import LearnedSearcher
from index.lexical import LexicalSearcher
from index.sound import syllable_pairs
from index.text import character_ngrams
from tests.oracles import best_cosines, bm25, ridge
from tests.searchers import (
    ENCODER,
    LEXICALS,
    QUERIES,
    QUESTIONS,
    TEXTS,
    flat,
    inverted,
    learned,
    lexical,
)


@pytest.mark.parametrize("name", LEXICALS)
def test_lexical_scores_are_lucenes(name: str) -> None:
    searcher = LEXICALS[name]()
    terms = character_ngrams if name == "lexical" else syllable_pairs
    for query in QUERIES:
        expected = bm25(TEXTS, query, terms)
        np.testing.assert_allclose(searcher.scores(query), expected, rtol=1e-4, atol=1e-5)


def test_without_saturation_a_full_match_reaches_the_ceiling() -> None:
    searcher = LexicalSearcher.fit(TEXTS, character_ngrams, k1=0.0)
    assert searcher.scores(TEXTS[2])[2] == pytest.approx(searcher.ceiling(TEXTS[2]), rel=1e-4)
    assert lexical().scores(TEXTS[2])[2] < lexical().ceiling(TEXTS[2])
    assert searcher.weight("没有的词") > searcher.weight("海外") > searcher.weight("企业") > 0


def test_texts_without_any_term_can_be_indexed() -> None:
    searcher = LexicalSearcher.fit(["", "，"], character_ngrams)
    assert searcher.search("服务业", 5) == []


def test_dense_scores_are_the_best_cosine() -> None:
    for query in [*QUERIES, *TEXTS]:
        expected = best_cosines([[text, text[:5]] for text in TEXTS], query, ENCODER)
        np.testing.assert_allclose(flat().scores(query), expected, atol=1e-5)


def test_the_inverted_file_finds_what_was_indexed_and_scores_no_other_way() -> None:
    searcher, pieces = inverted(), [[f"{text}{n}" for n in range(60)] for text in TEXTS]
    for row, group in enumerate(pieces):
        [(found, score)] = searcher.search(group[7], 1)
        assert found == row
        assert score == pytest.approx(1, abs=5e-3)
        # Vectors are in half precision, and cells that are not visited count nothing.
        scores, expected = searcher.scores(group[7]), best_cosines(pieces, group[7], ENCODER)
        assert np.all(scores <= np.array(expected) + 5e-3)


def test_learned_scores_are_those_of_ridge_regression() -> None:
    for query in [*QUERIES, *(q for q, _ in QUESTIONS)]:
        expected = ridge(QUESTIONS, len(TEXTS), query, character_ngrams, ENCODER)
        np.testing.assert_allclose(learned().scores(query), expected, atol=1e-3)


def test_nothing_learned_scores_nothing() -> None:
    searcher = LearnedSearcher.fit([], 3, ENCODER)
    assert searcher.search("服务业", 3) == []
