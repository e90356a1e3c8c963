"""责任单位: what a clause ends with → a list of units in order, those that lead first.

Understood are labelled lists in brackets or on a line of their own (责任单位：…; 牵头单位：…；
配合单位：…) and brackets that say it in words (甲牵头，乙、丙配合; 甲、乙按职责分工负责).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_OPENERS, _CLOSERS = "（(〈<《【〔[", "）)〉>》】〕]"
_LABEL = (
    r"(?:市级|区级|县级|主要|共同|各项)?"
    r"(?:责任|牵头|配合|协同|协办|协作|主办|主管|承办|落实|实施|参与|参加|支持|指导)"
    r"(?:责任|落实|实施|配合)?(?:单位|部门|主体)"
)
_LABELLED = re.compile(rf"(?P<label>{_LABEL})\s*[：:]\s*")
_LABEL_LINE = re.compile(rf"[。；;]?\n(?={_LABEL}\s*[：:])")
_LEADING = re.compile(r"牵头|主办")
# A bracket at the end of a line; brackets inside a unit's name may be nested once.
_BRACKET = re.compile(
    r"[（(〔\[【]\s*(?P<inside>(?:[^（）()〔〕\[\]【】]|[（(〔\[][^（）()〔〕\[\]]*[）)〕\]])*)"
    r"[）)〕\]】]\s*[。；;]?\s*$"
)
_OPEN_LIST = re.compile(rf"(?:^|(?<=[。；;\s　]))(?P<inside>{_LABEL}\s*[：:][^。\n]+)[。；;]?\s*$")
# （由甲牵头，乙、丙配合）: who does what, in words.
_LED = re.compile(r"^由?(?P<list>.+?)(?:负责)?牵头(?:负责|实施|落实|办理|推进|会同)?$")
_HELPED = re.compile(
    r"^由?(?P<list>.+?)(?:等)?(?:按职责)?(?:分工)?(?:负责)?(?:配合|协同|参与|协助)(?:实施|落实|负责)?$"
)
_SHARED = re.compile(
    r"^由?(?P<list>.+?)(?:依据|根据|按照?)?(?:各自)?(?:职责|职能)?(?:分工|分别|共同|具体)?负责(?:实施|落实|兑现)?$"
)
_UNIT = re.compile(
    r"(?:局|委|办|部|厅|院|会|署|处|队|所|站|中心|政府|街道|[乡镇县区市]|公司|银行|[分支]行|集团|单位|部门"
    r"|法院|科|室|大厅|机构|海关|税务|电力|窗口|人行|财政|发改|残联|妇联|工商联|总工会|团委|科协|侨联)"
    r"(?:[（(〈<].*[）)〉>])?$"
)
_NOTE = re.compile(r"第一|首位|排在前|为牵头|下同|另有|除外")
_AND_OTHERS = re.compile(r"等(?:有关|相关|各)?(?:市级|市直|区级|县级)?(?:单位|部门)?$")
_SECTION_LEAD = re.compile(r"[（(]由(?P<list>[^（）()]+?)牵头(?:实施|负责|落实)?[）)]\s*$")


@dataclass(frozen=True, slots=True)
class UnitList:
    """Units of a clause.

    Attributes:
        units: In the text's order, but those that lead first.
        start: Offset at which their list begins; the text's length if others follow it.
        leads: Those that lead: labelled 牵头, else the first one; none where units share the task.
    """

    units: tuple[str, ...]
    start: int
    leads: tuple[str, ...] = ()


def split_units(text: str) -> tuple[str, ...]:
    """Splits a unit list at 、 and commas outside brackets.

    A note on the list (列第一位的为牵头单位，下同) is no unit and ends it; 等 behind the last
    one is dropped.
    """
    units: list[str] = []
    for piece in _pieces(text, "，,；;"):
        if _NOTE.search(piece) or (units and not _is_list(piece)):
            break
        units += _pieces(piece, "、")
    stripped = (_AND_OTHERS.sub("", unit.strip().rstrip("。")).strip() for unit in units)
    return tuple(unit for unit in stripped if unit)


def measure_units(clause: str) -> UnitList | None:
    """The units that a clause lists at its end or at the end of its paragraphs, or None."""
    # Labels on lines of their own are one list; replacing as many characters keeps offsets.
    joined = _LABEL_LINE.sub(lambda match: "；" * len(match[0]), clause)
    found: list[UnitList] = []
    offset, tail = 0, len(clause)
    for line in joined.split("\n"):
        own = _line_units(line)
        tail = offset + own.start if own else len(clause)
        if own:
            found.append(own)
        offset += len(line) + 1
    return _merged(found, tail) if found else None


def section_lead(heading: str) -> UnitList | None:
    """The units that a section's heading names, or None."""
    if match := _SECTION_LEAD.search(heading):
        units = split_units(match["list"])
        return UnitList(units, match.start(), units)
    bracket = _BRACKET.search(heading)
    return _inside(bracket["inside"], bracket.start()) if bracket else None


def _line_units(line: str) -> UnitList | None:
    if bracket := _BRACKET.search(line):
        return _inside(bracket["inside"], bracket.start())
    if match := _OPEN_LIST.search(line):
        return _inside(match["inside"], match.start("inside"))
    return None


def _inside(text: str, start: int) -> UnitList | None:
    labels = list(_LABELLED.finditer(text))
    if labels and labels[0].start() == 0:
        ends = [label.start() for label in labels[1:]] + [len(text)]
        lists = [
            (label["label"], split_units(text[label.end() : end].rstrip("；;，,。 　")))
            for label, end in zip(labels, ends, strict=True)
        ]
        leads = _unique(unit for label, units in lists if _LEADING.search(label) for unit in units)
        units = _unique([*leads, *(unit for _, units in lists for unit in units)])
        return UnitList(units, start, leads or units[:1]) if units else None
    return _in_words(text, start)


def _in_words(text: str, start: int) -> UnitList | None:
    """甲牵头，乙配合; 甲、乙按职责分工负责. Every name must look like a unit's."""
    leads: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    shared = False
    for piece in _pieces(text.rstrip("。"), "，,；;"):
        if match := _LED.match(piece):
            names = split_units(match["list"])
            leads += names
        elif match := _HELPED.match(piece) or _SHARED.match(piece):
            names = split_units(match["list"])
            shared = shared or match.re is _SHARED
        elif _NOTE.search(piece) and units:
            break
        elif _is_list(piece):
            names = split_units(piece)
        else:
            return None
        if not names or not all(_UNIT.search(name) for name in names):
            return None
        units += names
    if not (leads or shared):
        return None
    units = _unique([*leads, *units])
    return UnitList(units, start, leads or (units if len(units) == 1 else ()))


def _merged(lists: list[UnitList], start: int) -> UnitList:
    leads = lists[0].leads
    units = _unique([*leads, *(unit for own in lists for unit in own.units)])
    return UnitList(units, start, leads)


def _is_list(piece: str) -> bool:
    names = [_AND_OTHERS.sub("", name.strip()) for name in _pieces(piece, "、")]
    return all(_UNIT.search(name) for name in names if name) and any(names)


def _pieces(text: str, separators: str) -> list[str]:
    """Splits at separators outside brackets."""
    pieces, depth = [""], 0
    for char in text:
        depth += (char in _OPENERS) - (char in _CLOSERS)
        if depth == 0 and char in separators:
            pieces.append("")
        else:
            pieces[-1] += char
    return [piece.strip() for piece in pieces if piece.strip()]


def _unique(units: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))
