"""Any other embedding model, by sentence-transformers."""

from collections.abc import Sequence

import numpy as np

from corpus.errors import ModelError
from index.protocols import Floats


class HubEncoder:
    """A sentence-transformers model from a folder or a hub.

    Args:
        model: Folder or hub name.

    Raises:
        ModelError: It cannot be loaded.
    """

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer  # seconds to import
        except ImportError as error:
            raise ModelError(model, f"sentence-transformers is not installed ({error})") from error
        try:
            # Static models may be stored in half precision, which must not be averaged in it.
            self._model = SentenceTransformer(model, device="cpu").float()
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(model, f"cannot be loaded ({error})") from error
        self._name = model

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model's parameters."""
        import hashlib

        digest = hashlib.sha256(self._name.encode())
        for name, values in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(values.cpu().numpy().tobytes())
        return digest.hexdigest()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.encode(["。"], show_progress_bar=False).shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Embeds texts; see `index.protocols.Encoder`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors: Floats = self._model.encode(
            list(texts), convert_to_numpy=True, show_progress_bar=False
        ).astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors
