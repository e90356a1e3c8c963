"""Running heads, running feet and page numbers: what a page carries beside its text."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.readers.placed import Row

# A page number: — 18 —, - 3 -, 第 3 页, 第3页 共5页, 3/5.
_PAGE_NUMBER = re.compile(
    r"^(?:[—―–－\-·•]+\s*\d{1,4}\s*[—―–－\-·•]+|第\s*\d{1,4}\s*页.{0,3}(?:共\s*\d{1,4}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4})$"
)
_FIGURES = re.compile(r"\d+")
# At most this many rows at the top and at the bottom.
_EDGE_ROWS = 2
# On how many pages a row must stand: left and right pages may carry different ones, so somewhat
# less than half of the pages is the most to ask for.
_MIN_REPEATS = 3
_REPEATS_SHARE = 0.4
# They are set apart from the text by a gap or by smaller type: a list may have like rows too. Not
# set apart, only the very same words on every page are taken for one.
_SET_APART = 1.35
_SMALLER = 0.93

# What makes two rows the same running head: the wording, and whether it is at the bottom.
_Head = tuple[str, int]


def without_running_heads(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Drops page numbers, and rows that repeat at the edge of many pages but for figures."""
    rows = [row for page in pages for row in page]
    if not rows:
        return [[] for _ in pages]
    size = median(row.size for row in rows)
    steps = [b.y - a.y for page in pages for a, b in pairwise(page)]
    step = median(steps) if steps else 0.0
    edges = [_edge(page, step, size, 0) + _edge(page[::-1], step, size, 1) for page in pages]
    counts: Counter[_Head] = Counter()
    for page_edges in edges:
        counts.update({head for _, head in page_edges})
    least = max(_MIN_REPEATS, _REPEATS_SHARE * len(pages))
    kept: list[list[Row]] = []
    for page, page_edges in zip(pages, edges, strict=True):
        dropped = {id(row) for row, head in page_edges if counts[head] >= least}
        dropped |= {id(row) for row in (*page[:1], *page[-1:]) if _PAGE_NUMBER.match(row.text)}
        kept.append([row for row in page if id(row) not in dropped])
    return kept


def _edge(page: Sequence[Row], step: float, size: float, side: int) -> list[tuple[Row, _Head]]:
    """The rows at the beginning of these that may be running heads, and what to compare."""
    for count in range(_EDGE_ROWS, 0, -1):
        if len(page) < count:
            continue
        is_apart = len(page) == count or (
            abs(page[count].y - page[count - 1].y) > _SET_APART * step
            or all(row.size < _SMALLER * size for row in page[:count])
        )
        if is_apart:
            return [(row, (_FIGURES.sub("#", row.text), side)) for row in page[:count]]
    # The head of a table that runs over pages has gaps between its cells, and is kept.
    return [(row, (row.text, side)) for row in page[:1] if " " not in row.text]
