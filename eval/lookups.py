"""Clause numbers, offices' lists, sections, comparisons, totals, meanings: labelled questions."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from re import search
from typing import Any

from eval.questions import DATA
from qa.answer import Answer
from qa.assistant import Assistant

LOOKUPS = DATA / "lookup_questions.jsonl"
# Labels hold on a day on which 今年 and 去年 mean no year of the documents, where a row names none.
_DAY = date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class LookupResult:
    """One labelled question and whether its answer is right."""

    qid: str
    question: str
    kind: str
    right: bool
    got: str


def check_lookups(assistant: Assistant, path: Path = LOOKUPS) -> tuple[LookupResult, ...]:
    """Asks every labelled question and checks the answer by its kind's rule.

    Args:
        assistant: Answers.
        path: The labelled questions; they are asked on a day after both documents' years, where
            they do not name another.
    """
    results = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        as_of = date.fromisoformat(row["as_of"]) if "as_of" in row else _DAY
        answer = assistant.ask(row["question"], as_of=as_of)
        right = _CHECKS[row["kind"]](answer, row["expected"])
        results.append(
            LookupResult(row["qid"], row["question"], row["kind"], right, _summary(answer))
        )
    return tuple(results)


def _ids(answer: Answer) -> list[str]:
    return [citation.measure.measure_id for citation in answer.citations]


def _summary(answer: Answer) -> str:
    found = answer.difference.difference if answer.difference else None
    parts = [_ids(part)[:1] for part in answer.parts]
    return f"{answer.status} {answer.kind} {_ids(answer)[:4]} {found or ''} {parts or ''}"


def _lookup(answer: Answer, expected: Mapping[str, Any]) -> bool:
    if not expected["measures"]:
        return answer.reason == "no_such_measure"
    missing = all(str(number) in answer.text for number in expected.get("no_such", ()))
    return _ids(answer) == expected["measures"] and missing


def _list(answer: Answer, expected: Mapping[str, Any]) -> bool:
    wanted = {*expected["measures"], *expected.get("sections", ())}
    if "unknown_unit" in expected:
        return answer.listing is not None and answer.listing.unknown is not None
    if not wanted:
        return answer.listing is not None and not answer.citations
    return answer.listing is not None and set(_ids(answer)) == wanted


def _compare(answer: Answer, expected: Mapping[str, Any]) -> bool:
    found = answer.difference
    if expected["difference"] is None:
        return found is None or found.difference is None
    if found is None or found.older is None or found.newer is None or found.difference is None:
        return False
    sides = ((found.older, expected["older"]), (found.newer, expected["newer"]))
    same = all(
        fact.measure.measure_id == side["measure"] and fact.quantity.text in side["number"]
        for fact, side in sides
    )
    return same and _amount(found.difference) == _amount(expected["difference"])


def _amount(text: str) -> Decimal:
    """The value of +0.1万亩 or +1000亩."""
    match = search(r"([+-]?[\d.]+)\s*([亿万]?)", text)
    assert match is not None  # differences begin with a number
    return Decimal(match[1]) * {"": 1, "万": 10**4, "亿": 10**8}[match[2]]


def _fact(answer: Answer, expected: Mapping[str, Any]) -> bool:
    """The first citation is right, and the quotes shown hold the numbers."""
    if not answer.citations or answer.status != "answered":
        return False
    quotes = "".join(citation.quote for citation in answer.citations[:3])
    first = answer.citations[0].measure.measure_id in expected["measures"]
    return first and any(fact in quotes for fact in expected["facts"])


def _several(answer: Answer, expected: Mapping[str, Any]) -> bool:
    wanted: Sequence[Mapping[str, Any]] = expected["parts"]
    if len(answer.parts) != len(wanted):
        return False
    return all(_part(part, want) for part, want in zip(answer.parts, wanted, strict=True))


def _part(part: Answer, want: Mapping[str, Any]) -> bool:
    if not want["measures"]:
        return part.status != "answered"
    right = bool(part.citations) and part.citations[0].measure.measure_id in want["measures"]
    return right and all(fact in part.text for fact in want["facts"])


def _meaning(answer: Answer, expected: Mapping[str, Any]) -> bool:
    if answer.meaning is None or not answer.citations:
        return False
    first = answer.citations[0].measure.measure_id in expected["measures"]
    quote = answer.citations[0].quote
    says = all(fact in quote for fact in expected["facts"])
    return first and bool(answer.meaning.explained) == expected["explained"] and says


_CHECKS: Mapping[str, Callable[[Answer, Mapping[str, Any]], bool]] = {
    "lookup": _lookup,
    "unit_list": _list,
    "section_list": _list,
    "compare": _compare,
    "budget": _fact,
    "target": _fact,
    "multi": _several,
    "slogan": _meaning,
}
