"""Status and term: 征求意见稿, 试行, 有效期至…, 自…起施行，有效期N年, N年全年实施有效, 同时废止."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.metadata.dates import DATE, find_dates, years_later
from corpus.metadata.front import FrontMatter
from corpus.metadata.proposed import Proposed, guessed, missing, stated
from corpus.structure.numerals import to_int

_SENTENCE = re.compile(r"[^。]+。?")
_TAKES_EFFECT = re.compile(
    r"起(?:正式)?(?:施行|实施|执行|生效|试行)|(?:施行|实施|执行)[，,]|实施有效|起至|止"
    r"|(?:有效期|试行期|(?:实施|执行|政策|有效)期限)"
)
# A term of the whole document, not of one measure or certificate.
_ABOUT_DOCUMENT = re.compile(
    r"本(?:[\u4e00-\u9fff]{0,8})(?:政策|措施|意见|办法|细则|规定|通知|公告|通告|文件|方案|条例|决定|标准"
    r"|规程|制度)|(?:各项|以上|上述)(?:政策|措施)|^(?:[一二三四五六七八九十\d]+、|第.+条\s*)?自"
    r"|(?:^|[，；、])(?:政策|文件)?有效期"
)
_SINCE_ISSUE = re.compile(
    r"自?(?:本.{2,6})?(?:印发|发布|公布|发文|下发)之日起(?:(?P<days>\d{1,3})[日天]后)?"
    r"(?:施行|实施|执行|生效|试行)"
)
_YEARS = re.compile(
    r"(?:有效|试行)期(?:限)?(?:暂定)?(?:为)?\s*(?P<years>[\d一二三四五两]{1,2})\s*年"
)
_WHOLE_YEAR = re.compile(r"(?P<year>\d{4})年(?:全年|度)(?:内)?(?:实施有效|有效|执行|实施)")
_BY_DATE = DATE.replace("P<", "P<e")
_UNTIL = re.compile(
    rf"(?:有效期(?:限)?(?:至|到|截至|截止)|[至到—－-])\s*{_BY_DATE}\s*(?P<stop>止)?"
)
_SINCE = re.compile(rf"自?从?\s*{DATE}\s*(?:起|开始|至|到|—|-)")
# 有效期 of a certificate is no term of the document.
_ABOUT_APPLICANTS = re.compile(r"(?:证书|证件|证明|批文|许可证?|执照|资质|合同).{0,6}有效期")
_REPEALS = re.compile(r"(?:废止|停止执行|宣布)\s*《|《[^》]+》[^。]*(?:废止|失效|停止执行)")
_NOTE_WITHDRAWN = re.compile(
    r"[（(【\[](?:已|全文|本文|此件已?)?(?:废止|失效)[）)】\]]"
    r"|^(?:本文件|此文件|该文件)已(?:于.{4,14})?(?:被)?(?:废止|失效)"
)
_LONGEST_NOTE = 80
_DRAFT = re.compile(r"征求意见稿|公开征求意见|送审稿|草案")


@dataclass(frozen=True, slots=True)
class Term:
    """The stated term; `year` is the one that the policy is said to be for."""

    start: Proposed[date]
    end: Proposed[date]
    year: Proposed[int]


def read_term(lines: Sequence[str], issued: Proposed[date]) -> Term:
    """Reads when the document is said to apply.

    Of several sentences the last one that states a term counts: 附则 stand at the end.
    """
    sentences = [pair for pair in _sentences(lines) if _TAKES_EFFECT.search(pair[1])]
    return _term([pair for pair in sentences if _ABOUT_DOCUMENT.search(pair[1])], issued)


def _term(sentences: Sequence[tuple[int, str]], issued: Proposed[date]) -> Term:
    start: Proposed[date] = missing("not_stated")
    end: Proposed[date] = missing("not_stated")
    year: Proposed[int] = missing("not_stated")
    for number, sentence in sentences:
        if _ABOUT_APPLICANTS.search(sentence):
            continue
        if match := _WHOLE_YEAR.search(sentence):
            named = int(match["year"])
            start = stated(date(named, 1, 1), sentence, number)
            end = stated(date(named, 12, 31), sentence, number)
            year = stated(named, sentence, number)
            continue
        own_start = _start(sentence, number, issued)
        start = start if own_start.reason == "not_stated" else own_start
        own_end = _end(sentence, number, start)
        end = end if own_end.reason == "not_stated" else own_end
    return Term(start, end, year)


def read_stage(lines: Sequence[str], stem: str, front: FrontMatter) -> Proposed[str]:
    """征求意见稿, 试行, 暂行 or 正式印发, from the title and what stands around it."""
    head = [(i, line) for i, line in enumerate(lines[:30], start=1) if len(line) <= 80]
    title, line = front.title.quote or "", front.title.line
    for number, text in head:
        if _DRAFT.search(text) and (number == line or re.search(r"[（(].*[）)]$|^关于", text)):
            return stated("征求意见稿", text, number)
    if line is not None and "征求意见" in title:
        return stated("征求意见稿", title, line)
    for word in ("试行", "暂行"):
        if line is not None and word in title:
            return stated(word, title, line)
    for source in (front.number, front.adopted):
        if source.value is not None and source.line is not None:
            return stated("正式印发", source.quote or "", source.line)
    if front.is_signed and front.issued.value is not None:
        return guessed("正式印发", front.issued.quote or "", front.issued.line)
    if _DRAFT.search(stem):
        return guessed("征求意见稿", stem, None)
    return missing("not_stated")


def read_withdrawn(lines: Sequence[str]) -> Proposed[bool]:
    """Whether a note says that the document itself no longer applies."""
    for number, line in enumerate(lines, start=1):
        match = _NOTE_WITHDRAWN.search(line)
        # 《旧办法》（已废止） within a clause is about another document.
        if match and len(line) <= _LONGEST_NOTE and "《" not in line[: match.start()]:
            return stated(True, line, number)
    return missing("not_stated")


def read_repeals(lines: Sequence[str]) -> Proposed[tuple[str, ...]]:
    """Titles of other documents that the text ends."""
    found = [
        (titles, sentence, number)
        for number, sentence in _sentences(lines)
        if _REPEALS.search(sentence) and (titles := re.findall(r"《([^》]+)》", sentence))
    ]
    if not found:
        return missing("not_stated")
    every = tuple(dict.fromkeys(title for titles, _, _ in found for title in titles))
    return stated(every, found[0][1], found[0][2])


def _sentences(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        for match in _SENTENCE.finditer(line):
            yield number, match[0].strip()


def _start(sentence: str, number: int, issued: Proposed[date]) -> Proposed[date]:
    if match := _SINCE.search(sentence):
        found = next(find_dates(match[0]), None)
        if found:
            return stated(found.day, sentence, number)
    if match := _SINCE_ISSUE.search(sentence):
        if issued.value is None:
            return missing("start_unknown", sentence, number)
        day = issued.value + timedelta(days=int(match["days"] or 0))
        return guessed(day, sentence, number)
    return missing("not_stated")


def _end(sentence: str, number: int, start: Proposed[date]) -> Proposed[date]:
    if match := _UNTIL.search(sentence):
        found = next(find_dates(match[0]), None)
        if found:
            return stated(found.day, sentence, number)
    if match := _YEARS.search(sentence):
        years = to_int(match["years"])
        if start.value is None or not years:
            return missing("start_unknown", sentence, number)
        confident = stated if start.confidence == "stated" else guessed
        return confident(years_later(start.value, years), sentence, number)
    return missing("not_stated")
