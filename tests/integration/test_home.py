"""Opening the library: offline, from damaged or unwritable places, without heavy imports."""

import subprocess
from pathlib import Path

import pytest

from index.home import home as data_folder
from qa.assistant import Assistant
from qa.cli import main
from qa.library import Library, open_library
from tests.support import D24, ROOT, python

_QUESTION = "服务业企业首次小升规有奖励吗"
_HEAVY = ["torch", "sentence_transformers", "transformers", "matplotlib", "jieba", "gradio"]


@pytest.mark.usefixtures("no_network", "library")
def test_opening_and_asking_needs_no_network(home: Path) -> None:
    library = open_library(folder=home / "index")
    assert library.notice is None
    answer = Assistant(library).ask(_QUESTION)
    assert answer.citations[0].measure.measure_id == f"{D24}:28"


@pytest.mark.usefixtures("no_network")
def test_the_first_run_needs_no_network(tmp_path: Path) -> None:
    library = open_library(folder=tmp_path / "index", use_aliases=False)
    assert library.notice is not None
    answer = Assistant(library).ask(_QUESTION)
    assert answer.citations[0].measure.measure_id == f"{D24}:28"


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("modules", [_HEAVY], ids=["heavy"])
def test_asking_imports_nothing_heavy(home: Path, modules: list[str]) -> None:
    code = (
        "import sys; from qa.cli import main; status = main(sys.argv[1:]);"
        f" print('heavy:', [m for m in {modules!r} if m in sys.modules]); sys.exit(status)"
    )
    run = python("-c", code, "ask", _QUESTION, home=home)
    assert run.returncode == 0
    assert run.stdout.splitlines()[-1] == "heavy: []"


def test_importing_the_command_line_imports_no_searcher() -> None:
    code = "import sys, qa.cli; print([m for m in ('numpy', 'faiss', 'bm25s') if m in sys.modules])"
    assert python("-c", code, home=ROOT).stdout == "[]\n"


def test_the_named_home_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HUIWEN_HOME", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv("HUIWEN_HOME")
    assert data_folder().name == "huiwen"


def test_a_home_that_is_no_folder_serves_with_a_notice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("HUIWEN_HOME", str(tmp_path / "file"))
    assert main(["ask", _QUESTION, "--no-aliases"]) == 0
    output = capsys.readouterr()
    assert "第28条" in output.out
    assert "it cannot be kept" in output.err


def test_a_model_that_cannot_be_loaded_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_text("{}", "utf-8")
    monkeypatch.setenv("HUIWEN_MODEL", str(tmp_path))
    assert main(["ask", _QUESTION]) == 1
    assert "unset HUIWEN_MODEL" in capsys.readouterr().err


def test_every_passage_is_a_measure(library: Library) -> None:
    assert len(library.searchers.text) == len(library.measures) == 142
    assert library.searchers.learned is not None
    assert len(library.searchers.learned) == 142


def test_nothing_is_pickled() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    found = subprocess.run(
        [
            *("git", "grep", "-nE", "import pickle|allow_pickle=True|from pickle", "--"),
            *("corpus", "index", "qa", "eval"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # 1 is git's "nothing found"; above it, git itself failed.
    assert (found.returncode, found.stdout) == (1, "")
