"""Text as the searchers see it: folded forms, character n-grams, sentences."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_RUN = re.compile(r"[㐀-䶿一-鿿]+|[a-z]+|\d+(?:\.\d+)?%?")
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
# Below this a sentence's vector says little: 「其中，」.
_SHORTEST_SENTENCE = 6


@lru_cache(maxsize=1)
def _traditional() -> dict[int, str]:
    """OpenCC's character table, traditional → simplified, for `str.translate`."""
    # The file lists each character's simplified forms, the usual one first. Reading it takes a
    # few milliseconds; the package's converter, which also knows phrases, takes far longer and
    # could change the text's length.
    table = files("opencc") / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in table.read_text("utf-8").splitlines() if "\t" in line)
    return {ord(old): new.split()[0] for old, new in pairs if len(old) == 1}


def fold(text: str) -> str:
    """Folds what does not change a text's meaning for search.

    Full-width forms (NFKC), letter case, traditional characters, and thousands separators.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<=\d),(?=\d{3})", "", folded.translate(_traditional()))


def character_ngrams(text: str, sizes: tuple[int, ...] = (1, 2)) -> list[str]:
    """Character n-grams of Chinese runs; letters and numbers stay whole.

    Args:
        text: Any text; it is folded first.
        sizes: Lengths of the n-grams.

    Returns:
        Terms in order of position, by size within a run.
    """
    terms: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run[0] >= "㐀":
            for size in sizes:
                terms += [run[i : i + size] for i in range(len(run) - size + 1)]
        else:
            terms.append(run)
    return terms


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of a text's sentences (。；！？ and line breaks end one), blanks left out."""
    spans = []
    for match in _SENTENCE.finditer(text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.start() + len(piece.rstrip())
        if start < end:
            spans.append((start, end))
    return spans


def sentences(text: str) -> list[str]:
    """The sentences of a text that are long enough to be embedded on their own."""
    return [
        text[start:end] for start, end in sentence_spans(text) if end - start >= _SHORTEST_SENTENCE
    ]
