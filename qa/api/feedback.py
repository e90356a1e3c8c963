"""Feedback on answers: one JSON line each, in the user's data folder.

The lines have the fields of labelled questions where they can; `eval/data/README.md` says how to
label the rest.
"""

import json
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from index.home import home
from qa.masking import masked

__all__ = ["masked", "store"]
_LOCK = Lock()


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
