"""Feedback on answers: one JSON line each, in the user's data folder.

The lines have the fields of labelled questions where they can; `eval/data/README.md` says how to
label the rest.
"""

import json
import re
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from index.home import home

_LOCK = Lock()
# Mainland ID numbers (15 or 18), mobile and fixed telephone numbers, with blanks or dashes inside;
# digits may be full-width.
_PRIVATE = re.compile(
    r"(?<!\d)(?:\d{17}[\dXxＸｘ]|\d{15}"
    r"|(?:\+?86[-\s]?)?1[3-9３-９]\d(?:[-\s]?\d{4}){2}"
    r"|0\d{2,3}[-\s－]?\d{7,8}"
    r"|\d{6}[-\s]\d{8}[-\s]\d{3}[\dXx])(?!\d)"
)


def masked(text: str) -> str:
    """The text with telephone and ID numbers starred out."""
    return _PRIVATE.sub(lambda match: "*" * len(match.group()), text)


def store(verdict: dict[str, Any]) -> None:
    """Appends feedback.

    Args:
        verdict: Fields of the feedback; all text is masked.
    """
    row = {name: masked(v) if isinstance(v, str) else v for name, v in verdict.items()}
    row["time"] = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    file = home() / "feedback.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    # One write of a whole line in append mode: worker processes do not mix their lines.
    with _LOCK, file.open("ab", buffering=0) as stream:
        stream.write(line)
