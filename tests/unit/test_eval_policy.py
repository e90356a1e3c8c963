import json
from pathlib import Path

import pytest

from corpus.errors import MissingFileError, UsageError
from eval.cli import main
from eval.questions import DEVELOPMENT


def test_other_questions_are_judged_with_the_shipped_weights(tmp_path: Path) -> None:
    lines = DEVELOPMENT.read_text("utf-8").splitlines()
    chosen = [*lines[:4], *(line for line in lines if '"hard_wrong_city"' in line)][:6]
    questions = tmp_path / "some.jsonl"
    questions.write_text("\n".join(chosen) + "\n", "utf-8")
    out = tmp_path / "out"
    assert main(["--questions", str(questions), "--out", str(out)]) == 0
    figures = json.loads((out / "metrics.json").read_text("utf-8"))["sets"]["some"]
    assert (figures["n"], figures["fitted"]) == (6, 6)
    assert set(figures["retrieval"]["groups"]["all"]) == {
        "lexical", "dense", "rrf", "fused", "full", "full_text",
    }  # fmt: skip
    assert figures["retrieval"]["groups"]["all"]["full"]["P@1"]["n"] == 4
    for name in ("report.md", "risk_coverage.png", "some.qrels", "some.full_text.run"):
        assert (out / name).stat().st_size > 0
    assert "fitted on" in (out / "report.md").read_text("utf-8")


def test_nothing_answerable_cannot_be_measured(tmp_path: Path) -> None:
    questions = tmp_path / "none.jsonl"
    questions.write_text("", "utf-8")
    with pytest.raises(UsageError, match="nothing can be measured"):
        main(["--questions", str(questions)])


def test_an_unknown_record_is_named(tmp_path: Path) -> None:
    row = json.loads(DEVELOPMENT.read_text("utf-8").splitlines()[0])
    row["relevant"] = {"elsewhere:1": 2}
    questions = tmp_path / "odd.jsonl"
    questions.write_text(json.dumps(row), "utf-8")
    with pytest.raises(UsageError, match="elsewhere:1"):
        main(["--questions", str(questions)])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"absent\.jsonl"):
        main(["--questions", str(tmp_path / "absent.jsonl")])


def test_a_report_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="no folder"):
        main(["--out", str(tmp_path / "file")])
