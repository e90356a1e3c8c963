"""What every reader promises: same text, same outcome each time, no error but our own."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalog import SHIPPED_CATALOG
from corpus.errors import HuiwenError, UnreadableFileError
from corpus.normalise import normalise
from corpus.readers import Reading, read_file, reader_for
from corpus.readers.files import READERS
from corpus.records import Document
from corpus.structure.parse import parse
from tests import files

_LINES = [
    "乐清市试行政策",
    "一、扩大有效投资政策（由市发改局牵头实施）",
    "1.加大财政支持力度。安排资金31.5亿元。（责任单位：市财政局）",
    "2.支持“415X”产业集群，增长9.5%以上。（责任单位：市经信局）",
    "本政策自2024年1月1日起施行。",
]
_BUILDERS: dict[str, Callable[[list[str]], bytes]] = {
    "txt": lambda lines: "\n".join(lines).encode(),
    "md": lambda lines: "\n\n".join([f"# {lines[0]}", *lines[1:]]).encode(),
    "html": lambda lines: files.page_of(lines).encode(),
    "docx": lambda lines: files.docx("".join(map(files.paragraph, lines))),
    "pdf": lambda lines: files.pdf([files.lines_on_page(lines)]),
    "ofd": lambda lines: files.ofd([files.lines_on_page(lines, size=4)]),
}
_SAMPLES = {kind: build(_LINES) for kind, build in _BUILDERS.items()}
_IN_PROCESS = sorted(_BUILDERS)
_OFFICE = ["doc", "rtf"]


@pytest.mark.parametrize("kind", _IN_PROCESS)
def test_the_same_content_gives_the_same_paragraphs(kind: str) -> None:
    assert READERS[kind].read(_SAMPLES[kind]).splitlines() == _LINES


@pytest.mark.parametrize("kind", _IN_PROCESS)
def test_reading_twice_gives_the_same_text(kind: str) -> None:
    reader = READERS[kind]
    assert reader.read(_SAMPLES[kind]) == reader.read(_SAMPLES[kind])


@pytest.mark.parametrize("kind", _IN_PROCESS)
def test_a_file_is_read_by_its_kind_without_a_warning(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"政策.{kind}"
    path.write_bytes(_SAMPLES[kind])
    reading = read_file(path)
    assert (reading.kind, reading.warnings) == (kind, ())
    assert reader_for(path, _SAMPLES[kind]) is READERS[kind]


@pytest.mark.parametrize("kind", _IN_PROCESS)
@pytest.mark.parametrize("named", ["txt", "pdf", "docx", "html"])
def test_a_misnamed_file_is_read_as_what_it_is(kind: str, named: str, tmp_path: Path) -> None:
    if kind in {"txt", "md"} and named == "html":
        pytest.skip("any text is HTML, by its name alone")
    path = tmp_path / f"x.{named}"
    path.write_bytes(_SAMPLES[kind])
    reading = read_file(path)
    if kind == "md":  # Markdown is known by its name only
        assert reading.kind == "txt"
        return
    assert reading.text.splitlines() == _LINES
    assert (reading.kind == kind) and bool(reading.warnings) == (kind != named)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_suffixes_are_lower_case_and_no_two_readers_share_one(kind: str) -> None:
    mine = READERS[kind].suffixes
    others = [s for k, reader in READERS.items() if k != kind for s in reader.suffixes]
    assert mine and all(s.startswith(".") and s == s.lower() and s not in others for s in mine)


def _outcome(kind: str, data: bytes) -> None:
    """Reads bytes; anything but text or an error of ours fails the test."""
    try:
        text = READERS[kind].read(data)
    except HuiwenError as error:
        assert "\n" not in str(error) and len(str(error)) < 500
    else:
        assert isinstance(text, str)


@pytest.mark.parametrize("kind", sorted(READERS))
@given(data=st.binary(max_size=600))
@settings(max_examples=40)
def test_random_bytes_give_text_or_an_error_of_ours(kind: str, data: bytes) -> None:
    _outcome(kind, data)


@pytest.mark.parametrize("kind", _IN_PROCESS)
@given(share=st.floats(0, 1))
@settings(max_examples=40)
def test_truncated_files_give_text_or_an_error_of_ours(kind: str, share: float) -> None:
    _outcome(kind, _SAMPLES[kind][: int(share * len(_SAMPLES[kind]))])


@pytest.mark.parametrize("kind", _IN_PROCESS)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=8),
)
@settings(max_examples=60)
def test_damaged_files_give_text_or_an_error_of_ours(
    kind: str, changes: list[tuple[float, bytes]]
) -> None:
    data = bytearray(_SAMPLES[kind])
    for share, new in changes:
        place = int(share * (len(data) - 1))
        data[place : place + len(new)] = new
    _outcome(kind, bytes(data))


@pytest.mark.parametrize("kind", ["docx", "ofd"])
@given(inside=st.text(max_size=80), place=st.floats(0, 1))
@settings(max_examples=60)
def test_xml_of_any_sort_in_a_container_gives_text_or_an_error_of_ours(
    kind: str, inside: str, place: float
) -> None:
    with zipfile.ZipFile(io.BytesIO(_SAMPLES[kind])) as archive:
        members: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    for name in ("word/document.xml", "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Document.xml"):
        if name in members:
            xml = members[name]
            assert isinstance(xml, bytes)
            cut = int(place * len(xml))
            members[name] = xml[:cut] + inside.encode("utf-8", "replace") + xml[cut:]
    _outcome(kind, files.zipped(members))


@pytest.mark.parametrize("kind", _OFFICE)
def test_an_office_file_gives_the_same_paragraphs(kind: str, tmp_path: Path) -> None:
    source = tmp_path / "x.docx"
    source.write_bytes(_SAMPLES["docx"])
    [converted] = files.convert([source], kind, tmp_path)
    reading = read_file(converted)
    assert reading == Reading("\n".join(_LINES) + "\n", kind)
    wps = tmp_path / "x.wps"
    if kind == "doc":
        converted.rename(wps)
        assert read_file(wps).kind == "wps"


@pytest.fixture(scope="module")
def typeset(
    documents: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Path]:
    """The shipped documents, set as such documents are printed, in three formats."""
    files.soffice()
    # Once with indented paragraphs, a running head and page numbers, once as shipped.
    folder, wrapped = tmp_path_factory.mktemp("typeset"), tmp_path_factory.mktemp("wrapped")
    style = (
        "@page{size:21cm 29.7cm;margin:3cm 2.6cm}"
        "p{text-indent:32pt;font-size:16pt;line-height:28pt;margin:0;text-align:left}"
    )
    pages, shipped = [], []
    for document in documents:
        page = folder / f"{document.document_id}.html"
        text = "".join(f"<p>{line}</p>\n" for line in document.text.split("\n"))
        page.write_text(
            f"<html><head><meta charset='utf-8'><style>{style}</style></head><body>"
            "<div title='header'><p>政策文件汇编</p></div><div title='footer'><p>— <sdfield "
            f"type=PAGE subtype=RANDOM format=PAGE>1</sdfield> —</p></div>{text}</body></html>",
            "utf-8",
        )
        pages.append(page)
        copy = folder / f"{document.document_id}.txt"
        copy.write_bytes((SHIPPED_CATALOG.parent / document.entry.file).read_bytes())
        shipped.append(copy)
    odts = files.convert(pages, "odt:writer8", folder, "--infilter=HTML (StarWriter)")
    plain = "--infilter=Text (encoded):UTF8,LF,,zh-CN,"
    found: dict[tuple[str, str], Path] = {}
    for kind in ("docx", "pdf", "html"):
        set_ = files.convert(odts, kind, folder)
        as_shipped = files.convert(shipped, kind, wrapped, plain)
        for document, path, copy in zip(documents, set_, as_shipped, strict=True):
            found[document.document_id, kind] = path
            found[document.document_id, f"wrapped {kind}"] = copy
    return found


@pytest.mark.parametrize(
    "kind", ["docx", "pdf", "html", "wrapped docx", "wrapped pdf", "wrapped html"]
)
def test_shipped_documents_survive_conversion(
    kind: str, documents: tuple[Document, ...], typeset: dict[tuple[str, str], Path]
) -> None:
    for document in documents:
        reading = read_file(typeset[document.document_id, kind])
        measures = parse(document.entry, normalise(reading.text))

        def same(text: str) -> str:
            # A PDF does not say whether a line ended with a space.
            return text.replace(" ", "") if "pdf" in kind else text

        assert [(m.number, same(m.title), m.units, same(m.text)) for m in measures] == [
            (m.number, same(m.title), m.units, same(m.text)) for m in document.measures
        ]
        numbered = sum(1 for m in measures if m.number is not None)
        assert numbered == {"leqing-2024": 65, "leqing-2023": 57}[document.document_id]


def test_an_office_file_without_libreoffice_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("corpus.readers.office.office_program", lambda: None)
    path = tmp_path / "x.rtf"
    path.write_bytes(b"{\\rtf1 x}")
    with pytest.raises(UnreadableFileError, match=r"x\.rtf: .*LibreOffice.*apt-get") as caught:
        read_file(path)
    assert caught.value.kind == "unsupported"
