"""A value read from a text, with its evidence."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Confidence = Literal["stated", "guessed"]
# start_unknown: 有效期N年 or 自印发之日起, but the day that it begins on is not known.
Reason = Literal["not_stated", "start_unknown"]


@dataclass(frozen=True, slots=True)
class Proposed(Generic[T]):
    """A proposed value.

    Attributes:
        value: The value, or None.
        quote: The wording that it is read from, verbatim; a line break stands where one is.
        line: The line (from 1) at which the wording begins; None if it is the file's name.
        confidence: Whether the text states the value; None without a value.
        reason: Why there is no value; None with one.
    """

    value: T | None
    quote: str | None
    line: int | None
    confidence: Confidence | None
    reason: Reason | None


def stated(value: T, quote: str, line: int) -> Proposed[T]:
    """A value that the text states."""
    return Proposed(value, quote, line, "stated", None)


def guessed(value: T, quote: str, line: int | None) -> Proposed[T]:
    """A value that follows from the text only if it is written as usual."""
    return Proposed(value, quote, line, "guessed", None)


def missing(reason: Reason, quote: str | None = None, line: int | None = None) -> Proposed[T]:
    """No value; `quote` is the wording that would need something more."""
    return Proposed(None, quote, line, None, reason)
