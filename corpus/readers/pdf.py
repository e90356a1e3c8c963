"""PDF: characters by their places on the page, not in the order in which they were drawn."""

# mypy: disable-error-code="import-untyped"

import ctypes
import math
from threading import Lock
from typing import TYPE_CHECKING

from corpus.readers.guard import MAX_PAGES, corrupt, encrypted, guard, no_text, scanned, too_large
from corpus.readers.layout import text_of_pages
from corpus.readers.placed import Glyph

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# PDFium keeps state per process and must not be entered twice.
_LOCK = Lock()
_SIGNATURE_WITHIN = 1024
# A page with fewer characters and a picture is a scan (a page number or a stamp may be text).
_FEW = 12
# Radians: text turned further than this from the page's axes is a watermark.
_TILTED = 0.15
_QUARTER_TURN = 1.5707963


class PdfReader:
    """PDF with a text layer, as Word, WPS, LibreOffice, browsers and OFD converters write it."""

    suffixes: tuple[str, ...] = (".pdf",)

    def read(self, data: bytes) -> str:
        """Decodes a PDF.

        Raises:
            UnreadableFileError: It is damaged, encrypted, scanned or too long, or has no text.
        """
        return self.read_with_warnings(data)[0]

    def read_with_warnings(self, data: bytes) -> tuple[str, tuple[str, ...]]:
        """As `read`; warns of pages that are pictures."""
        if b"%PDF-" not in data[:_SIGNATURE_WITHIN]:
            raise corrupt("PDF", "it does not begin as one")
        with guard("PDF"), _LOCK:
            pages, pictures = _pages(data)
        text = text_of_pages(pages)
        if not text or len(pictures) == len(pages):
            raise scanned("PDF") if pictures else no_text("PDF")
        if not pictures:
            return text, ()
        some = "、".join(str(number) for number in pictures[:10])
        return text, (f"{len(pictures)} of {len(pages)} pages are pictures without text: {some}",)


def _pages(data: bytes) -> tuple[list[list[Glyph]], list[int]]:
    """Each page's characters, and the numbers of the pages that are pictures."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise encrypted("PDF") from error
        raise corrupt("PDF", str(error)[:100]) from error
    try:
        if len(document) > MAX_PAGES:
            raise too_large(f"the PDF file has {len(document)} pages, the limit is {MAX_PAGES}")
        pages: list[list[Glyph]] = []
        pictures: list[int] = []
        for number in range(len(document)):
            page = document[number]
            try:
                glyphs = _glyphs(page)
                pages.append(glyphs)
                if len(glyphs) < _FEW and _has_picture(page):
                    pictures.append(number + 1)
            finally:
                page.close()
        return pages, pictures
    finally:
        document.close()


def _has_picture(page: "PdfPage") -> bool:
    from pypdfium2 import raw

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _glyphs(page: "PdfPage") -> list[Glyph]:
    from pypdfium2 import raw

    width, height = page.get_size()
    rotation = page.get_rotation()
    text_page = page.get_textpage()
    handle = text_page.raw
    box = raw.FS_RECTF()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    found: list[Glyph] = []
    high = 0
    try:
        for index in range(text_page.count_chars()):
            # PDFium makes up spaces and line breaks; gaps and heights tell us better.
            if raw.FPDFText_IsGenerated(handle, index) == 1:
                continue
            code = raw.FPDFText_GetUnicode(handle, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                continue
            raw.FPDFText_GetMatrix(handle, index, matrix)
            tilt = math.atan2(matrix.b, matrix.a) % _QUARTER_TURN
            if _TILTED < tilt < _QUARTER_TURN - _TILTED:
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, index, box):
                continue
            raw.FPDFText_GetCharOrigin(handle, index, x, y)
            size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
            edges = _turned(box, x.value, y.value, (rotation, width, height))
            found.append(Glyph(chr(code), *edges, size if size > 0 else 1.0))
    finally:
        text_page.close()
    return found


def _turned(
    box: ctypes.Structure, x: float, y: float, page: tuple[int, float, float]
) -> tuple[float, float, float]:
    """Left edge, right edge and baseline as seen on a page that may be turned by quarters."""
    rotation, width, height = page
    # Width and height are the turned page's; boxes are those of the page before turning.
    if rotation == 90:
        return float(box.bottom), float(box.top), x - height
    if rotation == 180:
        return width - float(box.right), width - float(box.left), y
    if rotation == 270:
        return width - float(box.top), width - float(box.bottom), -x
    return float(box.left), float(box.right), -y
