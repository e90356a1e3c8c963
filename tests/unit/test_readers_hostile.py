import io
import os
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from corpus.errors import MissingFileError, UnreadableFileError
from corpus.readers import office as office_module
from corpus.readers import read_file
from corpus.readers.markdown import MarkdownReader
from corpus.readers.ofd import OfdReader
from corpus.readers.office import OLE, OfficeReader
from tests.files import docx, ofd, paragraph, pdf, soffice, zipped

_CHINESE = "乐清市推动经济高质量发展若干政策，支持企业。\n".encode()


def _refused(path: Path, data: bytes) -> UnreadableFileError:
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path)
    message = str(caught.value)
    assert str(path) in message and "\n" not in message and ";" in message
    return caught.value


def _entity(root: str, inside: str) -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f"<{root}>{inside}&e;</{root}>"
    )


def _laughs(root: str) -> str:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)
    )
    return f"<!DOCTYPE x [{entities}]><{root}>&a9;</{root}>"


@pytest.mark.parametrize("bomb", [_entity("document", "<body/>"), _laughs("document")])
def test_entities_in_a_docx_are_refused(tmp_path: Path, bomb: str) -> None:
    error = _refused(tmp_path / "x.docx", zipped({"word/document.xml": bomb}))
    assert error.kind == "corrupt" and "root:" not in str(error)


@pytest.mark.parametrize("bomb", [_entity("OFD", ""), _laughs("OFD")])
def test_entities_in_an_ofd_are_refused(tmp_path: Path, bomb: str) -> None:
    assert _refused(tmp_path / "x.ofd", zipped({"OFD.xml": bomb})).kind == "corrupt"


def test_an_entity_in_html_brings_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_text(
        '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>政策甲乙丙&e;</p>', "utf-8"
    )
    assert "root:" not in read_file(path).text


def test_a_zip_bomb_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    data = zipped({"word/document.xml": b"<" + b" " * (200 << 20)})
    assert len(data) < 1 << 20
    tracemalloc.start()
    try:
        error = _refused(tmp_path / "x.docx", data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert error.kind == "too_large"
    assert peak < 200 << 20


def test_members_that_overlap_do_not_unpack_without_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.readers.package.MAX_UNPACKED", 1000)
    data = docx(paragraph("政策" * 600), {"styles": "", "numbering": ""})
    assert _refused(tmp_path / "x.docx", data).kind == "too_large"


def test_a_zip_of_very_many_members_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for i in range(10_050):
            archive.writestr(zipfile.ZipInfo(f"{i}"), b"")
    assert _refused(tmp_path / "x.docx", buffer.getvalue()).kind == "too_large"


def test_a_file_of_500_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFileError, match="500 MB, the limit is 100 MB") as caught:
            read_file(path)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize("depth", [300, 5000])
def test_deeply_nested_xml_is_text_or_an_error(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(docx("<w:sdt><w:sdtContent>" * depth + paragraph("政策")))
    with pytest.raises(UnreadableFileError):
        read_file(path)


@pytest.mark.parametrize("name", ["x.txt", "x.docx", "x.pdf", "x.html", "x.md", "x.ofd", "x.doc"])
@pytest.mark.parametrize("data", [b"", b"\n \n", bytes(4096)])
def test_empty_files_are_told_as_such(tmp_path: Path, name: str, data: bytes) -> None:
    assert _refused(tmp_path / name, data).kind == "empty"


def test_an_encrypted_docx_is_told_as_such(tmp_path: Path) -> None:
    data = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert _refused(tmp_path / "x.docx", data).kind == "encrypted"


def test_an_encrypted_zip_member_is_told_as_such(tmp_path: Path) -> None:
    data = bytearray(zipped({"word/document.xml": "<document/>"}))
    data[6] |= 1  # the flag in the member's header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert _refused(tmp_path / "x.docx", bytes(data)).kind == "encrypted"


def test_an_encrypted_pdf_is_told_as_such(tmp_path: Path) -> None:
    # Revision 2 with keys that the empty password does not fit.
    key = "00" * 32
    data = pdf([[(72, 72, 12, "政策")]]).replace(
        b"/Root 1 0 R",
        f"/Root 1 0 R /ID [<{key}> <{key}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O <{key}> /U <{key}> >>".encode(),
    )
    assert _refused(tmp_path / "x.pdf", data).kind == "encrypted"


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"xl/workbook.xml": "x", "[Content_Types].xml": "x"}, "Excel"),
        ({"ppt/presentation.xml": "x"}, "PowerPoint"),
        ({"content.xml": "x", "mimetype": "x"}, "OpenDocument"),
        ({"a.txt": "x"}, "zip archive"),
    ],
)
def test_other_zips_are_refused_by_name(tmp_path: Path, members: dict[str, str], what: str) -> None:
    error = _refused(tmp_path / "x.docx", zipped({**members}))
    assert error.kind == "unsupported" and what in str(error)


