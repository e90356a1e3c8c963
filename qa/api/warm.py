"""The library as a server holds it: vectors and synonyms of the documents' own text remembered."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.protocols import Encoder, Floats
from index.synonyms import Synonyms
from index.text import sentence_spans
from qa.assistant import Assistant
from qa.library import Library, open_library

# Every path of answering once: prose, a clause number, an intent with a unit, nothing found.
_QUESTIONS = ("服务业企业首次小升规有奖励吗", "第28条", "残疾人就业哪个部门负责", "今天天气怎么样")


class KnownTexts:
    """An encoder that looks up texts it was shown before.

    Quoting embeds the sentences of every cited clause anew, which is half of an answer's time;
    there are only so many sentences.

    Args:
        encoder: Embeds what is not known.
        texts: Texts to know.
        before: Knows vectors already, if it is of the same model.
    """

    def __init__(
        self, encoder: Encoder, texts: Sequence[str], before: Encoder | None = None
    ) -> None:
        self._encoder = encoder
        known = list(dict.fromkeys(texts))
        self._rows = {text: row for row, text in enumerate(known)}
        same = before is not None and before.fingerprint == encoder.fingerprint
        self._vectors = (before if before is not None and same else encoder).encode(known)

    @property
    def fingerprint(self) -> str:
        """The wrapped encoder's: its vectors are the same."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Floats:
        """Embeds texts; see `index.protocols.Encoder`."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        rest = []
        for place, text in enumerate(texts):
            row = self._rows.get(text)
            if row is None:
                rest.append(place)
            else:
                vectors[place] = self._vectors[row]
        if rest:
            vectors[rest] = self._encoder.encode([texts[place] for place in rest])
        return vectors


class RecentSynonyms(Synonyms):
    """Synonyms that remember the last query: each citation of an answer asks for the same.

    Args:
        synonyms: The synonyms.
    """

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._last = ("", "")

    def expand(self, query: str) -> str:
        """What the query's expressions stand for; see `Synonyms`."""
        known, expanded = self._last
        if known != query:
            expanded = self._synonyms.expand(query)
            self._last = (query, expanded)
        return expanded


def warm(library: Library, before: Encoder | None = None) -> Library:
    """The library with the documents' sentences embedded ahead.

    Args:
        library: The library as opened.
        before: The encoder of the library as it was, which knows most of the sentences.
    """
    sentences = [
        measure.body[start:end]
        for measure in library.measures
        for start, end in sentence_spans(measure.body)
    ]
    return replace(
        library,
        encoder=KnownTexts(library.encoder, sentences, before),
        synonyms=RecentSynonyms(library.synonyms),
    )


def open_warm(before: Encoder | None = None) -> Assistant:
    """Opens the library and answers a few questions, so that the first caller does not wait.

    Args:
        before: As for `warm`.
    """
    assistant = Assistant(warm(open_library(), before))
    for question in _QUESTIONS:
        assistant.ask(question)
    return assistant
