"""Lines of a document and the marks that number them: 第一条, 一、, （一）, 1., 1.1, （1）, ①.

A mark counts only where it continues a numbering: a line that merely begins with a figure (a
wrapped 0.58亿元, a year) or that refers to a clause (第五条第二款规定的…) carries none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.structure.numerals import HAN, to_int

# From the outermost to the innermost; documents may nest them otherwise (levels.py).
Level = Literal[
    "part",
    "chapter",
    "division",
    "article",
    "item",
    "han",
    "han_bracket",
    "arabic",
    "dotted",
    "arabic_bracket",
    "circle",
    "table",
    "row",
    "paragraph",
]

_N = rf"[{HAN}\d０-９]{{1,8}}"
_PATTERNS: tuple[tuple[Level, str], ...] = (
    ("part", rf"第\s*(?P<n>{_N})\s*(?:编|部分)[\s：:]*(?=[^。；]*$)"),
    ("chapter", rf"第\s*(?P<n>{_N})\s*章[\s：:]*(?=[^。；]*$)"),
    ("division", rf"第\s*(?P<n>{_N})\s*节[\s：:]*(?=[^。；]*$)"),
    ("article", rf"第\s*(?P<n>{_N})\s*条(?:之(?P<sub>[{HAN}]{{1,3}}))?[\s：:]*"),
    ("item", rf"第\s*(?P<n>{_N})\s*[款项][\s：:、]+"),
    ("han", rf"(?P<n>[{HAN}]+)\s*[、．.]\s*"),
    ("han_bracket", rf"[（(]\s*(?P<n>[{HAN}]+)\s*[）)]\s*[、．.]?\s*"),
    (
        "dotted",
        r"(?P<n>[1-9１-９]\d?(?:[．.][1-9１-９]\d?){1,3})(?:\s*[、．.]\s*|\s+)(?!\d)",
    ),
    ("arabic", r"(?P<n>[1-9１-９][0-9０-９]{0,2}\s*[．.、]|[⒈-⒛])\s*(?![0-9０-９])"),
    ("arabic_bracket", r"(?P<n>[（(]\s*[0-9０-９]{1,2}\s*[）)]|[0-9０-９]{1,2}[)）]|[⑴-⒇])\s*"),
    ("circle", r"(?P<n>[①-⑳])\s*"),
)
_BARE = re.compile(r"(?P<n>[1-9]\d?)\s+(?=[\u4e00-\u9fff][^。，；]{0,24}$)")
# 第五条第二款规定的…, （一）项所列…: a line that goes on from the one above.
_REFERENCE = re.compile(r"(?:[、和至或与及]\s*[第（(]|第|规定|所列|所称|[款项条，的])")
# A numbering may skip so many numbers (a clause struck out) before a figure is no number of it.
_LARGEST_GAP = 3
_STRONG = {"part", "chapter", "division", "article", "item", "han", "han_bracket"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the beginning of a line.

    Attributes:
        level: Its way of writing.
        number: The number; of 1.2.3 the last one.
        text: As the line writes it.
        width: How many of the line's characters it takes, with the blanks behind it.
        path: All numbers of 1.2.3, else empty.
        sub: 2 of 第三条之二, else 0.
    """

    level: Level
    number: int
    text: str
    width: int
    path: tuple[int, ...] = ()
    sub: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the normalised text.

    Attributes:
        text: The paragraph.
        start: Its offset in the document.
        mark: The number that it begins with, or None.
        refused: It looks numbered, but continues no numbering.
        plain: Whatever it looks like, it is neither numbered nor a row: an entry in a list of
            annexes, a form to be filled in.
    """

    text: str
    start: int
    mark: Mark | None = None
    refused: bool = False
    plain: bool = False

    @property
    def end(self) -> int:
        """Offset behind the line."""
        return self.start + len(self.text)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, `甲 | 乙`."""
        return not self.plain and _has_cells(self.text)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row."""
        return tuple(cell.strip() for cell in self.text.split("|"))


def _has_cells(text: str) -> bool:
    # Normalisation strips blanks, so that an empty first or last cell leaves a bare bar.
    bare = bool(text) and not text.strip("| ")
    return bare or " | " in text or text.startswith("| ") or text.endswith(" |")


def split_lines(text: str) -> list[Line]:
    """Lines of a normalised text, without marks."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, start))
        start += len(line) + 1
    return lines


