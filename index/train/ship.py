"""Writing of the model folder: weights, tokenizer, record and model card."""

from __future__ import annotations

import dataclasses
import json
import platform
import shutil
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from .card import model_card
from .config import HOLDOUT, TokenizerConfig, TrainConfig
from .data import Corpus
from .fit import THREADS

_LIBRARY = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_PACKAGES = ("torch", "tokenizers", "jieba", "numpy", "safetensors")
_LARGEST = 40_000_000


def half(table: torch.Tensor) -> torch.Tensor:
    """Scale a table to rows of mean length one and round it to float16."""
    mean = float(torch.linalg.vector_norm(table[1:], dim=1).mean())
    return (table / mean).to(torch.float16)


def record(
    corpus: Corpus,
    config: TrainConfig,
    pieces: TokenizerConfig,
    shape: tuple[int, int],
    figures: dict[str, Any],
) -> dict[str, Any]:
    """What `training.json` says about a run."""
    return {
        "seed": config.seed,
        "threads": THREADS,
        "pieces": shape[0],
        "dims": shape[1],
        "weights": "float16",
        "train": dataclasses.asdict(config),
        "tokenizer": dataclasses.asdict(pieces),
        "holdout": f"1/{HOLDOUT} of the queries of every file in pairs/, by SHA-256 of the query",
        "figures": figures,
        "data_sha256": corpus.sha256,
        "versions": {
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in _PACKAGES},
        },
    }


def write(folder: Path, tokenizer: Tokenizer, table: torch.Tensor, about: dict[str, Any]) -> None:
    """Write the model so that sentence-transformers can load the folder.

    The files are made in a folder beside the target, which is replaced only
    when they are complete.

    Args:
        folder: Target.
        tokenizer: The tokenizer.
        table: Folded piece vectors, float32 (pieces, dims).
        about: Contents of `training.json`.

    Raises:
        ValueError: The folder would be larger than 40 MB.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".model-") as name:
        new = Path(name) / "model"
        new.mkdir()
        save_file({"embedding.weight": half(table)}, new / "model.safetensors")
        # The library makes this file private to its writer.
        (new / "model.safetensors").chmod(0o644)
        (new / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
        module = {"idx": 0, "name": "0", "path": "", "type": _LIBRARY}
        _json(new / "modules.json", [module])
        _json(
            new / "config_sentence_transformers.json",
            {
                "default_prompt_name": None,
                "model_type": "SentenceTransformer",
                "prompts": {"document": "", "query": ""},
                "similarity_fn_name": "cosine",
            },
        )
        _json(new / "training.json", about)
        (new / "README.md").write_text(model_card(about), encoding="utf-8")
        size = sum(file.stat().st_size for file in new.iterdir())
        if size > _LARGEST:
            raise ValueError(f"the model folder would take {size:,} bytes, over {_LARGEST:,}")
        if folder.exists():
            shutil.move(folder, Path(name) / "old")
        shutil.move(new, folder)


def _json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=False)
    path.write_text(text + "\n", encoding="utf-8")
