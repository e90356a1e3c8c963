"""The index on disk: a folder of plain arrays with a manifest that says what it was made from."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import IndexFolderError
from index.build import build_searchers
from index.dense import DenseSearcher
from index.evidence import Searchers
from index.learned import LearnedSearcher
from index.lexical import LexicalSearcher, Terms
from index.passages import Passage
from index.protocols import Encoder
from index.sound import syllable_pairs
from index.text import character_ngrams

# Raised whenever the files' meaning changes: an index of another format is rebuilt.
FORMAT = 3
MANIFEST = "manifest.json"
_LEXICAL: dict[str, Terms] = {
    "text": character_ngrams,
    "sentence": character_ngrams,
    "title": character_ngrams,
    "sound": syllable_pairs,
    "asked": character_ngrams,
    "covered": character_ngrams,
    "background": character_ngrams,
}
_DENSE = ("dense", "asked_dense", "near_dense", "background_dense")


def corpus_hash(passages: Sequence[Passage], background: Sequence[str]) -> str:
    """SHA-256 over everything that an index is made from, but the model."""
    content = json.dumps([[astuple(p) for p in passages], list(background)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def save_index(
    folder: Path, searchers: Searchers, corpus: str, model: str, *, size: int, questions: int = 0
) -> None:
    """Writes an index beside its place and then moves it there, so that none is ever half written.

    Args:
        folder: Where it shall be; what stood there is replaced.
        searchers: The fitted searchers.
        corpus: Identifies what they were fitted on.
        model: The encoder's fingerprint.
        size: Number of passages.
        questions: Number of noted questions.

    Raises:
        OSError: The place cannot be written to.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write(work, searchers)
        manifest = {
            "format": FORMAT,
            "model": model,
            "corpus": corpus,
            "passages": size,
            "questions": questions,
            "files": {
                path.relative_to(work).as_posix(): _sha256(path)
                for path in sorted(work.rglob("*"))
                if path.is_file()
            },
        }
        (work / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
        old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
        if folder.exists():
            folder.rename(old / "index")
        work.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def load_index(folder: Path, corpus: str, encoder: Encoder, size: int) -> Searchers:
    """Reads an index after checking that it is the right one and whole.

    Args:
        folder: Where it is.
        corpus: What it must have been made from, as `save_index` was told.
        encoder: Encoder whose fingerprint it must carry.
        size: Number of passages.

    Raises:
        IndexFolderError: It is missing, stale or damaged.
    """
    manifest = _manifest(folder)
    expected = {"format": FORMAT, "model": encoder.fingerprint, "corpus": corpus, "passages": size}
    for key, value in expected.items():
        if manifest.get(key) != value:
            raise IndexFolderError(folder, f"its {key} is not the present one")
    files = manifest.get("files")
    if not isinstance(files, dict):
        raise IndexFolderError(folder, f"{MANIFEST} lists no files")
    for name, digest in files.items():
        path = folder / name
        if not path.is_file() or _sha256(path) != digest:
            raise IndexFolderError(folder, f"{name} is missing or changed")
    try:
        return _read(folder, encoder, size)
    except (OSError, KeyError, TypeError, ValueError) as error:
        # Every listed file is whole, but the list lacks one that is needed.
        raise IndexFolderError(folder, f"it cannot be read ({error!r})") from error


def open_index(
    folder: Path, passages: Sequence[Passage], background: Sequence[str], encoder: Encoder
) -> tuple[Searchers, str | None]:
    """Reads the index, or builds it from the passages where it is missing, stale or damaged.

    Returns:
        The searchers, and why they had to be built; None where they were read. An index that
        cannot be written is used all the same.
    """
    corpus = corpus_hash(passages, background)
    try:
        return load_index(folder, corpus, encoder, len(passages)), None
    except IndexFolderError as error:
        reason = error.problem
    searchers = build_searchers(passages, encoder, background)
    try:
        questions = sum(len(passage.questions) for passage in passages)
        save_index(
            folder,
            searchers,
            corpus,
            encoder.fingerprint,
            size=len(passages),
            questions=questions,
        )
    except OSError as error:
        reason = f"{reason}; it cannot be kept ({error})"
    return searchers, reason


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise IndexFolderError(folder, "there is no index yet") from None
    except (OSError, ValueError) as error:
        raise IndexFolderError(folder, f"{MANIFEST} is unreadable ({error})") from error
    if not isinstance(manifest, dict):
        raise IndexFolderError(folder, f"{MANIFEST} is no table")
    return manifest


def _write(folder: Path, searchers: Searchers) -> None:
    for name in (*_LEXICAL, *_DENSE, "learned"):
        searcher = getattr(searchers, name)
        if searcher is not None:
            searcher.save(folder / name)
    np.save(folder / "sentence_owners.npy", searchers.sentence_owners)


def _read(folder: Path, encoder: Encoder, size: int) -> Searchers:
    parts: dict[str, Any] = {
        name: LexicalSearcher.load(folder / name, terms)
        for name, terms in _LEXICAL.items()
        if (folder / name).is_dir()
    }
    parts |= {
        # All background questions stand together as one passage: only the nearest counts.
        name: DenseSearcher.load(folder / name, 1 if name == "background_dense" else size, encoder)
        for name in _DENSE
        if (folder / name).is_dir()
    }
    if (folder / "learned").is_dir():
        parts["learned"] = LearnedSearcher.load(folder / "learned", encoder)
    owners = np.load(folder / "sentence_owners.npy", allow_pickle=False)
    return Searchers(sentence_owners=owners, **parts)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