def number_lines(lines: Sequence[Line]) -> list[Line]:
    """The same lines with their marks; `lines` is a document's body or one annex."""
    candidates = [None if line.is_row or line.plain else candidate(line.text) for line in lines]
    if sum(c is not None and c.level == "dotted" for c in candidates) > 1:
        # 1 总则, 1.1 编制目的: only beside dotted numbers is a bare figure a number.
        for i, line in enumerate(lines):
            bare = _BARE.match(line.text) if candidates[i] is None and not line.plain else None
            if bare:
                candidates[i] = Mark("arabic", int(bare["n"]), bare["n"], bare.end())
    contents = _contents(lines)
    last: dict[Level, int] = {}
    arabic = 0
    numbered = []
    for i, (line, mark) in enumerate(zip(lines, candidates, strict=True)):
        if mark is None or i in contents:
            numbered.append(line)
            continue
        accepted = (
            _continues_dotted(mark, numbered, arabic)
            if mark.level == "dotted"
            else _continues(mark, last.get(mark.level))
        )
        if not accepted:
            numbered.append(replace(line, refused=True))
            continue
        last[mark.level] = mark.number
        if mark.level == "arabic":
            arabic = mark.number
        numbered.append(replace(line, mark=mark))
    return numbered


def candidate(text: str) -> Mark | None:
    """The mark that a line would carry if it continues a numbering."""
    for level, pattern in _PATTERNS:
        match = re.match(pattern, text)
        if match is None or (level in _STRONG and _refers(text, match)):
            continue
        path = (
            tuple(int(part) for part in re.split(r"[．.]", match["n"])) if level == "dotted" else ()
        )
        number = path[-1] if path else to_int(match["n"].strip("．.、 "))
        if number is not None:
            sub = to_int(match["sub"]) if level == "article" and match["sub"] else None
            return Mark(level, number, match[0].strip(), match.end(), path, sub or 0)
    return None


def _refers(text: str, match: re.Match[str]) -> bool:
    """Whether the line goes on from a number as a reference does; a blank sets a mark apart."""
    written = match[0]
    if written != written.rstrip() or written[-1] in "、．.：:":
        return False
    return bool(_REFERENCE.match(text, match.end()))


def _continues(mark: Mark, last: int | None) -> bool:
    if mark.number == 1:
        return True
    if mark.level in _STRONG:
        # These are seldom anything else; gaps are for corpus.check to report.
        return True
    return last is not None and last <= mark.number <= last + _LARGEST_GAP


def _continues_dotted(mark: Mark, before: Sequence[Line], arabic: int) -> bool:
    """1.2 follows 1.1 or, as the first of its kind, the number 1 that it stands under."""
    paths = [line.mark.path for line in before if line.mark and line.mark.level == "dotted"]
    if mark.number == 1:
        return len(mark.path) > 2 or arabic in (0, mark.path[0]) or not paths
    return any(
        path[:-1] == mark.path[:-1] and path[-1] < mark.number <= path[-1] + _LARGEST_GAP
        for path in paths
    )


def _contents(lines: Sequence[Line]) -> set[int]:
    """Lines of a table of contents: those behind 目录 that come again as headings."""
    heads = (i for i, line in enumerate(lines) if re.fullmatch(r"目\s*[录次]", line.text))
    first = next(heads, len(lines))
    found = set()
    for j in range(first + 1, len(lines)):
        entry = re.sub(r"[\s.…·]*\d*$", "", lines[j].text)
        if not any(re.sub(r"\s", "", entry) == re.sub(r"\s", "", k.text) for k in lines[j + 1 :]):
            break
        found.add(j)
    return found
