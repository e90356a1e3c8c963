import json
from pathlib import Path

import pytest

from corpus.catalog import SHIPPED_CATALOG
from corpus.errors import (
    DuplicateDocumentError,
    LibraryBusyError,
    ParseError,
    ShelfError,
    SourceChangedError,
    UsageError,
)
from corpus.library.cache import Origins, load_records
from corpus.library.intake import Fields, Source, read_source
from corpus.library.naming import checked_id, next_version, proposed_id
from corpus.library.shelf import Shelf
from corpus.library.similar import NEAR, Sketches, share, shingles, sketch
from corpus.normalise import normalise
from corpus.records import Document
from tests.shelves import FIELDS, source, text


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "library")


def _add(shelf: Shelf, given: Source, name: str | None = None, fields: Fields = FIELDS) -> str:
    with shelf.change() as change:
        return change.add(given, fields, name).held.document_id


def _ids(shelf: Shelf) -> list[str]:
    return [held.document_id for held in shelf.held()]


def test_an_empty_library_holds_nothing_and_makes_no_folder(shelf: Shelf) -> None:
    assert shelf.held() == ()
    assert not shelf.folder.exists()


def test_a_document_is_kept_with_its_bytes_its_text_and_its_fields(shelf: Shelf) -> None:
    given = source(1)
    _add(shelf, given, "a")
    [held] = Shelf(shelf.folder).held()
    assert (shelf.folder / held.entry.file).read_bytes() == given.data
    assert shelf.text(held) == given.text
    assert (held.entry.title, held.entry.region, held.entry.year) == ("苍南县政策", "苍南县", 2024)
    assert (held.name, held.kind) == (given.name, "txt")
    [document] = shelf.documents()
    assert [m.measure_id for m in document.measures if m.kind == "measure"] == ["a:1", "a:2"]


def test_region_year_and_status_may_be_unknown(shelf: Shelf) -> None:
    _add(shelf, source(1), "a", Fields("标题"))
    [held] = Shelf(shelf.folder).held()
    assert (held.entry.region, held.entry.year, held.entry.status) == ("", None, "未载明")


def test_kept_records_are_those_that_parsing_yields(shelf: Shelf) -> None:
    _add(shelf, source(1), "a")
    [held] = shelf.held()
    [path] = (shelf.folder / "records").iterdir()
    cached = load_records(path, held.entry)
    path.unlink()
    parsed = shelf.document(held)
    assert cached is not None
    assert cached.measures == parsed.measures
    assert cached.text == parsed.text
    assert list(cached.normalised.origins) == list(parsed.normalised.origins)


@pytest.mark.parametrize("content", [b"", b"{", b"null", b'{"text": 1}', b"\xff"])
def test_damaged_records_are_parsed_anew(shelf: Shelf, content: bytes) -> None:
    _add(shelf, source(1), "a")
    [held] = shelf.held()
    [path] = (shelf.folder / "records").iterdir()
    whole = path.read_bytes()
    path.write_bytes(content)
    assert len(shelf.document(held).measures) > 2
    assert path.read_bytes() == whole


def test_origins_as_runs_are_the_origins(documents: tuple[Document, ...]) -> None:
    for document in documents:
        origins = document.normalised.origins
        runs = Origins.of(origins)
        assert list(runs) == list(origins)
        assert runs[-1] == origins[-1]
        assert list(runs[3:9]) == list(origins[3:9])
        assert len(runs.runs) < len(origins) / 10
    with pytest.raises(IndexError):
        Origins.of([1, 2])[2]


def test_the_same_file_is_not_added_again(shelf: Shelf) -> None:
    _add(shelf, source(1), "a")
    with pytest.raises(DuplicateDocumentError, match="holds this very text as a"):
        _add(shelf, source(1), "b")
    assert _ids(shelf) == ["a"]


