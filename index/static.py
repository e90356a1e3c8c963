"""The shipped static embedding model, read without torch.

A static model is a table: a text's vector is the mean of its pieces' rows. sentence-transformers
computes the same (`StaticEmbedding`), but importing it takes seconds; a test holds both to the
same vectors.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.errors import ModelError
from index.protocols import Floats

_WEIGHTS, _KEY, _TOKENIZER = "model.safetensors", "embedding.weight", "tokenizer.json"
_BATCH = 4096


def static_folder(model: Path) -> Path | None:
    """Where a sentence-transformers folder keeps a static model's files, or None if it is none."""
    for folder in (model, model / "0_StaticEmbedding"):
        if (folder / _WEIGHTS).is_file() and (folder / _TOKENIZER).is_file():
            return folder
    return None


class StaticEncoder:
    """Mean of token vectors, scaled to length 1.

    Args:
        model: Folder of a sentence-transformers `StaticEmbedding` model.

    Raises:
        ModelError: The folder's files are missing or damaged.
    """

    def __init__(self, model: Path) -> None:
        folder = static_folder(model)
        if folder is None:
            raise ModelError(str(model), f"no {_WEIGHTS} and {_TOKENIZER} in it")
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
            self._table = load_file(folder / _WEIGHTS)[_KEY]
        except Exception as error:  # both libraries raise bare Exception on damaged files
            raise ModelError(str(model), f"unreadable ({error})") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._folder = folder

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over weights and tokenizer."""
        digest = hashlib.sha256()
        for name in (_WEIGHTS, _TOKENIZER):
            digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    def pieces(self, text: str) -> list[tuple[int, tuple[int, int]]]:
        """The text's pieces: row in the table, and half-open character span."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return list(zip(encoding.ids, encoding.offsets, strict=True))

    def rows(self, ids: Sequence[int]) -> Floats:
        """Unscaled vectors of pieces, shape (len(ids), dimension)."""
        rows: Floats = self._table[np.asarray(ids, dtype=np.int64)].astype(np.float32)
        return rows

    def encode(self, texts: Sequence[str]) -> Floats:
        """Embeds texts; see `index.protocols.Encoder`."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            batch = [str(text) for text in texts[first : first + _BATCH]]
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start=first):
                if encoding.ids:
                    vectors[row] = self.rows(encoding.ids).mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors
