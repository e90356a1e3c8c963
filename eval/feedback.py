"""Feedback on answers → stubs of labelled questions, for a person to review.

`huiwen serve` keeps feedback in the user's data folder. What was marked useful becomes a question
whose first cited record answers it; what was not becomes one without labels, to be labelled by
hand as `data/README.md` says. A file that is there is only added to: rows that somebody has
reviewed stay as they are, byte for byte.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import MissingFileError, UsageError
from corpus.reader import load_corpus
from corpus.records import Measure
from index.home import home
from qa.masking import masked

NAME = "feedback.jsonl"
STUBS = "feedback_questions.jsonl"
_EDGES = re.compile(r"^[\s，。？！,.?!]+|[\s，。？！,.?!]+$")
_QID = re.compile(r"f(\d+)")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of feedback.

    Attributes:
        path: The stubs.
        added: Stubs that were added.
        review: How many of them need labels.
        known: Questions that the file had already.
        unreadable: Lines of the feedback that are none.
    """

    path: Path
    added: int
    review: int
    known: int
    unreadable: int


def write_stubs(out: Path, feedback: Path | None = None) -> Written | None:
    """Adds a stub to `out` for each question that it does not have yet.

    Args:
        out: Report folder.
        feedback: The feedback; by default what this machine's server keeps.

    Returns:
        What was written, or None where there is no feedback.

    Raises:
        MissingFileError: The file that was named does not exist.
        UsageError: The stubs that are there cannot be read.
    """
    path = feedback or default_file()
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        if feedback is not None:
            raise MissingFileError(path, "name a file that `huiwen serve` wrote") from None
        return None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    read = [_verdict(line) for line in lines if line.strip()]
    verdicts = [row for row in read if row is not None]
    if not verdicts:
        return None
    target = out / STUBS
    before = _present(target)
    known = {_key(row["question"]) for row in before}
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in verdicts:
        groups.setdefault(_key(row["question"]), []).append(row)
    measures = {m.measure_id: m for document in load_corpus() for m in document.measures}
    number = max(
        (int(m[1]) for row in before if (m := _QID.fullmatch(str(row.get("qid"))))), default=0
    )
    fresh = [group for key, group in groups.items() if key not in known]
    stubs = [_stub(f"f{i:03d}", g, measures) for i, g in enumerate(fresh, start=number + 1)]
    if stubs:
        _append(target, stubs)
    return Written(
        path=target,
        added=len(stubs),
        review=sum(stub["review"] for stub in stubs),
        known=len(groups) - len(stubs),
        unreadable=len(read) - len(verdicts),
    )


def default_file() -> Path:
    """Where `huiwen serve` keeps feedback."""
    return home() / NAME


def _verdict(line: str) -> Mapping[str, Any] | None:
    try:
        row = json.loads(line)
        usable = row["verdict"] in ("up", "down") and _key(row["question"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return row if usable else None


def _key(question: str) -> str:
    """What makes two questions the same; masked, so that two numbers of one person are one."""
    return re.sub(r"\s+", "", _EDGES.sub("", masked(question)))


def _present(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); move it away") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            row["question"] + ""
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path}, line {number}: no labelled question; mend it or move the file away"
            ) from error
        rows.append(row)
    return rows


def _stub(
    qid: str, group: Sequence[Mapping[str, Any]], measures: Mapping[str, Measure]
) -> dict[str, Any]:
    """One question, whatever number of people judged it; those who disagree are to be reviewed."""
    up = {row.get("measure_id") for row in group if row["verdict"] == "up"}
    unanimous = all(row["verdict"] == "up" for row in group) and len(up) == 1
    # That silence was right is for a person to say, too.
    answered = all(row.get("status") in ("answered", None) for row in group)
    best = measures.get(str(next(iter(up)))) if unanimous and answered else None
    stub: dict[str, Any] = {
        "qid": qid,
        "question": masked(group[0]["question"].strip()),
        "persona": "feedback",
        "style": "feedback",
        "relevant": {best.measure_id: 2} if best else {},
        "answer_units": list(best.units) if best else [],
        "answer_facts": [],
        "review": best is None,
    }
    if notes := _distinct(row.get("text") for row in group):
        stub["note"] = masked("；".join(notes))
    if best is None and (shown := _distinct(row.get("measure_id") for row in group)):
        stub["shown"] = shown
    return stub


def _distinct(values: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(v.strip() for v in values if isinstance(v, str) and v.strip()))


def _append(path: Path, stubs: Sequence[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(stub, ensure_ascii=False) + "\n" for stub in stubs)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
        with path.open("ab") as stream:
            stream.write((text if whole else f"\n{text}").encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written to ({error.strerror})") from error
