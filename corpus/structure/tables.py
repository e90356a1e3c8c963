"""Tables, which readers hand over as lines `甲 | 乙 | 丙`: header, rows, what a row is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.structure.numerals import to_int
from corpus.structure.outline import Line

_ORDINAL = re.compile(r"序\s*号|编\s*号|序|No\.?|№")
_UNITS = re.compile(
    r"(?:责任|牵头|主管|实施|落实|受理|兑现|配合|承办).{0,2}(?:单位|部门|科室)|部门"
)
_LONGEST_HEADING = 14
_CAPTION = re.compile(r"附?表\s*\d*.*|.*(?:表|清单|目录|明细|一览|标准)(?:[（(].*[）)])?")
_LONGEST_CAPTION = 40


@dataclass(frozen=True, slots=True)
class Table:
    """A table's header, if it has one, and its rows with the numbers that they state or count."""

    header: Line | None
    rows: tuple[tuple[int, Line], ...]


def read_table(lines: Sequence[Line]) -> Table:
    """The table that consecutive rows make."""
    header = lines[0] if len(lines) > 1 and _is_header(lines[0], lines[1]) else None
    rows = lines[1:] if header else lines
    stated = header is not None and bool(_ORDINAL.fullmatch(header.cells[0]))
    numbers = [to_int(row.cells[0]) if stated else None for row in rows]
    if any(number is None for number in numbers):
        return Table(header, tuple(enumerate(rows, start=1)))
    return Table(header, tuple(zip([n for n in numbers if n], rows, strict=True)))


def mark_forms(lines: Sequence[Line]) -> list[Line]:
    """The lines with the rows of forms marked plain.

    A form's cells are mostly empty; a single row (来源：某网 | 时间：…) is no table either.
    """
    marked: list[Line] = []
    for is_row, block in groupby(lines, key=lambda line: line.is_row):
        rows = list(block)
        cells = [cell for row in rows[1:] for cell in row.cells]
        is_form = is_row and (not cells or 2 * sum(map(bool, cells)) < len(cells))
        marked += [replace(row, plain=True) for row in rows] if is_form else rows
    return marked


def is_caption(line: Line) -> bool:
    """Whether a line above a table is its title."""
    return len(line.text) <= _LONGEST_CAPTION and bool(_CAPTION.fullmatch(line.text))


def row_title(row: str) -> str:
    """What a row is about: its first cell that is neither a number nor empty."""
    return next((cell for cell in _cells(row) if cell and to_int(cell) is None), row)


def row_units(header: str, row: str) -> str:
    """The row's cell under 责任单位, 主管部门 or the like; empty where there is no such column."""
    for name, cell in zip(_cells(header), _cells(row), strict=False):
        if _UNITS.fullmatch(name):
            return cell
    return ""


def _cells(row: str) -> tuple[str, ...]:
    return Line(row, 0).cells


def _is_header(first: Line, second: Line) -> bool:
    cells = first.cells
    if _ORDINAL.fullmatch(cells[0]):
        return True
    return (
        len(cells) == len(second.cells)
        and all(0 < len(cell) <= _LONGEST_HEADING for cell in cells)
        and not any(re.search(r"\d|[。；]", cell) for cell in cells)
    )
