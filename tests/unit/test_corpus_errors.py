import hashlib
import re
from pathlib import Path

import pytest

from corpus.aliases import load_aliases, load_background
from corpus.catalog import load_catalog
from corpus.errors import (
    CatalogError,
    CorpusError,
    HuiwenError,
    MissingFileError,
    ParseError,
    SourceChangedError,
)
from corpus.reader import load_corpus

_TEXT = "一、扩大投资（由市发改局牵头实施）\n1.加大支持。安排资金。（责任单位：市财政局）\n"
_TABLE = """[[document]]
id = "x"
file = "x.txt"
title = "标题"
region = "乐清市"
year = 2024
status = "征求意见稿"
sha256 = "{sha256}"
"""


def _catalog(folder: Path, text: bytes = _TEXT.encode(), extra: str = "") -> Path:
    (folder / "x.txt").write_bytes(text)
    path = folder / "catalog.toml"
    sha256 = hashlib.sha256(text).hexdigest()
    path.write_text(_TABLE.format(sha256=sha256) + extra, "utf-8")
    return path


def test_a_small_catalog_of_ones_own_loads(tmp_path: Path) -> None:
    [document] = load_corpus(_catalog(tmp_path))
    assert [m.measure_id for m in document.measures] == ["x:S1", "x:1"]
    assert document.measures[1].units == ("市财政局",)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('title = "标题"', "title = ", "not readable as TOML"),
        ('title = "标题"', "", "title is missing"),
        ("year = 2024", 'year = "2024"', "year is missing or no int"),
        ("year = 2024", "year = 2024\nissued = 2024", "issued is no date"),
        ("year = 2024", "year = 2024\ncolour = 1", r"unknown fields \['colour'\]"),
        ("征求意见稿", "草稿", "status must be 征求意见稿 or 正式印发"),
    ],
)
def test_a_malformed_catalog_is_named_with_its_problem(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    path = _catalog(tmp_path)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(CatalogError, match=problem) as caught:
        load_catalog(path)
    assert str(path) in str(caught.value)


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    path = _catalog(tmp_path)
    path.write_text(path.read_text("utf-8") * 2, "utf-8")
    with pytest.raises(CatalogError, match="not unique"):
        load_catalog(path)


def test_a_catalog_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_bytes("标题".encode("gbk"))
    with pytest.raises(CatalogError, match=re.escape(str(path))):
        load_catalog(path)


def test_a_catalog_whose_documents_are_no_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_text("document = [1]\n", "utf-8")
    with pytest.raises(CatalogError, match=re.escape(str(path))):
        load_catalog(path)


def test_a_missing_catalog_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"none\.toml: not found"):
        load_catalog(tmp_path / "none.toml")


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    path = _catalog(tmp_path)
    (tmp_path / "x.txt").unlink()
    with pytest.raises(MissingFileError, match=r"x\.txt: not found"):
        load_corpus(path)


def test_a_changed_source_is_named_with_both_hashes(tmp_path: Path) -> None:
    path = _catalog(tmp_path)
    (tmp_path / "x.txt").write_text(_TEXT + "。", "utf-8")
    with pytest.raises(SourceChangedError, match=r"x\.txt: SHA-256 is [0-9a-f]{64}, the catalog"):
        load_corpus(path)


def test_a_source_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    path = _catalog(tmp_path, _TEXT.encode("gbk"))
    with pytest.raises(CorpusError, match=r"x\.txt.*UTF-8"):
        load_corpus(path)


def test_a_text_without_clauses_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="document x: no numbered measure"):
        load_corpus(_catalog(tmp_path, "没有条款。\n".encode()))


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"aliases": []}', '{"measure_id": "x:1", "aliases": "问"}', '{"measure_id": 1}'],
)
def test_a_malformed_line_of_aliases_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "aliases.jsonl"
    path.write_text('{"measure_id": "x:1", "aliases": ["问"]}\n\n' + line + "\n", "utf-8")
    with pytest.raises(CorpusError, match=re.escape(f"{path}, line 3")):
        load_aliases(path, known=["x:1"])


def test_an_alias_of_an_unknown_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "aliases.jsonl"
    path.write_text('{"measure_id": "x:9", "aliases": ["问"]}\n', "utf-8")
    with pytest.raises(CorpusError, match="line 1: no measure x:9"):
        load_aliases(path, known=["x:1"])


def test_missing_alias_and_background_files_hold_nothing(tmp_path: Path) -> None:
    assert load_aliases(tmp_path / "none") == {}
    assert load_background(tmp_path / "none") == ()


def test_a_malformed_line_of_background_is_named(tmp_path: Path) -> None:
    path = tmp_path / "background.jsonl"
    path.write_text('{"question": "你好"}\n{"kind": 1}\n', "utf-8")
    with pytest.raises(CorpusError, match=r"background\.jsonl, line 2"):
        load_background(path)


def test_every_error_is_one_of_the_projects_own() -> None:
    assert issubclass(CorpusError, HuiwenError)
    assert issubclass(MissingFileError, FileNotFoundError)
    assert issubclass(SourceChangedError, ValueError)
