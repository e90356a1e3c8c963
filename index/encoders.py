"""Which encoder is used: the shipped static model, or the one that HUIWEN_MODEL names."""

import os
from pathlib import Path

from index.protocols import Encoder
from index.static import StaticEncoder, static_folder

SHIPPED_MODEL = Path(__file__).with_name("model")


def load_encoder(model: str | None = None) -> Encoder:
    """Loads an embedding model.

    Args:
        model: Folder or hub name of a sentence-transformers model; None for the environment's
            HUIWEN_MODEL or, without it, the shipped model.

    Raises:
        ModelError: It cannot be loaded.
    """
    name = model or os.environ.get("HUIWEN_MODEL") or str(SHIPPED_MODEL)
    if static_folder(Path(name)) is not None:
        return StaticEncoder(Path(name))
    from index.hub import HubEncoder  # imports torch

    return HubEncoder(name)
