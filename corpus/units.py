"""责任单位: the bracket at a clause's end → a list of units in order."""

import re
from dataclasses import dataclass

# （责任单位：甲、乙〈丙〉，note）。 Brackets inside a unit's name may be nested once.
_UNIT_BRACKET = re.compile(
    r"[（(]\s*责任单位[：:](?P<list>(?:[^（）()]|[（(][^（）()]*[）)])*)[）)]\s*$"
)
_SECTION_LEAD = re.compile(r"[（(]由(?P<list>[^（）()]+?)牵头(?:实施|负责|落实)?[）)]\s*$")
_OPENERS, _CLOSERS = "（(〈<《【", "）)〉>》】"


@dataclass(frozen=True, slots=True)
class UnitList:
    """Units in the text's order, and the offset at which their bracket begins."""

    units: tuple[str, ...]
    start: int


def split_units(text: str) -> tuple[str, ...]:
    """Splits a unit list at 、 outside brackets.

    What follows a comma outside brackets is a note on the list (列第一位的为牵头单位，下同),
    never a unit, and is dropped.
    """
    units: list[str] = []
    current = ""
    depth = 0
    for char in text:
        depth += (char in _OPENERS) - (char in _CLOSERS)
        if depth == 0 and char in "，,；;":
            break
        if depth == 0 and char == "、":
            units.append(current)
            current = ""
        else:
            current += char
    units.append(current)
    return tuple(unit.strip() for unit in units if unit.strip())


def measure_units(paragraph: str) -> UnitList | None:
    """The 责任单位 at the end of a clause, or None if it lists none."""
    match = _UNIT_BRACKET.search(paragraph)
    return UnitList(split_units(match["list"]), match.start()) if match else None


def section_lead(heading: str) -> UnitList | None:
    """The 牵头 units that a section's heading names, or None."""
    match = _SECTION_LEAD.search(heading)
    return UnitList(split_units(match["list"]), match.start()) if match else None
