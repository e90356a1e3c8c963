"""红头, 文号, title, 主送机关 and 落款: what the lines around the clauses say of the document."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.metadata.dates import find_dates
from corpus.metadata.proposed import Proposed, guessed, missing, stated
from corpus.structure.outline import candidate
from corpus.structure.parts import DATE_LINE

_NUMBER = (
    r"[\u4e00-\u9fff]{1,14}\s?[〔\[［（(【]\s*[\d０-９]{4}\s*[〕\]］）)】]"
    r"\s*第?\s*[\d０-９]{1,4}\s*号"
)
_NUMBER_LINE = re.compile(rf"[（(]?(?P<number>{_NUMBER})[）)]?(?:\s+签发人.*)?")
_ORDER = re.compile(r"(?:第\s*[\d一二三四五六七八九十百]{1,5}\s*号|\d{4}年第\d{1,3}号)")
_RED_HEAD = re.compile(r"(?P<issuer>[\u4e00-\u9fff、 　]{3,40}?)(?:文件|令|公告)")
_KIND = (
    r"(?:通知|意见|办法|规定|细则|措施|政策|方案|公告|通告|决定|条例|目录|清单|规划|计划|预案|指南|讲话"
    r"|报告|批复|函|纲要|制度|标准|指引|要点|举措|条)"
)
_NOTE = r"(?:\s*[（(][^（()）]{2,20}[）)])*"
_TITLE_END = re.compile(rf"{_KIND}》?{_NOTE}(?:的(?:通知|通告|公告|决定|函))?{_NOTE}$")
_TITLE_REST = re.compile(
    r"[（(](?:征求意见稿|公开征求意见稿|送审稿|草案|试行|暂行|\d{4}年[版度]?)[）)]"
    r"|的(?:通知|公告|决定)"
)
_BROUGHT = re.compile(r"(?:印发|转发|公布|发布)[《〈](?P<title>.+)[》〉](?:的|等)")
_ISSUER_OF_TITLE = re.compile(r"(?P<issuer>[\u4e00-\u9fff、 　]{3,40}?)(?:关于|印发)")
_ORGAN = re.compile(
    r".*(?:政府|局|委员会|委|办公室|厅|部|院|会|中心|署|公司|处|街道|管委会|领导小组)$"
)
# 温州市 is no 温州 and 市场监管局 no town's: a suffix ends a name where none follows.
_PLACE = re.compile(
    r"(?![在全本我各对关])[\u4e00-\u9fff]{1,7}?"
    r"(?:省|自治区|特别行政区|自治州|市|州|盟|自治县|县|区|旗|镇|乡|街道)"
    r"(?![级直属场域]|[州市县区](?!场|直|级))"
)
_PRINTED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*印发$")
_NO_TITLE = re.compile(
    r"[；：;:]$|。|^[（(]\D{0,3}\d{4}年|^[（(]此件|^附|^目\s*[录次]$|^第.+[章节编]"
)
# Rows, and the first of several annexes: the title of an annex is not the document's.
_ENDS_HEAD = re.compile(r" \| |^附件\s*[一1１][：:]?$")
# （某年某月某日某市人民代表大会常务委员会第八次会议通过）
_ADOPTED = re.compile(
    r"[（(].*日(?P<issuer>[\u4e00-\u9fff]{4,40}?)(?:第[\u4e00-\u9fff\d]{1,6}次会议)?(?:通过|公布|发布)"
)
_LONGEST_TITLE_LINE = 60
_FARTHEST_TITLE = 30


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What is read around the clauses; see corpus.metadata.propose.Proposal."""

    title: Proposed[str]
    title_year: int | None
    number: Proposed[str]
    issuer: Proposed[str]
    region: Proposed[str]
    issued: Proposed[date]
    is_signed: bool
    adopted: Proposed[str]


def read_front(lines: Sequence[str]) -> FrontMatter:
    """Reads the lines around the clauses."""
    head = _head(lines)
    title = _title(lines, head)
    signature, issued = _signature(lines)
    issuer = _issuer(lines, head, signature)
    year = re.search(r"(\d{4})年", title.value or "")
    return FrontMatter(
        title=title,
        title_year=int(year[1]) if year else None,
        number=_number(lines, head),
        issuer=issuer,
        region=_region(issuer, title),
        issued=issued if issued.value else _published(lines, head),
        is_signed=signature is not None,
        adopted=_adopted(lines, head),
    )


def _head(lines: Sequence[str]) -> int:
    """Index of the first clause or row; without any, of the first paragraph."""
    numbered = (i for i, line in enumerate(lines) if candidate(line) or _ENDS_HEAD.search(line))
    first = next(numbered, None)
    if first is None:
        first = next((i for i, line in enumerate(lines) if "。" in line), len(lines))
    return min(first, _FARTHEST_TITLE)


def _title(lines: Sequence[str], head: int) -> Proposed[str]:
    """The last title before the first clause: behind a covering letter stands the true one."""
    found = list(_titles(lines, head))
    if not found:
        return missing("not_stated")
    start, end = found[-1]
    quote = "\n".join(lines[start:end])
    whole = "".join(lines[start:end])
    brought = _BROUGHT.search(whole)
    text = brought["title"] if brought else whole
    text = re.sub(r"\s*[（(](?:征求意见稿|公开征求意见稿|送审稿|草案)[）)]$", "", text)
    return stated(text, quote, start + 1)


