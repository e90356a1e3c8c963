"""The project's error tree; it lives in the lowest package so that every layer can raise from it.

HuiwenError
├── CorpusError (ValueError)
│   ├── CatalogError
│   ├── SourceChangedError
│   ├── DuplicateDocumentError
│   ├── ParseError
│   ├── ShelfError
│   └── UnreadableFileError
├── MissingFileError (FileNotFoundError)
├── IndexFolderError (RuntimeError)
├── LibraryBusyError (TimeoutError)
├── ModelError (RuntimeError)
└── UsageError (ValueError)

Every message says what is wrong, where, and how to mend it.
"""

from pathlib import Path
from typing import Literal

Unreadable = Literal["encrypted", "scanned", "corrupt", "too_large", "empty", "unsupported"]


class HuiwenError(Exception):
    """Base of every error that this project raises on purpose."""


class CorpusError(HuiwenError, ValueError):
    """A document or the catalog is not what the corpus needs."""


class CatalogError(CorpusError):
    """The catalog file is malformed."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}; see the comment at the top of the catalog")


class SourceChangedError(CorpusError):
    """A document's bytes differ from those that the catalog describes."""

    def __init__(self, path: Path, expected: str, found: str) -> None:
        super().__init__(
            f"{path}: SHA-256 is {found}, the catalog says {expected}; "
            "restore the file or update sha256 in the catalog"
        )


class ParseError(CorpusError):
    """A document's text has no structure that the parser understands."""

    def __init__(self, document_id: str, problem: str) -> None:
        super().__init__(f"document {document_id}: {problem}; check the source text")


class UnreadableFileError(CorpusError):
    """A file has no text that a reader can get at.

    Attributes:
        kind: Why not.
        problem: The same as a sentence, without the path.
        hint: How to mend it.
        path: The file, or None while only its bytes are known.
    """

    def __init__(self, kind: Unreadable, problem: str, hint: str, path: Path | None = None) -> None:
        where = f"{path}: " if path is not None else ""
        super().__init__(f"{where}{problem}; {hint}")
        self.kind = kind
        self.problem = problem
        self.hint = hint
        self.path = path

    def at(self, path: Path) -> "UnreadableFileError":
        """The same error, naming the file."""
        return UnreadableFileError(self.kind, self.problem, self.hint, path)


class DuplicateDocumentError(CorpusError):
    """A document that the library holds already.

    Attributes:
        document_id: Its id in the library.
    """

    def __init__(self, name: str, document_id: str) -> None:
        super().__init__(
            f"{name}: the library holds this very text as {document_id}; "
            f"see `huiwen corpus show {document_id}`"
        )
        self.document_id = document_id


class ShelfError(CorpusError):
    """The user's library cannot be read."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"{path}: {problem}; restore it from a backup, or move the folder away and add the "
            "documents again (the files in it are the originals)"
        )


class LibraryBusyError(HuiwenError, TimeoutError):
    """Another process is changing the library."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__(
            f"{path}: another process has been changing the library for {seconds:g} seconds; "
            "try again when it is done"
        )


class MissingFileError(HuiwenError, FileNotFoundError):
    """A file or folder that is needed does not exist."""

    def __init__(self, path: Path, hint: str) -> None:
        super().__init__(f"{path}: not found; {hint}")


class IndexFolderError(HuiwenError, RuntimeError):
    """An index folder is stale or damaged; rebuilding it from the corpus mends it."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}; rebuild it with `huiwen index --rebuild`")
        self.problem = problem


class ModelError(HuiwenError, RuntimeError):
    """An embedding model cannot be loaded."""

    def __init__(self, model: str, problem: str) -> None:
        super().__init__(f"model {model}: {problem}; unset HUIWEN_MODEL for the shipped model")


class UsageError(HuiwenError, ValueError):
    """An option or input file of a command is unusable."""
