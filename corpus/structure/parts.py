"""The parts of a document: its body, its annexes, and the lines that belong to neither.

Front matter (红头, 文号, 主送机关) stands before the first number and needs no rule of its own;
落款, 附件 lists, 抄送 and 印发 lines stand behind the last clause and are told from it here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.structure.numerals import HAN, to_int
from corpus.structure.outline import Line, candidate, number_lines
from corpus.structure.tables import mark_forms

_ANNEX = re.compile(
    rf"附\s*[件表录]\s*(?P<n>[\d０-９]{{1,2}}(?:[-－—][\d０-９]{{1,2}})?|[{HAN}]{{1,3}})?(?P<colon>\s*[：:])?\s*(?P<title>.*)"
)
_DISTRIBUTION = re.compile(r"抄\s*[送报][：:]|主题词[：:]")
_PRINTED = re.compile(r".{2,40}\d{4}年\d{1,2}月\d{1,2}日\s*印发")
_NUMERAL = rf"[{HAN}○\d０-９]"
DATE_LINE = re.compile(
    rf"[（(]?{_NUMERAL}{{4}}\s*年\s*{_NUMERAL}{{1,3}}\s*月\s*{_NUMERAL}{{1,3}}\s*日[）)]?"
)
_SIGNED = re.compile(r"[\u4e00-\u9fff（）()、 　]{2,60}")
_CLOSING = re.compile(
    r"[（(]此件|此件|特此(?:通知|公告|通告|函|批复)|专此|(?:意见)?反馈(?:意见)?(?:截止)?(?:时间|方式|渠道)|[（(]?联系人|附\s*件?\s*[：:]|附\s*件\s*$"
)
# A last paragraph about the document as a whole, where clauses have paragraphs of their own.
_ABOUT_ALL = re.compile(
    r"(?:以上|上述|本)(?:各?项?(?:政策|措施|意见|办法|细则|规定|通知|公告|文件|方案))"
    r"|自.{2,20}起(?:施行|实施|执行)"
)
_HANDS_ON = re.compile(r"(?:印发|转发|公布|发布|下发).*(?:你们|如下|遵照|执行|实施)")
_LONGEST_TITLE = 45


@dataclass(slots=True)
class Part:
    """The body (ordinal 0) or an annex (1, 2, …).

    Attributes:
        ordinal: 0 for the body, else the annex' number; where none is stated, its position.
        label: 附件1 as the text writes it; empty for the body.
        title: The annex' title; empty for the body.
        heading: Lines of the annex' heading.
        lines: The other lines.
    """

    ordinal: int = 0
    label: str = ""
    title: str = ""
    heading: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def is_numbered(self) -> bool:
        """Whether anything in it is numbered or in a table."""
        return any(line.mark or line.is_row for line in self.lines)


def split_parts(lines: Sequence[Line]) -> tuple[list[Part], list[Line]]:
    """The body and the annexes, and the lines of distribution (抄送, 印发).

    A covering letter (现将…印发给你们) has no number of its own: the one annex that is numbered is
    then the body, and what stands before is its preamble.
    """
    parts = [Part()]
    dropped: list[Line] = []
    distributing = False
    i = 0
    while i < len(lines):
        line = lines[i]
        if match := _annex(lines, i, parts[-1]):
            distributing = False
            part = Part(len(parts), _label(line.text, match), match["title"].strip(), [line])
            if not part.title and i + 1 < len(lines) and _is_title(lines[i + 1]):
                i += 1
                part.heading.append(lines[i])
                part.title = lines[i].text
            parts.append(part)
        elif _DISTRIBUTION.match(line.text) or _PRINTED.fullmatch(line.text):
            distributing = not _PRINTED.fullmatch(line.text)
            dropped.append(line)
        elif distributing and candidate(line.text) is None and not line.is_row:
            dropped.append(line)
        else:
            distributing = False
            parts[-1].lines.append(line)
        i += 1
    for part in parts:
        part.lines = number_lines(mark_forms(_mark_lists(part.lines)))
    numbered = [part for part in parts[1:] if any(line.mark for line in part.lines)]
    if len(numbered) == 1 and is_covering_letter(parts[0]):
        _merge(parts, parts.index(numbered[0]))
    _number(parts[1:])
    return parts, dropped


def closing_start(lines: Sequence[Line], first: int) -> int:
    """Index of the line at or behind `first` with which 附件 list, 落款 or the like begins."""
    for i in range(first, len(lines)):
        text = lines[i].text
        if _CLOSING.match(text) or DATE_LINE.fullmatch(text):
            return i
        ahead = [line.text for line in lines[i + 1 : i + 5]]
        dated = next((k for k, t in enumerate(ahead) if DATE_LINE.fullmatch(t)), None)
        if dated is not None and all(_SIGNED.fullmatch(t) for t in (text, *ahead[:dated])):
            return i
    return len(lines)


def is_about_all(text: str) -> bool:
    """Whether a paragraph speaks of the document as a whole (上述政策…, 自…起施行)."""
    return bool(_ABOUT_ALL.match(text))


def _mark_lists(lines: Sequence[Line]) -> list[Line]:
    """The lines with the entries of lists of annexes marked plain: 附件：1.某表, 2.某表."""
    marked: list[Line] = []
    listing = False
    for line in lines:
        if re.match(r"附\s*[件表]\s*[：:]", line.text):
            listing = True
        elif listing and (candidate(line.text) is None or "。" in line.text):
            listing = False
        marked.append(replace(line, plain=True) if listing else line)
    return marked


def is_covering_letter(part: Part) -> bool:
    """Whether a part only hands on what its annexes hold."""
    return not part.is_numbered and any(_HANDS_ON.search(line.text) for line in part.lines)


def _number(annexes: Sequence[Part]) -> None:
    """Gives annexes the numbers that they state, those without one the next free number."""
    taken: set[int] = set()
    for part in annexes:
        stated = re.search(rf"\d+|[{HAN}]+", part.label)
        number = to_int(stated[0]) if stated else None
        if number is None or number in taken:
            number = next(n for n in range(1, len(annexes) + 2) if n not in taken)
        part.ordinal = number
        taken.add(number)


def _merge(parts: list[Part], first: int) -> None:
    body = parts[0]
    for part in parts[1 : first + 1]:
        body.lines += [*part.heading, *part.lines]
    del parts[1 : first + 1]


def _annex(lines: Sequence[Line], i: int, part: Part) -> re.Match[str] | None:
    """The match if line `i` heads an annex; an entry of a list of annexes does not."""
    text = lines[i].text
    match = _ANNEX.fullmatch(text)
    if match is None or lines[i].is_row or not (part.lines or part.heading):
        return None
    title, following = match["title"], [line.text for line in lines[i + 1 : i + 5]]
    if len(title) > _LONGEST_TITLE or re.search(r"[。；，]|^[》”’）、]", title):
        return None
    if not following:
        return None
    listed = title and (match["colon"] or match["n"])
    if listed and candidate(title) is not None:
        return None  # 附件：1.某表
    if listed and match["colon"] and not match["n"] and candidate(following[0]) is not None:
        return None
    if not title and match["colon"] and candidate(following[0]) is not None:
        # 附件： above 1.某表, 2.某表 and the signature, all without a sentence, is a list.
        return None if all("。" not in text for text in following[:3]) else match
    if title and not match["colon"] and not match["n"] and not re.match(r"附\s*件\s", text):
        return None  # 附件材料应当齐全
    if listed and (_ANNEX.fullmatch(following[0]) or closing_start(lines, i + 1) <= i + 1):
        return None
    if listed and part.lines and _is_listed_before(part.lines[-1].text):
        return None
    return match


def _is_listed_before(text: str) -> bool:
    """Whether the line above is an entry 附件N：… of a list of annexes."""
    match = _ANNEX.fullmatch(text)
    return bool(match and match["title"])


def _is_title(line: Line) -> bool:
    return (
        len(line.text) <= _LONGEST_TITLE
        and candidate(line.text) is None
        and not line.is_row
        and not re.search(r"[。；，：:]$", line.text)
    )


def _label(text: str, match: re.Match[str]) -> str:
    label = text[: match.start("title")].strip("：: 　")
    number = to_int(match["n"]) if match["n"] else None
    return re.sub(r"\s", "", label) if number is not None else label
