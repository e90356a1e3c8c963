"""What kind of file some bytes are, by what is in them; the name only decides between texts."""

import re
import zipfile

from corpus.errors import UnreadableFileError
from corpus.readers.guard import corrupt, encrypted, guard
from corpus.readers.office import OLE, RTF, is_encrypted_office, is_word97
from corpus.readers.package import Package

_PDF = b"%PDF-"
_PDF_WITHIN = 1024
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_HINTS = (
    ("word/document.xml", "docx"),
    ("OFD.xml", "ofd"),
)
_FOREIGN_ZIPS = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("META-INF/container.xml", "an EPUB book"),
)
_FOREIGN = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_HTML = re.compile(
    rb"^(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_WITHIN = 2048
_MIME = re.compile(rb"^(?:MIME-Version|From|Content-Type):[^\n]*\n", re.IGNORECASE)
_TEXT_KINDS = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
}
_READABLE = "docx, doc, wps, rtf, pdf, ofd, html, md and txt can be read"


def sniff(data: bytes, suffix: str) -> str:
    """Finds a file's kind.

    Args:
        data: Its bytes.
        suffix: The ending of its name, lower case, with the dot.

    Returns:
        The name of a reader: docx, doc, wps, rtf, pdf, ofd, html, md or txt.

    Raises:
        UnreadableFileError: It is empty, encrypted or of a kind that has no reader.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFileError("empty", "the file is empty", "check that it is the right file")
    if _PDF in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(_ZIPS):
        return _kind_of_zip(data)
    if data.startswith(OLE):
        return _kind_of_ole(data, suffix)
    if data.startswith(RTF):
        return "rtf"
    for signature, name in _FOREIGN:
        # BM and MZ also begin words; a text has no control characters behind them.
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:64]):
            raise _unsupported(name)
    return _kind_of_text(data, suffix)


def _kind_of_zip(data: bytes) -> str:
    with guard("zip"):
        try:
            names = list(Package(data, "zip").names)
        except zipfile.BadZipFile as error:
            raise corrupt("zip", "it is cut off or damaged; docx and OFD are zips") from error
    for name, kind in _ZIP_HINTS:
        if name in names:
            return kind
    for prefix, what in _FOREIGN_ZIPS:
        if any(name.startswith(prefix) for name in names):
            raise _unsupported(what)
    if "[Content_Types].xml" in names:
        # Strictly, the main part of a docx may have any name.
        return "docx"
    raise _unsupported("a zip archive")


def _kind_of_ole(data: bytes, suffix: str) -> str:
    if is_encrypted_office(data):
        raise encrypted("Office")
    if not is_word97(data):
        raise _unsupported("an Office 97 file without a Word document")
    return "wps" if suffix in {".wps", ".wpt"} else "doc"


def _kind_of_text(data: bytes, suffix: str) -> str:
    head = data[:_HTML_WITHIN].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:].lstrip()
    if _HTML.match(head):
        return "md" if suffix in {".md", ".markdown"} else "html"
    if _MIME.match(head) and b"multipart/related" in data[:_HTML_WITHIN]:
        raise _unsupported("a web archive (mht)")
    return _TEXT_KINDS.get(suffix, "txt")


def _unsupported(what: str) -> UnreadableFileError:
    return UnreadableFileError("unsupported", f"{what}, which has no reader", _READABLE)
