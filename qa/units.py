"""Short names of units: 残联, 人社局, 体育中心 → the units that the documents name."""

import re

from corpus.records import Document
from index.text import fold
from qa.places import short

# What a unit's name may begin with, beside the name of its place, and short names leave out.
_LEVELS = "省市县区"
_LEVEL = rf"[{_LEVELS}]委|[{_LEVELS}]"
_JOINED = re.compile(r"\s*(?:[、，,和与跟及]|以及|还有)\s*")
# What a unit's name may end with; a short name has the same ending, or none.
_SHORTEST = 2


class UnitNames:
    """Finds units in questions.

    Args:
        documents: Their measures name the units.
    """

    def __init__(self, documents: tuple[Document, ...]) -> None:
        names = {unit for d in documents for measure in d.measures for unit in measure.units}
        places = {p for d in documents for p in (d.entry.region, *d.entry.parents) if p}
        # 温州海关 is also written without 市.
        spelled = sorted({*places, *map(short, places)}, key=lambda name: (-len(name), name))
        level = re.compile(f"^(?:{'|'.join([*map(re.escape, spelled), _LEVEL])})")
        self._units = tuple((unit, _cores(unit, level)) for unit in sorted(names))

    def named(self, question: str) -> tuple[str, ...]:
        """The units that a folded question names, longest match first.

        A short name keeps the order of the full name's characters, begins as it does and ends as
        it does (人社局 → 市人力社保局), or is its beginning (公安 → 市公安局).
        """
        return self.find(question)[0]

    def find(self, question: str) -> tuple[tuple[str, ...], tuple[int, int]]:
        """The units named and the span of their name in the question; none and (0, 0) if none."""
        best = self._longest(question)
        if not best:
            return (), (0, 0)
        length, start, _ = best[0]
        return tuple(unit for _, _, unit in best), (start, start + length)

    def joined(self, question: str) -> tuple[tuple[tuple[str, ...], ...], tuple[int, int]]:
        """The offices named side by side (发改局和经信局) and the span of their names.

        An office is several units where the short name fits several.
        """
        offices: list[tuple[str, ...]] = []
        left, begin, end = question, 0, 0
        while best := self._longest(left):
            length, first, _ = best[0]
            start = first - (first > 0 and left[first - 1] in _LEVELS)
            stop = first + length
            between = question[end:start] if start >= end else question[stop:begin]
            if offices and not _JOINED.fullmatch(between):
                break
            begin, end = (min(begin, start), max(end, stop)) if offices else (start, stop)
            offices.append(tuple(unit for _, at, unit in best if at == first))
            left = left[:start] + " " * (stop - start) + left[stop:]
        return tuple(offices), (begin, end)

    def _longest(self, question: str) -> list[tuple[int, int, str]]:
        """Length, start and unit of the longest matches, in the units' order."""
        found = []
        for unit, cores in self._units:
            length, start = max((_match(question, core) for core in cores), default=(0, 0))
            if length >= _SHORTEST:
                found.append((length, start, unit))
        longest = max((length for length, _, _ in found), default=0)
        return [match for match in found if match[0] == longest]


def _cores(unit: str, level: re.Pattern[str]) -> tuple[str, ...]:
    """The name with and without its level; of 市委组织部〈市委人才办〉 both names."""
    parts = [part for part in re.split(r"[〈〉（）]", unit) if part]
    # Also as written, so that an official name matches whole: 市委组织部, 温州海关乐清办事处.
    names = [*(level.sub("", part) for part in parts), *parts, unit]
    return tuple(dict.fromkeys(fold(name) for name in names if name))


def _match(question: str, core: str) -> tuple[int, int]:
    """Length and start of the question's longest substring that abbreviates `core`.

    It begins as the name does; from three characters on it may begin later (资规局), but then ends
    as the name does.
    """
    best = (0, 0)
    for start in range(len(question)):
        position = core.find(question[start])
        if position < 0:
            continue
        leads = position == 0
        position = -1
        for end in range(start, len(question)):
            position = core.find(question[end], position + 1)
            if position < 0:
                break
            length = end + 1 - start
            whole = position == len(core) - 1 and (leads or length > _SHORTEST)
            if (whole or core.startswith(question[start : end + 1])) and length > best[0]:
                best = (length, start)
    return best
