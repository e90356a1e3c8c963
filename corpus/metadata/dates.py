"""Dates as official documents write them: 2024年3月1日, 二〇二四年三月一日."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.structure.numerals import to_int, year_to_int

_D = r"[\d０-９〇○零一二三四五六七八九十Ｏ]"
DATE = rf"(?P<year>{_D}{{4}})\s*年\s*(?P<month>{_D}{{1,3}})\s*月\s*(?P<day>{_D}{{1,3}})\s*[日号]"
_PLAIN = r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)"
_DATE = re.compile(DATE)
_IN_NAME = re.compile(rf"(?<!\d)(?:{_PLAIN}|(?P<compact>20\d{{6}})(?!\d))")


@dataclass(frozen=True, slots=True)
class Found:
    """A date and where it stands."""

    day: date
    start: int
    end: int


def find_dates(text: str) -> Iterator[Found]:
    """Full dates in a text, in order; impossible ones (2月30日) are passed over."""
    for match in _DATE.finditer(text):
        day = _date(match["year"], match["month"], match["day"])
        if day:
            yield Found(day, match.start(), match.end())


def date_of_name(name: str) -> date | None:
    """A date in a file name: 2024-03-01, 20240301, 2024年3月1日."""
    for found in find_dates(name):
        return found.day
    match = _IN_NAME.search(name)
    if match is None:
        return None
    if compact := match["compact"]:
        return _date(compact[:4], compact[4:6], compact[6:])
    return _date(match["year"], match["month"], match["day"])


def years_later(start: date, years: int) -> date:
    """The last day of a term of whole years that begins on `start`."""
    day = min(start.day, calendar.monthrange(start.year + years, start.month)[1])
    return date(start.year + years, start.month, day) - timedelta(days=1)


def _date(year: str, month: str, day: str) -> date | None:
    numbers = (year_to_int(year), to_int(month), to_int(day))
    try:
        return date(*(number or 0 for number in numbers))
    except ValueError:
        return None