def test_a_shipped_file_is_not_added_again(shelf: Shelf, documents: tuple[Document, ...]) -> None:
    shipped = SHIPPED_CATALOG.parent / documents[0].entry.file
    with (
        pytest.raises(DuplicateDocumentError, match=documents[0].document_id),
        shelf.change(shipped=documents) as change,
    ):
        change.add(read_source(shipped), FIELDS)


def test_a_nearly_equal_text_is_named_with_its_share(shelf: Shelf) -> None:
    _add(shelf, source(1, clauses=30), "a")
    with shelf.change() as change:
        near = change.add(source(1, clauses=30, extra="末尾多一句。"), FIELDS, "b").near
        assert [name for name, _ in near] == ["a"]
        assert NEAR <= near[0][1] < 1
        assert change.add(source(2, clauses=30), FIELDS, "c").near == ()


def test_likeness_is_the_share_of_shingles() -> None:
    one, other = shingles("甲乙丙丁戊己"), shingles("甲乙丙丁戊庚")
    assert share(one, one) == 1
    assert share(one, other) == pytest.approx(1 / 3)
    assert share(one, shingles("甲乙 丙丁\n戊己")) == 1
    assert len(shingles("")) == 1


def test_sketches_find_what_is_alike_among_many() -> None:
    sketches = Sketches()
    for number in range(200):
        sketches.put(str(number), sketch(shingles(text(number, clauses=30))))
    assert sketches.candidates(sketch(shingles(text(7, clauses=30) + "又一句。"))) == ["7"]


def test_a_new_version_takes_the_place_of_the_old_one(shelf: Shelf) -> None:
    _add(shelf, source(1), "a")
    with shelf.change() as change:
        added = change.replace("a", source(2), FIELDS)
    assert (added.held.document_id, added.near) == ("a-v2", ())
    with shelf.change() as change:
        change.replace("a-v2", source(3), FIELDS, "third")
    links = [
        (h.document_id, h.entry.supersedes, h.entry.superseded_by)
        for h in Shelf(shelf.folder).held()
    ]
    assert links == [("a", None, "a-v2"), ("a-v2", "a", "third"), ("third", "a-v2", None)]
    with pytest.raises(UsageError, match="was replaced by a-v2"), shelf.change() as change:
        change.replace("a", source(4), FIELDS)


def test_removing_a_version_links_its_neighbours(shelf: Shelf) -> None:
    with shelf.change() as change:
        change.add(source(1), FIELDS, "a")
        change.replace("a", source(2), FIELDS, "b")
        change.replace("b", source(3), FIELDS, "c")
    with shelf.change() as change:
        change.remove("b")
    assert shelf.find("a").entry.superseded_by == "c"
    assert shelf.find("c").entry.supersedes == "a"
    with shelf.change() as change:
        change.remove("c")
    assert shelf.find("a").entry.superseded_by is None


def test_removing_a_document_deletes_its_files(shelf: Shelf) -> None:
    _add(shelf, source(1), "a")
    with shelf.change() as change:
        change.remove("a")
    left = [p.name for p in shelf.folder.rglob("*") if p.is_file() and p.name != "lock"]
    assert left == ["catalog.json"]


def test_an_error_in_a_change_leaves_everything_as_it_was(shelf: Shelf) -> None:
    _add(shelf, source(1), "a")
    before = {p: p.read_bytes() for p in shelf.folder.rglob("*") if p.is_file()}
    for error in (KeyboardInterrupt, OSError, ParseError("x", "y")):
        with pytest.raises((KeyboardInterrupt, OSError, ParseError)), shelf.change() as change:
            change.add(source(2), FIELDS, "b")
            change.remove("a")
            raise error
    assert {p: p.read_bytes() for p in shelf.folder.rglob("*") if p.is_file()} == before


def test_an_error_while_the_index_is_prepared_leaves_everything_as_it_was(shelf: Shelf) -> None:
    def fail(_: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), shelf.change(fail) as change:
        change.add(source(1), FIELDS, "a")
    assert shelf.held() == ()


