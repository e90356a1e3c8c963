"""Pages set in two columns: told from tables by how full both sides are, and read in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.placed import Glyph, Row, row_of, rows_of

# The gutter lies in the middle part of the type area; a few headings may cross it.
_MIDDLE = (0.38, 0.62)
_MAX_CROSSING = 0.5
_MIN_ROWS = 6
# Share of its column that an average row of running text fills; cells of a table are shorter.
_MIN_FILL = 0.7
_STEPS = 60


@dataclass(slots=True)
class _Band:
    """What stands between two rows that cross the gutter."""

    left: list[Glyph]
    right: list[Glyph]


def split_columns(rows: Sequence[Row]) -> list[list[Row]]:
    """A page's rows as runs to be read one after the other, each in one column."""
    gutter = _gutter(rows)
    if gutter is None:
        return [list(rows)] if rows else []
    parts: list[list[Row]] = []
    crossing: list[Row] = []
    band = _Band([], [])
    for row in rows:
        if _crosses(row, gutter):
            parts += _columns(band)
            band = _Band([], [])
            crossing.append(row)
            continue
        if crossing:
            parts.append(crossing)
            crossing = []
        band.left += [glyph for glyph in row.glyphs if glyph.x1 <= gutter]
        band.right += [glyph for glyph in row.glyphs if glyph.x1 > gutter]
    parts += _columns(band)
    if crossing:
        parts.append(crossing)
    return parts


def _columns(band: _Band) -> list[list[Row]]:
    # Rows are made anew: lines of the two columns need not stand at the same heights.
    return [rows for side in (band.left, band.right) if (rows := rows_of(side))]


def _crosses(row: Row, gutter: float) -> bool:
    if not row.x0 < gutter < row.x1:
        return False
    return not any(begin <= gutter <= end for begin, end in row.gaps)


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the page is divided, or None if it is one column."""
    if len(rows) < _MIN_ROWS:
        return None
    left = min(row.x0 for row in rows)
    right = max(row.x1 for row in rows)
    width = right - left
    begin, end = left + _MIDDLE[0] * width, left + _MIDDLE[1] * width
    places = [begin + (end - begin) * step / _STEPS for step in range(_STEPS + 1)]
    crossings = [sum(1 for row in rows if _crosses(row, place)) for place in places]
    fewest = min(crossings)
    if fewest > _MAX_CROSSING * len(rows):
        return None
    best = [place for place, count in zip(places, crossings, strict=True) if count == fewest]
    gutter = best[len(best) // 2]
    divided = [row for row in rows if not _crosses(row, gutter)]
    sides = (
        (_side(divided, gutter, is_left=True), gutter - left),
        (_side(divided, gutter, is_left=False), right - gutter),
    )
    for side, room in sides:
        if len(side) < _MIN_ROWS or room <= 0:
            return None
        if sum(row.x1 - row.x0 for row in side) / len(side) < _MIN_FILL * room:
            return None
    return gutter


def _side(rows: Sequence[Row], gutter: float, *, is_left: bool) -> list[Row]:
    halves = ([g for g in row.glyphs if (g.x1 <= gutter) == is_left] for row in rows)
    return [half for glyphs in halves if glyphs and (half := row_of(glyphs)) is not None]