def _titles(lines: Sequence[str], head: int) -> Iterable[tuple[int, int]]:
    i = 0
    while i < head:
        end = next(
            (
                j + 1
                for j in range(i, min(i + 4, head))
                if _TITLE_END.search("".join(lines[i : j + 1])) and _is_title_line(lines[j])
            ),
            None,
        )
        if end is None or not all(_is_title_line(line) for line in lines[i:end]):
            i += 1
            continue
        if end < head and _TITLE_REST.fullmatch(lines[end]):
            end += 1
        yield i, end
        i = end


def _is_title_line(line: str) -> bool:
    return (
        0 < len(line) <= _LONGEST_TITLE_LINE
        and not _NO_TITLE.search(line)
        and not _NUMBER_LINE.fullmatch(line)
        and not DATE_LINE.fullmatch(line)
        and not (_RED_HEAD.fullmatch(line) and line.endswith(("文件", "令")))
    )


def _number(lines: Sequence[str], head: int) -> Proposed[str]:
    for i, line in enumerate(lines[:head]):
        if match := _NUMBER_LINE.fullmatch(line):
            return stated(re.sub(r"\s", "", match["number"]), line, i + 1)
        if i and _ORDER.fullmatch(line) and re.search(r"[令告]$", lines[i - 1]):
            return stated(re.sub(r"\s", "", line), f"{lines[i - 1]}\n{line}", i)
    for i, line in enumerate(lines[:head]):
        if match := re.match(r"[（(].*?(?P<number>[\u4e00-\u9fff]{2,20}令第\d+号)", line):
            issued = re.search(r"日(?P<number>[\u4e00-\u9fff]{2,20}令第\d+号)", line)
            return stated((issued or match)["number"], line, i + 1)
    return missing("not_stated")


def _signature(lines: Sequence[str]) -> tuple[tuple[int, str] | None, Proposed[date]]:
    """The issuers above the date line that ends the document or its covering letter."""
    for i, line in enumerate(lines):
        if not DATE_LINE.fullmatch(line) or line[0] in "（(":
            continue
        day = next(find_dates(line), None)
        if day is None:
            continue
        first = i
        while first and _is_signature(lines[first - 1]):
            first -= 1
        if first == i:
            continue
        names = [n for above in lines[first:i] for n in re.split(r"[\s、]+", above) if n]
        quote = "\n".join(lines[first : i + 1])
        return (first, "、".join(names)), stated(day.day, quote, first + 1)
    return None, missing("not_stated")


def _is_signature(line: str) -> bool:
    names = line.split()
    return bool(names) and len(line) <= 40 and all(_ORGAN.fullmatch(n) for n in names)


def _published(lines: Sequence[str], head: int) -> Proposed[date]:
    """A date below the title, in the printing line or alone on a line."""
    for i, line in enumerate(lines[:head]):
        if line.startswith(("（", "(")) and (day := next(find_dates(line), None)):
            return stated(day.day, line, i + 1)
    for i, line in enumerate(lines):
        if _PRINTED.search(line) or DATE_LINE.fullmatch(line):
            day = next(find_dates(line), None)
            if day:
                return guessed(day.day, line, i + 1)
    return missing("not_stated")


def _adopted(lines: Sequence[str], head: int) -> Proposed[str]:
    """The note below a title that says who adopted the document."""
    for i, line in enumerate(lines[:head]):
        if _ADOPTED.match(line):
            return stated(line, line, i + 1)
    return missing("not_stated")


def _issuer(lines: Sequence[str], head: int, signature: tuple[int, str] | None) -> Proposed[str]:
    if signature:
        first, names = signature
        return stated(names, lines[first], first + 1)
    for i, line in enumerate(lines[:head]):
        match = _RED_HEAD.fullmatch(line)
        if match and line.endswith(("文件", "令")) and _ORGAN.fullmatch(match["issuer"].strip()):
            return stated("、".join(match["issuer"].split()), line, i + 1)
    for i, line in enumerate(lines[:head]):
        match = _ISSUER_OF_TITLE.match(line)
        if match and all(_ORGAN.fullmatch(name) for name in match["issuer"].split()):
            return stated("、".join(match["issuer"].split()), line, i + 1)
        order = re.search(r"日(?P<issuer>[\u4e00-\u9fff]{3,20}?)令第", line)
        if adopted := order or _ADOPTED.match(line):
            return stated(adopted["issuer"], line, i + 1)
    return missing("not_stated")


def _region(issuer: Proposed[str], title: Proposed[str]) -> Proposed[str]:
    """The innermost place that the issuer's name begins with, else the title's."""
    if issuer.value and (place := _place(issuer.value)):
        confident = stated if issuer.confidence == "stated" else guessed
        assert issuer.line is not None  # issuers are read from lines
        return confident(place, issuer.quote or "", issuer.line)
    if title.value and title.line and (place := _place(title.value)):
        return guessed(place, title.quote or "", title.line)
    return missing("not_stated")


def _place(name: str) -> str | None:
    """萧山区 of 杭州市萧山区人民政府."""
    place, start = None, 0
    while match := _PLACE.match(name[start:]):
        place, start = match[0], start + match.end()
    return place
