"""Plots as SVG: browsers draw Chinese text themselves, no font needs to be shipped."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_MONEY = re.compile(r"(\d+(?:\.\d+)?)(亿|万)元")
_YI = {"亿": 1.0, "万": 1e-4}


@dataclass(frozen=True, slots=True)
class Bar:
    """One year's bar of a section.

    Attributes:
        year: The year.
        text: The sum as the document writes it; empty where it states none.
        share: Length, 0 to 1.
    """

    year: int
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Row:
    """A section with one bar a year, oldest first."""

    section: str
    bars: tuple[Bar, ...]


def budgets(rows: Sequence[Mapping[str, Any]], years: tuple[int, int]) -> tuple[Row, ...]:
    """Per section and year, the largest budget that its measures state.

    Parts of a budget stand beside its total (统筹安排…亿元，其中…): a sum would count them twice.
    The closing, which is in no section, repeats the total of all.

    Args:
        rows: Rows of a comparison in its JSON form.
        years: Years of the older and the newer document.
    """
    largest: dict[str, dict[str, tuple[float, str]]] = {}
    for row in rows:
        for number in row["numbers"] if row["section"] else ():
            for side in ("older", "newer"):
                stated = number[side]
                match = _MONEY.fullmatch(stated["text"]) if stated else None
                if match is None or stated["role"] != "budget":
                    continue
                found = (float(match[1]) * _YI[match[2]], stated["text"])
                section = largest.setdefault(row["section"], {})
                section[side] = max(found, section.get(side, (0.0, "")))
    most = max((v[0] for by_side in largest.values() for v in by_side.values()), default=1.0)
    return tuple(
        Row(
            section,
            tuple(
                Bar(year, by_side[side][1], by_side[side][0] / most)
                if side in by_side
                else Bar(year, "", 0.0)
                for side, year in zip(("older", "newer"), years, strict=True)
            ),
        )
        for section, by_side in largest.items()
    )
