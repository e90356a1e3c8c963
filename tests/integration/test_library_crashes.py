"""What a user's library is after a crash, and with several processes that change it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.library.shelf import Shelf
from index.home import LIBRARY_INDEX
from index.ingest import changing
from index.passages import passages_from
from index.shelved import ShelfIndex, loader
from tests.shelves import FIELDS, source
from tests.support import ROOT, HashEncoder, python

ENCODER = HashEncoder()


def _add(home: Path, seed: int) -> None:
    shelf = Shelf(home / "library")
    with changing(ENCODER, shelf=shelf, folder=home / LIBRARY_INDEX, shipped=()) as ingest:
        ingest.add(source(seed), FIELDS, f"d{seed}")


def _state(home: Path) -> list[str]:
    """Ids in a library whose every document can be read and whose index is there and whole."""
    shelf = Shelf(home / "library")
    held = shelf.held()
    passages = passages_from(shelf.documents(), {})
    if held:
        index = ShelfIndex(home / LIBRARY_INDEX, ENCODER)
        keys = [one.key for one in held]
        searchers, notice = index.open(keys, len(passages), loader(shelf, held))
        assert notice is None
        assert len(searchers.text) == len(passages)
    return [one.document_id for one in held]


def test_a_crash_at_any_step_leaves_the_old_library_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies on the disk before and after each step is what `kill -9` there would leave."""
    home = tmp_path / "home"
    _add(home, 1)
    copies: list[Path] = []

    def watched(real: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            for when in ("before", "after"):
                if when == "after":
                    result = real(*arguments, **options)
                copies.append(tmp_path / f"copy-{len(copies)}")
                shutil.copytree(home, copies[-1], ignore=shutil.ignore_patterns("lock"))
            return result

        return step

    with monkeypatch.context() as patch:
        for name in ("replace", "rename", "fsync"):
            patch.setattr(os, name, watched(getattr(os, name)))
        _add(home, 2)
    states = [_state(copy) for copy in copies]
    assert len(states) > 20
    change = states.index(["d1", "d2"])
    assert all(state == ["d1"] for state in states[:change])
    assert all(state == ["d1", "d2"] for state in states[change:])
    for copy in copies[::5]:
        (copy / "library" / "lock").unlink(missing_ok=True)
        _add(copy, 3)  # what is left over is no hindrance, and is cleared away
        held = Shelf(copy / "library").held()
        files = {path.name for path in (copy / "library" / "files").iterdir()}
        assert files == {Path(one.entry.file).name for one in held}


_CHILD = """
import os, signal, sys
from pathlib import Path
from tests.integration.test_library_crashes import _add
steps, real = int(sys.argv[2]), os.replace
def replace(*arguments, **options):
    global steps
    steps -= 1
    if steps == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)
if steps:
    os.replace = replace
_add(Path(sys.argv[1]), int(sys.argv[3]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("step", [1, 4, 6])
def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path, step: int) -> None:
    _add(tmp_path, 1)
    run = python("-c", _CHILD, str(tmp_path), str(step), "2", home=tmp_path)
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert _state(tmp_path) == ["d1"]
    _add(tmp_path, 2)
    assert _state(tmp_path) == ["d1", "d2"]


def test_processes_that_add_at_once_all_succeed(tmp_path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", _CHILD, str(tmp_path), "0", str(seed)], cwd=ROOT)
        for seed in (1, 2, 3)
    ]
    assert [child.wait(timeout=120) for child in children] == [0, 0, 0]
    assert sorted(_state(tmp_path)) == ["d1", "d2", "d3"]
