"""Small documents in every format that a reader knows, made from their raw parts."""

import io
import os
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import pytest

from corpus.readers.office import office_program

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}"/></Types>'
)
_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
# A page of A4 in points, and where its text begins.
_PAGE_WIDTH, _PAGE_HEIGHT = 595, 842
_LEFT, _TOP = 72, 72

Placed = tuple[float, float, float, str]
"""Left edge and baseline from the top left corner, size, text."""


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", *, properties: str = "", content: str = "") -> str:
    """A w:p; `content` is raw XML behind the text."""
    inside = (run(text) if text else "") + content
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A document from the XML in its body; `parts` are the inside of other parts, by name."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    relations = ""
    for name, inside in (parts or {}).items():
        members[f"word/{name}.xml"] = f"<w:{name} {_NAMESPACES}>{inside}</w:{name}>"
        relations += f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
    members["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
    )
    return zipped(members)


def pdf(pages: Sequence[Sequence[Placed]], *, rotation: int = 0, picture: bool = False) -> bytes:
    """A PDF that places text in a font that every PDF program must know."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    add(b"<< /Type /Catalog /Pages 2 0 R >>")
    add(b"")  # the page tree, known once the pages are
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [4 0 R] >>"
    )
    add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
        b"/FontDescriptor 5 0 R >>"
    )
    add(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 90 >>"
    )
    image = add(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
    )
    kids = []
    for page in pages:
        drawn = "".join(
            f"BT /F1 {size:.2f} Tf 1 0 0 1 {x:.2f} {_PAGE_HEIGHT - y:.2f} Tm "
            f"<{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in page
        )
        drawn += "q 500 0 0 700 40 40 cm /I1 Do Q\n" if picture else ""
        stream = drawn.encode()
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE_WIDTH} {_PAGE_HEIGHT}] "
                f"/Rotate {rotation} /Contents {content} 0 R /Resources << /Font << /F1 {font} 0 R "
                f">> /XObject << /I1 {image} 0 R >> >> >>".encode()
            )
        )
    objects[1] = (
        f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>"
    ).encode()
    return _pdf_file(objects)


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return data + b"startxref\n%d\n%%%%EOF\n" % start


def ofd(pages: Sequence[Sequence[Placed]], *, extra: Mapping[str, str] | None = None) -> bytes:
    """An OFD file with one text object per placed text."""
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData/><ofd:Pages>"
        + "".join(
            f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject ID="{i}" Boundary="{x} {y - size} 400 {size * 1.2}" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{size}" DeltaX="{_delta(text, size)}">{escape(text)}'
            "</ofd:TextCode></ofd:TextObject>"
            for i, (x, y, size, text) in enumerate(page)
        )
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
            "</ofd:Page>"
        )
    return zipped({**members, **(extra or {})})


def _delta(text: str, size: float) -> str:
    return " ".join(str(size if char > "\u2e7f" else size / 2) for char in text[:-1])


def lines_on_page(lines: Sequence[str], size: float = 12) -> list[Placed]:
    """One line under the other, from the top left corner of the type area."""
    return [(_LEFT, _TOP + 2 * size * i, size, line) for i, line in enumerate(lines)]


def page_of(lines: Sequence[str]) -> str:
    """An HTML page as a government site serves it, the lines as its article."""
    text = "".join(f"<p>\u3000\u3000{escape(line)}</p>\n" for line in lines)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>站</title></head><body>"
        f"<nav>首页 政务公开</nav><div class='TRS_Editor'>{text}</div><footer>备案</footer>"
        "</body></html>"
    )


def soffice() -> str:
    """LibreOffice's path; skips the test where it is not installed, but never in CI."""
    program = office_program()
    if program is None:
        message = "LibreOffice is not installed (apt-get install libreoffice-writer-nogui)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return program


def convert(sources: Sequence[Path], target: str, folder: Path, *options: str) -> list[Path]:
    """Converts files with LibreOffice, all in one run of it.

    Args:
        sources: The files.
        target: The ending to convert to, or ending and filter.
        folder: Where the results go.
        options: Further arguments.
    """
    profile = folder.parent / "soffice-profile"  # made once: that takes longer than converting
    subprocess.run(
        [
            *(soffice(), "--headless", f"-env:UserInstallation={profile.as_uri()}"),
            *("--convert-to", target, *options, "--outdir", str(folder), *map(str, sources)),
        ],
        capture_output=True,
        timeout=180,
        check=True,
    )
    return [folder / f"{source.stem}.{target.partition(':')[0]}" for source in sources]
