"""Characters with their places, and the rows that they form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

# In characters: within this height characters are of one row (a footnote mark is raised by 0.35).
_SAME_ROW = 0.5
# A gap this much wider than the row's usual one is a space: between Latin letters, beside a Latin
# sign (Word sets Chinese and Latin 0.25 apart without a space), between Chinese characters.
_LATIN_SPACE = 0.22
_MIXED_SPACE = 0.35
_WIDE_SPACE = 0.9
# The least width of the gap between two columns, where a sign hangs into it.
_GUTTER = 0.5
# A character printed twice this close together is one in fake bold.
_OVERPRINT = 0.15


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page; y grows downwards and is that of the baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True)
class Row:
    """Characters at one height, from left to right, blanks at the ends cut off."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.glyphs[-1].x1

    @cached_property
    def y(self) -> float:
        """Baseline."""
        return median(glyph.y for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """Height of a character."""
        return max(median(glyph.size for glyph in self.glyphs), 0.1)

    @cached_property
    def gaps(self) -> tuple[tuple[float, float], ...]:
        """Where the row is empty for the width of a gutter."""
        least = _GUTTER * self.size
        pairs = pairwise(self.glyphs)
        return tuple((a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 >= least)

    @cached_property
    def text(self) -> str:
        """The row's wording; gaps become spaces."""
        gaps = [b.x0 - a.x1 for a, b in pairwise(self.glyphs)]
        # Justified lines are stretched between all characters.
        usual = max(median(gaps), 0.0) if len(gaps) > 4 else 0.0
        parts: list[str] = []
        previous: Glyph | None = None
        for glyph in self.glyphs:
            if previous is not None:
                if _is_overprint(previous, glyph):
                    continue
                parts.append(_space(previous, glyph, usual))
            parts.append(glyph.text)
            previous = glyph
        return "".join(parts).strip()


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Sorts a page's characters into rows from top to bottom."""
    placed = sorted((g for g in glyphs if g.text), key=lambda g: (g.y, g.x0))
    groups: list[list[Glyph]] = []
    top = 0.0
    for glyph in placed:
        if groups and glyph.y - top <= _SAME_ROW * max(glyph.size, groups[-1][0].size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
            top = glyph.y
    return [row for group in groups if (row := row_of(group)) is not None]


def row_of(glyphs: Sequence[Glyph]) -> Row | None:
    """A row of these characters, or None if all of them are blank."""
    ordered = sorted(glyphs, key=lambda g: g.x0)
    while ordered and ordered[0].text.isspace():
        ordered.pop(0)
    while ordered and ordered[-1].text.isspace():
        ordered.pop()
    return Row(tuple(ordered)) if ordered else None


def _is_overprint(before: Glyph, glyph: Glyph) -> bool:
    close = _OVERPRINT * glyph.size
    return before.text == glyph.text and abs(before.x0 - glyph.x0) < close


def _space(before: Glyph, glyph: Glyph, usual: float) -> str:
    if before.text.isspace() or glyph.text.isspace():
        return ""
    gap = (glyph.x0 - before.x1 - usual) / max(glyph.size, 0.1)
    ascii_signs = before.text.isascii() + glyph.text.isascii()
    if ascii_signs == 2 and before.text.isalnum() and glyph.text.isalnum():
        return " " if gap > _LATIN_SPACE else ""
    return " " if gap > (_MIXED_SPACE if ascii_signs else _WIDE_SPACE) else ""
