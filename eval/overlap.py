"""Questions that share no content word with the clause that answers them."""

import logging
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.records import Measure
from eval.questions import LabelledQuestion
from index.text import fold

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its invalid escapes, and its use of pkg_resources
    import jieba

STOP_WORDS = Path(__file__).with_name("data") / "stop_words.txt"
_SHORTEST_WORD = 2


class WordCutter:
    """Cuts texts into content words: two or more characters, no stop word.

    Args:
        stop_words: File with one word a line.
    """

    def __init__(self, stop_words: Path = STOP_WORDS) -> None:
        jieba.setLogLevel(logging.WARNING)
        # An own tokenizer with an own folder: jieba's shared cache in the system's temporary
        # folder may be another user's.
        self._tokenizer = jieba.Tokenizer()
        with tempfile.TemporaryDirectory() as folder:
            self._tokenizer.tmp_dir = folder
            self._tokenizer.initialize()
        self._stop_words = frozenset(stop_words.read_text("utf-8").split())

    def words(self, text: str) -> frozenset[str]:
        """The text's content words, folded as for search."""
        return frozenset(
            word
            for word in self._tokenizer.cut(fold(text))
            if len(word) >= _SHORTEST_WORD and word.isalnum() and word not in self._stop_words
        )


def without_shared_words(
    questions: Sequence[LabelledQuestion], measures: Mapping[str, Measure]
) -> list[str]:
    """Ids of answerable questions that share no content word with the text of their best clause."""
    cutter = WordCutter()
    return [
        q.qid
        for q in questions
        if q.answerable
        and not cutter.words(q.question) & cutter.words(measures[next(iter(q.relevant))].text)
    ]
