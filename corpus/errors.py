"""The project's error tree; it lives in the lowest package so that every layer can raise from it.

HuiwenError
├── CorpusError (ValueError)
│   ├── CatalogError
│   ├── SourceChangedError
│   └── ParseError
├── MissingFileError (FileNotFoundError)
├── IndexFolderError (RuntimeError)
├── ModelError (RuntimeError)
└── UsageError (ValueError)

Every message says what is wrong, where, and how to mend it.
"""

from pathlib import Path


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
