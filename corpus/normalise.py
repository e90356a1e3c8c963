"""Raw text → paragraphs: joins hard-wrapped lines, drops page marks and editor artefacts.

Every character kept remembers its offset in the raw text, so that a quote can be traced back to
the file that it came from.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import NormalisedText

# Word processors leave `[bookmark: _Hlk160216889]` where a bookmark stood.
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
# A page number on a line of its own: — 18 —, - 18 -, －18－.
_PAGE_MARK = re.compile(r"^[—―–－\-]+\s*\d{1,4}\s*[—―–－\-]+$")
# Lines that begin a paragraph whatever stood before: 一、 （一） 1． 第一条. `0.58亿元` is none.
_STARTS_PARAGRAPH = re.compile(
    r"^(?:[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）|[1-9]\d{0,2}\s*[．.、](?!\d)"
    r"|第[一二三四五六七八九十百千零\d]+[章节条编]|抄送："
    r"|[１-９][０-９]{0,2}\s*[．、]|[(（][1-9１-９][0-9０-９]?[)）]|[①-⑳]|附件\s*\d*\s*[：:]?$"
    r"|(?:责任|牵头|配合|协同)单位[：:]|[\u4e00-\u9fff]{1,14}〔\d{4}〕\d+号$"
    r"|各[^。]{0,60}(?:政府|部门|单位|机构|街道|办事处|公司|[局委办厅院镇乡])[）)]?：$)"
)
_CELLS = " | "  # readers write a table's row as a line of its own
_HEADING_END = re.compile(r"[）)]$")
_SENTENCE_END = re.compile(r"[。！？；：…）]$")

# A text is taken as hard-wrapped if its lines are no wider than this (terminal columns, a Chinese
# character counts two): a typeset page holds 28 to 40 characters, a paragraph's line far more.
_WIDEST_WRAPPED_LINE = 100
# Share of the page's width from which a line is taken to run on into the next one.
_FULL_LINE = 0.85
_SHORT_LINE = 0.6
# Of a hard-wrapped text at least this share of lines are full and break off in mid-sentence; a
# text of short paragraphs, such as a list of names, has hardly any. Few lines prove little.
_BREAKING_OFF = 0.2
_LINES_THAT_PROVE = 20


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    origins: tuple[int, ...]
    break_at: int

    @property
    def width(self) -> int:
        return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in self.text)


def normalise(raw: str) -> NormalisedText:
    """Normalises a document's raw text.

    Args:
        raw: Decoded file content, line breaks as in the file.

    Returns:
        Text with one paragraph a line, and the origin of each character.
    """
    lines = list(_lines(raw))
    widths = sorted(line.width for line in lines)
    wrapped_width = widths[int(len(widths) * 0.95)] if widths else 0
    is_wrapped = 0 < wrapped_width <= _WIDEST_WRAPPED_LINE and _breaks_off(lines, wrapped_width)
    text: list[str] = []
    origins: list[int] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None:
            runs_on = is_wrapped and _runs_on(previous, line, wrapped_width)
            glue = _glue(previous, line) if runs_on else "\n"
            text.append(glue)
            origins.extend([previous.break_at] * len(glue))
        text.append(line.text)
        origins.extend(line.origins)
        previous = line
    return NormalisedText("".join(text), tuple(origins))


def _lines(raw: str) -> Iterator[_Line]:
    offset = 0
    for piece in raw.splitlines(keepends=True):
        kept = list(range(len(piece)))
        for match in _BOOKMARK.finditer(piece):
            kept = [i for i in kept if not match.start() <= i < match.end()]
        while kept and _is_blank(piece[kept[0]]):
            kept.pop(0)
        while kept and _is_blank(piece[kept[-1]]):
            kept.pop()
        text = "".join(piece[i] for i in kept)
        if text and not _PAGE_MARK.match(text):
            yield _Line(text, tuple(offset + i for i in kept), offset + kept[-1] + 1)
        offset += len(piece)


def _breaks_off(lines: Sequence[_Line], full: int) -> bool:
    """Whether lines end where the page ends and not where sentences do."""
    breaking_off = sum(
        1
        for line in lines
        if line.width >= full * _FULL_LINE and not _SENTENCE_END.search(line.text)
    )
    least = _BREAKING_OFF * len(lines) if len(lines) >= _LINES_THAT_PROVE else 1
    return breaking_off >= least


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Cc", "Cf"}


def _runs_on(line: _Line, following: _Line, full: int) -> bool:
    """Whether `following` continues `line`'s paragraph on a page `full` columns wide."""
    if _STARTS_PARAGRAPH.match(following.text) or _CELLS in line.text or _CELLS in following.text:
        return False
    is_heading = bool(_STARTS_PARAGRAPH.match(line.text)) and "。" not in line.text
    if is_heading and _HEADING_END.search(line.text):
        return False
    ends_sentence = bool(_SENTENCE_END.search(line.text))
    is_signature = following.width < full * _SHORT_LINE and not _SENTENCE_END.search(following.text)
    if ends_sentence and is_signature:
        return False
    if line.width >= full * _FULL_LINE:
        return True
    return line.width >= full * _SHORT_LINE and not ends_sentence


def _glue(line: _Line, following: _Line) -> str:
    """Latin words broken at the margin need their space back; Chinese needs none."""
    both_latin = line.text[-1].isascii() and following.text[0].isascii()
    return " " if both_latin and line.text[-1].isalpha() and following.text[0].isalpha() else ""