@pytest.mark.parametrize(
    "head",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"BM\x00\x00",
        b"7z\xbc\xaf\x27",
        b"MZ\x00",
    ],
)
def test_pictures_and_programs_are_refused_by_name(tmp_path: Path, head: bytes) -> None:
    assert _refused(tmp_path / "x.pdf", head + bytes(range(200))).kind == "unsupported"


def test_an_excel_file_of_1997_is_refused(tmp_path: Path) -> None:
    data = OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600)
    assert _refused(tmp_path / "x.doc", data).kind == "unsupported"


def test_garbage_under_every_name_is_one_clear_line(tmp_path: Path) -> None:
    data = bytes((i * 37 + i // 7) % 256 for i in range(5000))
    for suffix in ("txt", "docx", "pdf", "ofd", "html", "md", "doc", "wps", "rtf", "bin"):
        assert _refused(tmp_path / f"x.{suffix}", data).kind == "corrupt"


def test_folders_devices_and_missing_files_are_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="not a file"):
        read_file(tmp_path)
    with pytest.raises(MissingFileError, match="not found"):
        read_file(tmp_path / "none.txt")
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    with pytest.raises(UnreadableFileError, match="not a file"):
        read_file(fifo)


def test_text_under_another_name_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(_CHINESE)
    reading = read_file(path)
    assert reading.kind == "txt"
    assert reading.warnings == ("the file is named .docx but is txt; it was read as txt",)


def test_a_text_without_chinese_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Policy measures of 2024", "utf-8")
    assert "0% of the text are Chinese" in read_file(path).warnings[0]


def test_a_slow_conversion_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 &\nwait\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office_module, "office_program", lambda: str(program))
    with pytest.raises(UnreadableFileError, match="did not convert"):
        OfficeReader(".rtf", seconds=0.3).read(b"{\\rtf1 x}")


def test_a_conversion_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    soffice()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert OfficeReader(".rtf").read(b"{\\rtf1\\ansi policy}") == "policy\n"
    assert list(tmp_path.iterdir()) == []


def test_damaged_word97_files_are_refused() -> None:
    soffice()
    with pytest.raises(UnreadableFileError):
        OfficeReader(".doc").read(
            OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(900)
        )


def test_an_ofd_of_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("corpus.readers.ofd.MAX_PAGES", 2)
    assert _refused(tmp_path / "x.ofd", ofd([[], [], []])).kind == "too_large"


@pytest.mark.parametrize(
    "piece", ["[", "_a ", " _a", "`", "``a", "<!--", "<http:", "# " + " " * 50, "|-"]
)
def test_hostile_markdown_is_read_in_linear_time(piece: str) -> None:
    # Quadratic patterns would take minutes; this takes a moment.
    started = time.process_time()
    MarkdownReader().read(b"\xe6\x94\xbf " + piece.encode() * (300_000 // len(piece)))
    assert time.process_time() - started < 10


def test_steps_repeated_beyond_all_text_are_not_counted_out() -> None:
    page = "".join(
        '<TextObject Boundary="1 1 9 9" Size="4"><TextCode X="0" Y="4" DeltaX="g 999999999 1">'
        "政策</TextCode></TextObject>"
        for _ in range(5000)
    )
    content = {"Doc_0/Pages/Page_0/Content.xml": f"<Page><Content>{page}</Content></Page>"}
    started = time.process_time()
    OfdReader().read(ofd([[]], extra=content))
    assert time.process_time() - started < 20
