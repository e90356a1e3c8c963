"""What every reader of a file format offers, and what reading a file yields."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read.

    Attributes:
        text: Raw text, a paragraph or a typeset line per line; `corpus.normalise` joins the latter.
        kind: The format that the bytes are in, whatever the file is called: `docx`, `pdf`, ….
        warnings: What a person should know before relying on the text, one sentence each.
    """

    text: str
    kind: str
    warnings: tuple[str, ...] = ()


class DocumentReader(Protocol):
    """Decodes one kind of source file into raw text.

    `read` is a function of the bytes alone and raises nothing but `HuiwenError`, whatever the
    bytes are.
    """

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings of this kind, lower case, with the dot."""
        ...

    def read(self, data: bytes) -> str:
        """Decodes a file's bytes; line breaks stay as in the file."""
        ...


@runtime_checkable
class WarningReader(Protocol):
    """A reader that has something to say about what it read."""

    def read_with_warnings(self, data: bytes) -> tuple[str, tuple[str, ...]]:
        """As `DocumentReader.read`, with warnings."""
        ...
