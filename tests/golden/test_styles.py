"""Documents in the ways that Chinese official documents number things, against kept readings.

The documents are made up; each reading was checked by hand against its document.
"""

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.metadata.propose import propose
from corpus.normalise import normalise
from corpus.records import Measure
from corpus.structure.parse import read

_FILES = sorted((Path(__file__).parents[1] / "documents").glob("*.txt"))


def _kept(file: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(file.with_suffix(".json").read_text("utf-8"))
    return kept


def _row(measure: Measure) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": measure.measure_id.removeprefix("d:"),
        "kind": measure.kind,
        "number": measure.number,
        "title": measure.title,
        "section": measure.section,
        "leads": list(measure.lead_units),
        "units": list(measure.units),
        "label": measure.label,
        "header": measure.header,
        "ends": measure.text[-10:],
    }
    if measure.kind in ("preamble", "closing"):
        return {name: row[name] for name in ("id", "kind", "ends")}
    return {name: value for name, value in row.items() if value not in ("", [], None)}


def test_there_are_as_many_styles_as_readings() -> None:
    assert len(_FILES) >= 14
    assert [f.stem for f in _FILES] == [f.stem for f in sorted(_FILES[0].parent.glob("*.json"))]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_clauses_are_the_kept_ones(file: Path) -> None:
    kept = _kept(file)
    reading = read("d", "", normalise(file.read_text("utf-8")).text)
    choice = reading.parts[0].choice
    assert (choice.level if choice else "paragraph") == kept["level"]
    assert (choice is not None and choice.through) == kept["through"]
    assert [_row(measure) for measure in reading.measures] == kept["records"]
    assert [line.text for line in reading.unassigned] == kept["unassigned"]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_metadata_is_the_kept_one(file: Path) -> None:
    kept = _kept(file)
    proposal = propose(normalise(file.read_text("utf-8")).text, file.name)
    found: dict[str, list[Any]] = {}
    for field in fields(proposal):
        item = getattr(proposal, field.name)
        value = item.value.isoformat() if isinstance(item.value, date) else item.value
        value = list(value) if isinstance(value, tuple) else value
        if value is not None or item.reason != "not_stated":
            found[field.name] = [value, item.confidence or item.reason, item.line]
    assert found == kept["metadata"]
    assert proposal.status == kept["status"]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_every_quote_of_metadata_stands_at_its_line(file: Path) -> None:
    text = normalise(file.read_text("utf-8")).text
    lines = text.split("\n")
    proposal = propose(text, file.name)
    for field in fields(proposal):
        item = getattr(proposal, field.name)
        if item.line is not None:
            assert item.quote in "\n".join(lines[item.line - 1 :])
            assert lines[item.line - 1].find(item.quote.split("\n")[0]) >= 0


@pytest.mark.parametrize(
    ("stem", "pattern"),
    [
        ("banfa-chapters", r"(?m)^第[一二三四五六七八九十]+条"),
        ("xize-articles", r"(?m)^第[一二三四五六七八九十]+条"),
        ("trial-guiding", r"(?m)^第[一二三四五六七八九十]+条"),
        ("interim-two-years", r"(?m)^第\d+条"),
        ("cuoshi-units", r"(?m)^（[一二三四五六]）"),
        ("subsidy-table", r"(?m)^\d \| |^注"),
        ("plan-dotted", r"(?m)^\d\.\d "),
    ],
)
def test_the_raw_file_has_as_many_clauses(stem: str, pattern: str) -> None:
    [file] = [file for file in _FILES if file.stem == stem]
    raw = file.read_text("utf-8")
    measures = [m for m in read("d", "", normalise(raw).text).measures if m.kind == "measure"]
    assert len(measures) == len(re.findall(pattern, raw))
