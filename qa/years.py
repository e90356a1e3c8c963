"""Years that a question names."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from qa.numerals import parse_number
from qa.patterns import patterns

_FOUR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?!亩|户|家|人|万|元|个|套|吨|台|公里)")
_CHINESE = re.compile(r"([二一][〇零○0九]([〇零○一二三四五六七八九\d]){2})年?")
# 二一年, 二五年; 二三年 and 二四年 may be lengths of time, and are in the documents anyway.
_CHINESE_SHORT = re.compile(r"(?<![一二三四五六七八九十百千第])二([〇零一二五六七八九])年")
_SHORT = re.compile(
    r"(?<![\d.第了满过续近约干做开用])(\d{2})(?=年(?!(?:内|以|期|限|左右|了|的合同|前|后))|(?:年)?那(?:份|年|个)|和\d{2}年)"
)


@dataclass(frozen=True, slots=True)
class Years:
    """What years a question is about.

    Attributes:
        named: Years named, ascending; empty where none is.
        beyond: Whether it names a relative year that lies outside any document (明年).
    """

    named: tuple[int, ...] = ()
    beyond: bool = False


def find_years(question: str) -> Years:
    """Finds years in a folded question: 2023, 23年, 二〇二三年, 明年. 今年 and 去年 name none."""
    years = {int(match.group(1)) for match in _FOUR.finditer(question)}
    for match in _CHINESE.finditer(question):
        number = parse_number(match.group(1))
        if number is not None and 1900 <= number < 2100:
            years.add(number)
    for match in _CHINESE_SHORT.finditer(question):
        years.add(2020 + (parse_number(match.group(1)) or 0))
    # A two-digit year is one only where a year can be meant: 「做了15年」 is a length of time.
    years |= {
        2000 + int(m.group(1)) for m in _SHORT.finditer(question) if 15 <= int(m.group(1)) < 30
    }
    groups = patterns()["years"]
    beyond = bool(groups["future"].search(question) or groups["past"].search(question))
    return Years(tuple(sorted(years)), beyond)


def resolve(years: Years, question: str, as_of: date, known: Collection[int]) -> Years:
    """Gives 今年 and 去年 their year where documents of that year are at hand.

    Args:
        years: The years named outright; they win.
        question: The folded question.
        as_of: The day of asking.
        known: Years of the documents.
    """
    if years.named:
        return years
    groups = patterns()["relative"]
    found = set()
    if groups["both"].search(question):
        found = {as_of.year, as_of.year - 1}
    if groups["this"].search(question):
        found.add(as_of.year)
    if groups["last"].search(question):
        found.add(as_of.year - 1)
    return replace(years, named=tuple(sorted(found & set(known))))
