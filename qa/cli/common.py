"""What several commands share."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.assistant import Assistant

Commands = argparse._SubParsersAction  # argparse has no public name for it


def day(text: str) -> date:
    """An argument that is a date, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2024-06-30") from None


def open_assistant(*, use_aliases: bool = True) -> "Assistant":
    """Opens the library; says on stderr where the index had to be built."""
    from qa.assistant import Assistant  # numpy, faiss and bm25s take most of a cold start
    from qa.library import open_library

    library = open_library(use_aliases=use_aliases)
    if library.notice:
        print(f"huiwen: built the index anew: {library.notice}", file=sys.stderr)
    return Assistant(library)
