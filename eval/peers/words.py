"""jieba words as jieba's own analyzer for search engines makes them.

Search mode, lower case, no punctuation, the analyzer's three Chinese stop words left out
(`jieba.analyse.ChineseAnalyzer`, which itself needs Whoosh).
"""

import logging
import re
import tempfile
from functools import cache

import jieba

_CHINESE = re.compile(r"[一-鿕]")
_STOP_WORDS = frozenset("的了和")


@cache
def _tokenizer() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # jieba unpickles a cache from a folder that everybody can write to, unless told otherwise.
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return tokenizer


class Words:
    """Cuts texts into words; all of them share one dictionary."""

    def __init__(self) -> None:
        self._cut = _tokenizer().cut_for_search

    def __call__(self, text: str) -> list[str]:
        """The words of a text, in order."""
        return [
            word.lower()
            for word in self._cut(text)
            if (len(word) > 1 or _CHINESE.match(word)) and word not in _STOP_WORDS and word.strip()
        ]

    def spaced(self, text: str) -> str:
        """The words with blanks between them, for a library that splits at blanks."""
        return " ".join(self(text))
