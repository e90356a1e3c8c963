import json
from pathlib import Path

import pytest

from qa.cli import main
from qa.library import Library
from tests.support import D23, D24, python

_QUESTION = "服务业企业首次小升规有奖励吗"
Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("library")


def test_explain_prints_the_evidence(capsys: Output) -> None:
    assert main(["ask", _QUESTION, "--explain", "--top-k", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("answers with probability 0.") for line in lines)
    shares = [line for line in lines if line[:3] in ("1. ", "2. ", "3. ") and " = " in line]
    assert len(shares) == 2
    assert shares[0].startswith(f"1. {D24}:28 ")


def test_explain_keeps_to_the_filters(capsys: Output) -> None:
    assert main(["ask", _QUESTION, "--explain", "--year", "2023"]) == 0
    explained = capsys.readouterr().out.split("answers with probability")[1]
    assert D23 in explained
    assert D24 not in explained


def test_noted_questions_can_be_left_out(capsys: Output, home: Path) -> None:
    assert main(["ask", _QUESTION, "--json", "--no-aliases"]) == 0
    output = capsys.readouterr()
    assert json.loads(output.out)["citations"][0]["measure_id"] == f"{D24}:28"
    assert (home / "index-text" / "manifest.json").exists()
    assert (home / "index" / "manifest.json").exists()


def test_the_corpus_is_exported_whole(capsys: Output) -> None:
    assert main(["corpus", "export"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == 142
    assert sum(row["kind"] == "measure" for row in rows) == 122
    assert len({row["measure_id"] for row in rows}) == 142
    for document in (D24, D23):
        starts = [row["start"] for row in rows if row["measure_id"].startswith(f"{document}:")]
        assert starts == sorted(set(starts))


def test_the_index_is_checked_and_rebuilt(capsys: Output, library: Library, home: Path) -> None:
    assert main(["index"]) == 0
    output = capsys.readouterr()
    assert output.out == f"{home / 'index'}: {len(library.measures)} passages\n"
    assert output.err == ""
    assert main(["index", "--rebuild"]) == 0
    assert "built the index anew" in capsys.readouterr().err
    assert (home / "index" / "manifest.json").exists()


def test_the_program_runs_as_a_process(home: Path) -> None:
    code = "import sys; from qa.cli import main; sys.exit(main())"
    run = python("-c", code, "ask", _QUESTION, home=home, environment={"LC_ALL": "C"})
    assert (run.returncode, run.stderr) == (0, "")
    assert "第28条" in run.stdout
    empty = python("-c", code, "ask", "", home=home)
    assert empty.returncode == 2
    assert "请输入问题" in empty.stdout
    assert "Traceback" not in empty.stderr
