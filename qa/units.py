"""Short names of units: 残联, 人社局, 体育中心 → the units that the documents name."""

import re
from functools import lru_cache

from corpus.records import Document

_LEVEL = re.compile(r"^(?:乐清市|温州市?|市委|市)")
# What a unit's name may end with; a short name has the same ending, or none.
_SHORTEST = 2


class UnitNames:
    """Finds units in questions.

    Args:
        documents: Their measures name the units.
    """

    def __init__(self, documents: tuple[Document, ...]) -> None:
        names = {unit for d in documents for measure in d.measures for unit in measure.units}
        self._units = tuple(sorted(names))

    def named(self, question: str) -> tuple[str, ...]:
        """The units that a folded question names, longest match first.

        A short name keeps the order of the full name's characters, begins as it does and ends as
        it does (人社局 → 市人力社保局), or is its beginning (公安 → 市公安局).
        """
        found: list[tuple[int, str]] = []
        for unit in self._units:
            length = max((_match_length(question, core) for core in _cores(unit)), default=0)
            if length >= _SHORTEST:
                found.append((length, unit))
        longest = max((length for length, _ in found), default=0)
        return tuple(unit for length, unit in found if length == longest)


@lru_cache(maxsize=256)
def _cores(unit: str) -> tuple[str, ...]:
    """The name without its level; of 市委组织部〈市委人才办〉 both names."""
    return tuple(_LEVEL.sub("", part) for part in re.split(r"[〈〉（）]", unit) if part)


def _match_length(question: str, core: str) -> int:
    """Length of the longest substring of the question that abbreviates `core`."""
    best = 0
    for start in range(len(question)):
        if question[start] != core[0]:
            continue
        position = 0
        for end in range(start, len(question)):
            position = core.find(question[end], position)
            if position < 0:
                break
            position += 1
            length = end + 1 - start
            is_prefix = core.startswith(question[start : end + 1])
            if (position == len(core) or is_prefix) and length > best:
                best = length
    return best
