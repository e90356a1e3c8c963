"""Full export records of chosen clauses, checked against the sources when they were kept."""

import json
from pathlib import Path

import pytest

from corpus.export import measure_to_json
from corpus.records import Measure

_FILES = sorted((Path(__file__).parent / "records").glob("*.json"))


def test_the_chosen_clauses_are_all_there() -> None:
    assert [file.stem for file in _FILES] == [
        *("leqing-2023-1", "leqing-2023-10", "leqing-2023-57", "leqing-2023-S7"),
        "leqing-2023-closing",
        *("leqing-2024-1", "leqing-2024-10", "leqing-2024-65", "leqing-2024-S7"),
        "leqing-2024-closing",
    ]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_a_record_is_exactly_the_kept_one(file: Path, measures: dict[str, Measure]) -> None:
    kept = json.loads(file.read_text("utf-8"))
    assert measure_to_json(measures[kept["measure_id"]]) == kept
