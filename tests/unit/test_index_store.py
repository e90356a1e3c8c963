import json
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexFolderError
from index.build import build_searchers
from index.evidence import Searchers, gather
from index.passages import Passage
from index.protocols import Floats
from index.store import MANIFEST, load_index, open_index
from tests.support import PASSAGES, HashEncoder

ENCODER = HashEncoder()
BACKGROUND = ("今天天气好吗", "有没有对象")


def _evidence(searchers: Searchers, query: str = "服务业有奖励吗") -> Floats:
    return gather(query, searchers, ENCODER, lambda _: "奖励").values


def _open(folder: Path) -> tuple[Searchers, str | None]:
    return open_index(folder, PASSAGES, BACKGROUND, ENCODER)


def _assert_rebuilt(folder: Path, expected: Floats) -> str:
    """The index is built anew with a notice, works, and is whole afterwards."""
    searchers, notice = _open(folder)
    assert notice is not None
    np.testing.assert_allclose(_evidence(searchers), expected, atol=1e-3)
    again, silence = _open(folder)
    assert silence is None
    np.testing.assert_allclose(_evidence(again), expected, atol=1e-3)
    return notice


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _open(tmp_path / "home" / "index")
    return tmp_path / "home" / "index"


@pytest.fixture(scope="module")
def expected() -> Floats:
    return _evidence(build_searchers(PASSAGES, ENCODER, BACKGROUND))


def test_a_missing_index_is_built_and_then_read(tmp_path: Path, expected: Floats) -> None:
    notice = _assert_rebuilt(tmp_path / "a" / "b" / "index", expected)
    assert "there is no index yet" in notice


def test_a_kept_index_lists_every_one_of_its_files_and_no_other_is_left(folder: Path) -> None:
    listed = set(json.loads((folder / MANIFEST).read_text("utf-8"))["files"])
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert there == listed | {MANIFEST}
    assert [p.name for p in folder.parent.iterdir()] == ["index"]


def test_an_index_of_another_corpus_is_stale(folder: Path, expected: Floats) -> None:
    other = (*PASSAGES[:2], Passage("a:3", "别的文字。"))
    open_index(folder, other, BACKGROUND, ENCODER)
    assert "its corpus is not the present one" in _assert_rebuilt(folder, expected)


def test_an_index_of_another_model_is_stale(folder: Path, expected: Floats) -> None:
    open_index(folder, PASSAGES, BACKGROUND, HashEncoder("other"))
    assert "its model is not the present one" in _assert_rebuilt(folder, expected)


def test_a_flipped_byte_in_any_file_is_noticed_and_mended(folder: Path, expected: Floats) -> None:
    files = list(json.loads((folder / MANIFEST).read_text("utf-8"))["files"])
    assert len(files) > 10
    for name in files:
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
        assert f"{name} is missing or changed" in _assert_rebuilt(folder, expected)


def test_a_deleted_file_is_noticed_and_mended(folder: Path, expected: Floats) -> None:
    (folder / "sentence_owners.npy").unlink()
    assert "sentence_owners.npy is missing" in _assert_rebuilt(folder, expected)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 1}'])
def test_a_garbage_manifest_is_noticed_and_mended(
    folder: Path, expected: Floats, content: bytes
) -> None:
    (folder / MANIFEST).write_bytes(content)
    _assert_rebuilt(folder, expected)


@pytest.mark.parametrize("files", [None, [], {}, {"sentence_owners.npy": 1}, {"..": "x"}])
def test_a_manifest_that_does_not_list_the_files_is_noticed_and_mended(
    folder: Path, expected: Floats, files: object
) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | {"files": files}), "utf-8")
    (folder / "sentence_owners.npy").unlink()
    _assert_rebuilt(folder, expected)


def test_a_missing_manifest_is_noticed_and_mended(folder: Path, expected: Floats) -> None:
    (folder / MANIFEST).unlink()
    _assert_rebuilt(folder, expected)


def test_a_place_that_cannot_be_written_serves_from_memory(
    tmp_path: Path, expected: Floats
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    searchers, notice = _open(tmp_path / "file" / "index")
    assert notice is not None
    assert "it cannot be kept" in notice
    np.testing.assert_allclose(_evidence(searchers), expected, atol=1e-3)


def test_an_index_on_a_read_only_place_is_read(
    folder: Path, expected: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError("read-only file system")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    searchers, notice = _open(folder)
    assert notice is None
    np.testing.assert_allclose(_evidence(searchers), expected, atol=1e-3)
    (folder / MANIFEST).unlink()
    searchers, notice = _open(folder)
    assert notice is not None
    assert "read-only file system" in notice


def test_loading_a_stale_index_says_how_to_mend_it(folder: Path) -> None:
    with pytest.raises(IndexFolderError, match="rebuild it with `huiwen index --rebuild`"):
        load_index(folder, "another corpus", ENCODER, len(PASSAGES))
