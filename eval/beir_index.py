"""Indexes a benchmark's corpus in a temporary folder."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from eval.beir import Benchmark
from index.dense import DenseSearcher
from index.fusion import pieces
from index.lexical import LexicalSearcher
from index.protocols import Encoder, Floats
from index.text import character_ngrams

_BATCH = 256
# Above this, passages are embedded whole only: their sentences would be several times as many.
_MOST_WITH_SENTENCES = 20_000


class ProgressEncoder:
    """An encoder that shows a progress bar; see `index.protocols.Encoder`.

    Args:
        encoder: The encoder.
        title: Title of the bar.
    """

    def __init__(self, encoder: Encoder, title: str) -> None:
        self._encoder = encoder
        self._title = title

    @property
    def fingerprint(self) -> str:
        """That of the encoder."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """That of the encoder."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Floats:
        """Embeds texts in batches."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in tqdm(range(0, len(texts), _BATCH), desc=self._title, unit="batch"):
            vectors[start : start + _BATCH] = self._encoder.encode(texts[start : start + _BATCH])
        return vectors


@dataclass(frozen=True, slots=True)
class Indexed:
    """A benchmark's index.

    Attributes:
        lexical: BM25.
        dense: Vectors.
        seconds: What indexing took.
        megabytes: Size on disk.
    """

    lexical: LexicalSearcher
    dense: DenseSearcher
    seconds: float
    megabytes: float


def build(benchmark: Benchmark, encoder: Encoder) -> Indexed:
    """Indexes the corpus in a temporary folder, and reads the index back from there."""
    start = time.perf_counter()
    passages = benchmark.passages
    cut = len(passages) <= _MOST_WITH_SENTENCES
    with tempfile.TemporaryDirectory(prefix="huiwen-beir-") as name:
        folder = Path(name)
        with tqdm(total=len(passages), desc="terms", unit="passage") as bar:

            def terms(text: str) -> list[str]:
                bar.update()
                return character_ngrams(text)

            LexicalSearcher.fit([p.text for p in passages], terms).save(folder / "lexical")
        texts = [pieces(p) if cut else [p.text] for p in passages]
        DenseSearcher.fit(texts, ProgressEncoder(encoder, "vectors")).save(folder / "dense")
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return Indexed(
            lexical=LexicalSearcher.load(folder / "lexical", character_ngrams),
            dense=DenseSearcher.load(folder / "dense", len(passages), encoder),
            seconds=seconds,
            megabytes=size / 1e6,
        )
