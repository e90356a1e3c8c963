"""Limits on what a file may make a reader do, and the wrapping of what libraries raise."""

from collections.abc import Iterator
from contextlib import contextmanager

from corpus.errors import HuiwenError, UnreadableFileError

MEBIBYTE = 1 << 20
# The largest file that is read at all; the longest statute as a PDF has a few megabytes.
MAX_FILE = 100 * 1000 * 1000
# Zip containers: unpacked bytes of one member and of all members that a reader asks for.
MAX_MEMBER = 64 * MEBIBYTE
MAX_UNPACKED = 128 * MEBIBYTE
MAX_MEMBERS = 10_000
# XML packs 10:1 to 40:1, DEFLATE ends at 1032:1; looked at only where it could hurt.
MAX_RATIO = 300
RATIO_MATTERS_FROM = 4 * MEBIBYTE
MAX_PAGES = 2000


def too_large(problem: str) -> UnreadableFileError:
    """The error for a file beyond a limit."""
    return UnreadableFileError("too_large", problem, "split it, or save only its text")


def corrupt(format_name: str, problem: str) -> UnreadableFileError:
    """The error for a file that is damaged or only pretends to be of its format."""
    return UnreadableFileError(
        "corrupt",
        f"not a readable {format_name} file ({problem})",
        "open it in the program that made it and save it again",
    )


def no_text(format_name: str) -> UnreadableFileError:
    """The error for a file that is well-formed and holds no text."""
    return UnreadableFileError(
        "empty", f"the {format_name} file holds no text", "check that it is the right file"
    )


def scanned(format_name: str) -> UnreadableFileError:
    """The error for a file of page pictures."""
    return UnreadableFileError(
        "scanned",
        f"the {format_name} file is a scan: it holds pictures of pages and no text",
        "run text recognition (OCR) over it, or get the document as text",
    )


def encrypted(format_name: str) -> UnreadableFileError:
    """The error for a file behind a password."""
    return UnreadableFileError(
        "encrypted",
        f"the {format_name} file is encrypted",
        "open it with its password and save it without one",
    )


@contextmanager
def guard(format_name: str) -> Iterator[None]:
    """Turns whatever a library raises on hostile bytes into one error of ours.

    The list of what lxml, zipfile, zlib, pdfium and struct may raise on a damaged file is open
    (KeyError, RecursionError, NotImplementedError, …), hence the width of the net.
    """
    try:
        yield
    except HuiwenError:
        raise
    except Exception as error:
        detail = " ".join(str(error).split())[:120] or "no detail"
        raise corrupt(format_name, f"{type(error).__name__}: {detail}") from error
