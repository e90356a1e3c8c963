"""What speaks for a passage as an answer: one row a passage, one column a kind of evidence.

The searchers measure; nothing is decided here. Relative columns divide by the best passage's
score, so that they compare within a query; shares divide by what the query could have reached,
so that they compare between queries.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.dense import DenseSearcher
from index.learned import LearnedSearcher
from index.lexical import LexicalSearcher
from index.protocols import Encoder, Floats

# Columns that need the documents' text alone, and those that need noted questions.
TEXT_COLUMNS = (
    "text_relative",  # BM25 over character 1- and 2-grams of the whole passage
    "text_share",
    "sentence_relative",  # the same for the passage's best sentence
    "sentence_share",
    "title_share",
    "sound_relative",  # the same over pairs of syllables: typos and homophones
    "sound_share",
    "dense",  # cosine with the passage or its best sentence
    "dense_gap",  # distance to the best passage's cosine, 0 or negative
    "synonym_share",  # BM25 share of the query's official synonyms
    "known_share",  # idf share of the query that occurs anywhere; the same for all passages
)
QUESTION_COLUMNS = (
    "asked_relative",  # BM25 over all questions noted for the passage
    "asked_share",
    "asked_dense",  # cosine with the nearest noted question
    "covered_share",  # idf share of the query's n-grams that the text or a question has
    "learned",  # see index.learned
    "learned_gap",
    "background",  # how much nearer the nearest unanswerable question is; the same for all
    "background_share",  # the same by BM25 share
    "near_miss",  # how much nearer the nearest near miss is than the nearest noted question
)
COLUMNS = TEXT_COLUMNS + QUESTION_COLUMNS


@dataclass(frozen=True, slots=True)
class Searchers:
    """The searchers that measure; those for noted questions may be missing."""

    text: LexicalSearcher
    sentence: LexicalSearcher
    sentence_owners: npt.NDArray[np.int64]
    title: LexicalSearcher
    sound: LexicalSearcher
    dense: DenseSearcher
    asked: LexicalSearcher | None = None
    covered: LexicalSearcher | None = None
    asked_dense: DenseSearcher | None = None
    near_dense: DenseSearcher | None = None
    background: LexicalSearcher | None = None
    background_dense: DenseSearcher | None = None
    learned: LearnedSearcher | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for one query.

    Attributes:
        columns: Names of the columns.
        values: Shape (passages, columns), float32; 0 is no evidence.
    """

    columns: tuple[str, ...]
    values: Floats

    def column(self, name: str) -> Floats:
        """One column, shape (passages,)."""
        column: Floats = self.values[:, self.columns.index(name)]
        return column


def gather(
    query: str, searchers: Searchers, encoder: Encoder, expand: Callable[[str], str]
) -> Evidence:
    """Measures all passages for a query.

    Args:
        query: Question or keywords.
        searchers: The index' searchers.
        encoder: Embeds the query, once.
        expand: Gives the query's official synonyms, joined; empty where there are none.

    Returns:
        Evidence with the columns of COLUMNS, or of TEXT_COLUMNS where no questions are noted.
    """
    vector = encoder.encode([query])[0]
    text = searchers.text.scores(query)
    sentence = np.zeros_like(text)
    np.maximum.at(sentence, searchers.sentence_owners, searchers.sentence.scores(query))
    sound = searchers.sound.scores(query)
    dense = searchers.dense.vector_scores(vector)
    synonyms = expand(query)
    columns = [
        _relative(text),
        _share(text, searchers.text.ceiling(query)),
        _relative(sentence),
        _share(sentence, searchers.sentence.ceiling(query)),
        _share(searchers.title.scores(query), searchers.title.ceiling(query)),
        _relative(sound),
        _share(sound, searchers.sound.ceiling(query)),
        dense,
        dense - dense.max(initial=0),
        _share(searchers.text.scores(synonyms), searchers.text.ceiling(synonyms)),
        np.full_like(text, (searchers.covered or searchers.text).known_share(query)),
    ]
    if (
        searchers.asked is None
        or searchers.covered is None
        or searchers.asked_dense is None
        or searchers.near_dense is None
        or searchers.learned is None
    ):
        return Evidence(TEXT_COLUMNS, np.stack(columns, axis=1).astype(np.float32))
    asked = searchers.asked.scores(query)
    asked_dense = searchers.asked_dense.vector_scores(vector)
    learned = searchers.learned.vector_scores(query, vector)
    near = searchers.near_dense.vector_scores(vector)
    none, none_share = 0.0, 0.0
    if searchers.background is not None and searchers.background_dense is not None:
        none = float(searchers.background_dense.vector_scores(vector).max(initial=0))
        shares = _share(searchers.background.scores(query), searchers.background.ceiling(query))
        none_share = float(shares.max(initial=0))
    columns += [
        _relative(asked),
        _share(asked, searchers.asked.ceiling(query)),
        asked_dense,
        _share(searchers.covered.scores(query), searchers.covered.ceiling(query)),
        learned,
        learned - learned.max(initial=0),
        np.full_like(text, none - asked_dense.max(initial=0)),
        np.full_like(text, none_share),
        np.maximum(near - asked_dense, 0),
    ]
    return Evidence(COLUMNS, np.stack(columns, axis=1).astype(np.float32))


def _relative(scores: Floats) -> Floats:
    best = scores.max(initial=0)
    return scores / best if best > 0 else scores


def _share(scores: Floats, ceiling: float) -> Floats:
    return scores / np.float32(ceiling) if ceiling > 0 else scores
