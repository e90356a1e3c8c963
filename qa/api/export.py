"""Search results as files: CSV, XLSX, Markdown."""

import csv
import io
from collections.abc import Sequence

from corpus.records import Measure
from qa.api.problems import wording
from qa.api.search import Found

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
}
_COLUMNS = (
    "number", "title", "year", "section", "lead_unit", "units", "validity", "kinds", "document",
    "quote",
)  # fmt: skip
# Spreadsheets run what begins so as a formula, also behind blanks.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def export(found: Sequence[Found], form: str) -> bytes:
    """A file of records.

    Args:
        found: The records.
        form: csv, xlsx or md.
    """
    header = [wording()["columns"][name] for name in _COLUMNS]
    rows = [_row(hit) for hit in found]
    if form == "md":
        return _markdown(header, rows)
    safe = [[_safe(cell) for cell in row] for row in rows]
    return _csv(header, safe) if form == "csv" else _xlsx(header, safe)


def _row(hit: Found) -> list[str]:
    measure, entry, texts = hit.measure, hit.document.entry, wording()
    return [
        clause_name(measure),
        measure.title,
        str(entry.year or ""),
        measure.section,
        measure.lead_unit or "",
        "、".join(measure.units),
        texts["validity"][hit.validity],
        "、".join(hit.kinds),
        f"《{entry.title}》（{entry.number or entry.status}）",
        measure.body,
    ]


def clause_name(measure: Measure) -> str:
    """第N条, or what the text or we call a record without a number."""
    if measure.number is None and measure.label:
        return measure.label
    texts: dict[str, str] = wording()["record"]
    return texts[measure.kind if measure.number is not None else f"{measure.kind}_plain"].format(
        number=measure.number
    )


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _csv(header: list[str], rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def _xlsx(header: list[str], rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.create_sheet("Huiwen", 0)
    for row in [header, *rows]:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFGHIJ", (10, 28, 8, 24, 18, 36, 20, 16, 40, 80), strict=True):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter]:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.data_type = "s"  # text, whatever it looks like
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _markdown(header: list[str], rows: list[list[str]]) -> bytes:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    for row in rows:
        # Nothing in a cell may end it, begin HTML or a link.
        cells = [
            cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")
            for cell in row
        ]
        lines.append("| " + " | ".join(" ".join(cell.split()) for cell in cells) + " |")
    return ("\n".join(lines) + "\n").encode()
