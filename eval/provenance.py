"""What a report was made with."""

import hashlib
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = (
    "huiwen", "numpy", "scipy", "scikit-learn", "bm25s", "faiss-cpu", "tokenizers",
    "ir_measures", "pytrec_eval-terrier", "matplotlib",
)  # fmt: skip


def provenance(command: str, files: Sequence[Path]) -> dict[str, Any]:
    """Date, command line, versions, and hashes; to be called before the files are used.

    Args:
        command: The command line.
        files: Data files; those that do not exist are left out.
    """
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": command,
        "versions": {"python": platform.python_version()} | _versions(),
        "sha256": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.is_file()
        },
    }


def provenance_lines(made: dict[str, Any]) -> list[str]:
    """The same as Markdown, with the embedding model's fingerprint under `model`."""
    return [
        f"- Date: {made['date']}",
        f"- Command: `{made['command']}`",
        "- Versions: " + ", ".join(f"{name} {v}" for name, v in made["versions"].items()),
        f"- Embedding model: `{made['model']}`",
        *(f"- SHA-256 of {name}: `{digest}`" for name, digest in made["sha256"].items()),
    ]


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
