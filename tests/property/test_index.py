import math
from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import given

from index.ranking import best, reciprocal_rank_fusion
from index.text import character_ngrams, fold, sentence_spans
from tests.strategies import constants, depths, rankings, score_lists, searched_texts, seeds


@given(searched_texts())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(searched_texts())
def test_terms_depend_on_the_folded_text_alone(text: str) -> None:
    assert character_ngrams(text) == character_ngrams(fold(text))


@given(searched_texts())
def test_every_term_occurs_in_the_folded_text(text: str) -> None:
    folded = fold(text)
    assert all(term and term in folded for term in character_ngrams(text))


@given(searched_texts())
def test_sentences_cover_all_that_is_not_blank_in_order(text: str) -> None:
    spans = sentence_spans(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(rankings(), seeds())
def test_fusion_does_not_depend_on_the_rankings_order(
    lists: list[list[int]], random: Random
) -> None:
    shuffled = lists.copy()
    random.shuffle(shuffled)
    assert reciprocal_rank_fusion(shuffled) == reciprocal_rank_fusion(lists)


@given(rankings(), constants())
def test_fusion_sums_reciprocal_ranks_with_ties_by_index(lists: list[list[int]], k: int) -> None:
    expected = {
        passage: math.fsum(
            1 / (k + order.index(passage) + 1) for order in lists if passage in order
        )
        for order in lists
        for passage in order
    }
    fused = reciprocal_rank_fusion(lists, k)
    assert dict(fused) == expected
    assert fused == sorted(fused, key=lambda hit: (-hit[1], hit[0]))


@given(score_lists(), depths())
def test_the_best_are_positive_sorted_and_tie_by_index(scores: list[float], depth: int) -> None:
    expected = sorted((-s, i) for i, s in enumerate(scores) if s > 0)[:depth]
    found = best(np.array(scores, np.float32), depth)
    assert found == [(i, -negative) for negative, i in expected]