def test_a_library_that_another_process_changes_is_waited_for_and_then_named(shelf: Shelf) -> None:
    with (
        shelf.change(),
        pytest.raises(LibraryBusyError, match="another process"),
        Shelf(shelf.folder).change(patience=0.05),
    ):
        pass


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"format": 9, "documents": []}', b'{"format": 1, "documents": [{}]}', b"\xff"],
)
def test_a_damaged_catalog_is_named_with_what_to_do(shelf: Shelf, content: bytes) -> None:
    _add(shelf, source(1), "a")
    (shelf.folder / "catalog.json").write_bytes(content)
    with pytest.raises(ShelfError, match="restore it from a backup"):
        Shelf(shelf.folder).held()


def test_a_catalog_with_a_wrong_value_is_damaged(shelf: Shelf) -> None:
    _add(shelf, source(1), "a")
    path = shelf.folder / "catalog.json"
    for key, value in [("year", "x"), ("status", "草稿"), ("issued", "May"), ("title", 1)]:
        table = json.loads(path.read_bytes())
        whole = path.read_bytes()
        table["documents"][0][key] = value
        path.write_text(json.dumps(table), "utf-8")
        with pytest.raises(ShelfError):
            shelf.held()
        path.write_bytes(whole)


def test_a_changed_or_missing_text_is_named(shelf: Shelf) -> None:
    _add(shelf, source(1), "a")
    [held] = shelf.held()
    path = shelf.folder / "texts" / f"{held.text_sha256}.txt"
    path.write_text("别的", "utf-8")
    with pytest.raises(SourceChangedError):
        shelf.text(held)
    path.unlink()
    with pytest.raises(ShelfError, match="the text of a is gone"):
        shelf.text(held)


def test_what_is_not_in_the_library_cannot_be_changed(
    shelf: Shelf, documents: tuple[Document, ...]
) -> None:
    with shelf.change(shipped=documents) as change:
        with pytest.raises(UsageError, match="no document 'x'"):
            change.remove("x")
        with pytest.raises(UsageError, match="shipped with the program"):
            change.remove(documents[0].document_id)
        with pytest.raises(UsageError, match="is taken"):
            change.add(source(1), FIELDS, documents[0].document_id)


def test_parsing_is_not_repeated_for_a_library_that_did_not_change(shelf: Shelf) -> None:
    _add(shelf, source(1), "a")
    assert shelf.held() is shelf.held()


@pytest.mark.parametrize("bad", ["", "A", "a:b", "-a", "a-", "政策", "a b", "a" * 65, "../a"])
def test_an_id_that_cannot_be_typed_or_kept_is_refused(bad: str) -> None:
    with pytest.raises(UsageError, match="use 1 to 64 of"):
        checked_id(bad, ())


@pytest.mark.parametrize(
    ("stem", "title", "region", "year", "expected"),
    [
        ("Policy 2024 (final)", "标题", "", None, "policy-2024-final"),
        ("政策", "苍南县人才政策", "苍南县", 2024, "cangnan-2024"),
        ("12", "人才引进政策2023年", "", None, "ren-cai-yin-jin-2023"),
        ("…", "—", "", None, "doc-abcdef12"),
    ],
)
def test_an_id_comes_from_the_file_or_the_place_and_year(
    stem: str, title: str, region: str, year: int | None, expected: str
) -> None:
    sha256 = "abcdef12" * 8
    assert proposed_id(stem, title, region, year, sha256, ()) == expected
    again = proposed_id(stem, title, region, year, sha256, {expected})
    assert again == f"{expected}-abcdef12"
    assert checked_id(again, ()) == again


def test_versions_are_counted() -> None:
    assert next_version("a", ()) == "a-v2"
    assert next_version("a-v2", {"a-v3"}) == "a-v4"


def test_a_text_is_kept_as_it_was_read(shelf: Shelf) -> None:
    given = source(1, extra="\r\n全角　空格\u3000。\r\n")
    _add(shelf, given, "a")
    [held] = shelf.held()
    assert shelf.text(held) == given.text
    assert shelf.document(held).text == normalise(given.text).text
