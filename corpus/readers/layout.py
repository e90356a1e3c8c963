"""Placed characters → lines: for formats that store where each character stands on a page.

Rows are made of what stands at one height; running heads and page numbers go; two columns are
read one after the other; and where the document indents its paragraphs, a paragraph's rows are
joined. Without indents the rows stay as they are and `corpus.normalise` joins them by width.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.columns import split_columns
from corpus.readers.placed import Glyph, Row, rows_of
from corpus.readers.running import without_running_heads
from corpus.readers.wording import join_lines

# A line of a table of contents: leaders and a page number.
_LEADERS = re.compile(r"(?:[.．·…]\s*){6,}\s*\d{1,4}$")
# In characters: a first-line indent (two, in print 1.5 to 2.6), and what counts as none.
_INDENT = (1.4, 2.7)
_NO_INDENT = 0.7
# A line is full if what follows would not have fitted, give or take a compressed sign.
_RAGGED = 1.2
_MIN_INDENTED_SHARE = 0.06
_MIN_FLUSH_SHARE = 0.15
_SAME_SIZE = (0.87, 1.15)
_FAR_BELOW = 2.6
_CELL_GAP = 1.3


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with the edges of the column that it stands in."""

    text: str
    row: Row
    page: int
    left: float
    right: float

    @property
    def indent(self) -> float:
        """How far it is indented, in characters."""
        return (self.row.x0 - self.left) / self.row.size

    @property
    def slack(self) -> float:
        """How far it ends before the column's right edge, in characters."""
        return (self.right - self.row.x1) / self.row.size


def text_of_pages(pages: Sequence[Sequence[Glyph]]) -> str:
    """Pages of placed characters → raw text."""
    rows = without_running_heads([rows_of(glyphs) for glyphs in pages])
    lines: list[_Line] = []
    for number, page in enumerate(rows):
        for column in split_columns(page):
            left, right = _edges(column)
            lines += [_Line(row.text, row, number, left, right) for row in column]
    lines = [line for line in lines if line.text and not _LEADERS.search(line.text[-100:])]
    return join_lines(_paragraphs(lines) if _indents(lines) else (line.text for line in lines))


def _edges(rows: Sequence[Row]) -> tuple[float, float]:
    """A column's left and right edge: where many of its rows begin and end."""
    if not rows:
        return 0.0, 0.0
    size = median(row.size for row in rows)
    # The right edge is the left one of the mirrored page.
    return _outermost([row.x0 for row in rows], size), -_outermost([-row.x1 for row in rows], size)


def _outermost(places: Sequence[float], size: float) -> float:
    """The smallest place that a fair share of the rows has in common."""
    ordered = sorted(places)
    least = max(2, 0.12 * len(ordered)) if len(ordered) > 2 else 1
    for place in ordered:
        near = bisect_left(ordered, place + 0.5 * size) - bisect_left(ordered, place - 0.5 * size)
        if near >= least:
            return place
    return ordered[0]


def _indents(lines: Sequence[_Line]) -> bool:
    """Whether the document marks paragraphs by a first-line indent."""
    if not lines:
        return False
    indented = sum(1 for line in lines if _INDENT[0] <= line.indent <= _INDENT[1])
    flush = sum(1 for line in lines if abs(line.indent) < _NO_INDENT)
    count = len(lines)
    return indented >= _MIN_INDENTED_SHARE * count and flush >= _MIN_FLUSH_SHARE * count


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    text = ""
    previous: _Line | None = None
    for line in lines:
        if previous is not None and _continues(previous, line):
            text += _glue(text, line.text) + line.text
        else:
            if text:
                yield text
            text = line.text
        previous = line
    if text:
        yield text


def _continues(line: _Line, following: _Line) -> bool:
    if _is_tabular(line.row) or _is_tabular(following.row):
        return False
    if following.indent >= _NO_INDENT or line.slack > _unbroken(following.row) + _RAGGED:
        return False
    ratio = following.row.size / line.row.size
    if not _SAME_SIZE[0] <= ratio <= _SAME_SIZE[1]:
        return False
    drop = following.row.y - line.row.y
    is_far = line.page == following.page and drop > _FAR_BELOW * line.row.size * 1.2
    return not is_far


def _is_tabular(row: Row) -> bool:
    """Whether a row is one of a table's: cells stand further apart than words."""
    return any(end - begin >= _CELL_GAP * row.size for begin, end in row.gaps)


def _unbroken(row: Row) -> float:
    """The width, in characters, of what begins a row and may not be parted: 条”4.0, 1.75, “5+5."""
    end = row.x0
    has_word = False
    for glyph in row.glyphs:
        is_word = glyph.text > "\u2e7f" and glyph.text.isalpha()
        if is_word and has_word:
            break
        has_word = has_word or is_word or glyph.text.isalnum()
        end = glyph.x1
    return (end - row.x0) / row.size


def _glue(before: str, after: str) -> str:
    ends_latin = before[-1].isascii() and before[-1].isalpha()
    return " " if ends_latin and after[0].isascii() and after[0].isalpha() else ""
