"""Numbers with what they count: the words of their clause; and differences between two of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.benefits.quantities import Quantity, find_quantities
from corpus.benefits.roles import Role, number_roles
from corpus.records import Measure
from qa.benefits import measure_benefits

_EDGE = "，。；：、（）\n"
# Words before a number that say nothing of what it counts.
_FILLER = re.compile(
    r"(?:(?:20\d\d|[今去]|全)年(?:度|底)?|力争|争取|确保|计划|其中|累计|全市|新增|完成|达到?|突破|超过?|左右|不低于|不少于|约"
    r"|预算|统筹|安排|市财政|资金|为|至|共|的|全部|均|稳定在|保持|分别)+$"
)
_LEAD = re.compile(
    r"^(?:其中|20\d\d年(?:度|底)?|全年|全市|力争|争取|确保|计划|预算|统筹|安排|完成|实施|推动|支持|包括|主要|累计)+"
)
# A whole budget: what it is for stands in the title and the section.
_TOTAL = re.compile(r"(?:统筹|预算)\s*安排(?:资金)?$|支持总额(?:为?$)")
_SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000)}
_SCALED = re.compile(r"[\d.]\s*(?P<scale>[亿万千])")
_LISTED = re.compile(
    r"(?P<items>[^，。；：（）]*[、和][^，。；：（）]*?)"
    r"(?P<verb>(?P<respectively>分别)(?:达到?|为|增长|是)?|(?:稳定|保持)在|达到?|为)[^，。；]*$"
)
_JOINED = re.compile(r"(?:以上|以下|以内|左右)?[、和与及]$")
_SHARED = re.compile(r"(?:耕种收|增加值|覆盖率|比例|综合).*$")
_SHORT = 2
_LONGEST_BEHIND = 12
_COMPARABLE = ("money", "rate", "area", "count")


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of a measure with the words that say what it counts.

    Attributes:
        measure: The measure or introduction that states it.
        quantity: The number, offsets in the document's text.
        role: What it is for.
        what: The words before it in its clause, without fillers; may be empty.
        sentence: Span of its sentence in the document's text.
    """

    measure: Measure
    quantity: Quantity
    role: Role
    what: str
    sentence: tuple[int, int]


@lru_cache(maxsize=4096)
def facts(measure: Measure) -> tuple[Fact, ...]:
    """The numbers of a measure that can be compared: no dates, no names."""
    found = []
    for number in number_roles(measure, measure_benefits(measure)):
        if number.role in ("date", "label") or number.quantity.dimension not in _COMPARABLE:
            continue
        found.append(
            Fact(
                measure,
                number.quantity,
                number.role,
                _what(measure, number.quantity),
                _sentence(measure, number.quantity),
            )
        )
    return tuple(found)


def _what(measure: Measure, quantity: Quantity) -> str:
    """The words before a number, back to the clause's edge.

    More of its sentence where fillers are all there is. Where they are a bare verb
    (新建52家老年食堂), or nothing, the words behind the number belong to it too; where it begins an
    item of a list (1个平台和2个基地), they alone do.
    """
    start, end = _sentence(measure, quantity)
    sentence = measure.text[start - measure.start : end - measure.start]
    before = sentence[: quantity.start - start].rstrip()
    listed = _of_list(before, quantity.start - start, sentence)
    if listed is not None:
        return listed
    after = re.split(f"[{_EDGE}]", sentence[quantity.end - start :])[0]
    behind = re.sub(r"^(?:左右|以上|以下|以内)", "", after)
    if behind and _JOINED.search(before) and find_quantities(re.split(f"[{_EDGE}]", before)[-1]):
        return behind[:_LONGEST_BEHIND]
    words = _own_words(before, behind)
    # 老旧小区2个、15栋: a number without words of its own shares those of the one before it.
    for former in reversed(find_quantities(before)):
        words = words or _own_words(before[: former.start].rstrip(), "")
    return words


def _own_words(before: str, behind: str) -> str:
    """The words before a number that no other number claims, and those behind where they lack."""
    words = ""
    for piece in reversed(re.split(f"[{_EDGE}]", before)[-4:]):
        words = piece + words
        if total := _TOTAL.search(words):
            return total.group()
        # Another number's own words are not this one's: 新开工2个、15栋.
        if found := find_quantities(words):
            words = words[found[-1].end :]
        cut = _LEAD.sub("", _FILLER.sub("", words))
        if len(cut) > _SHORT:
            return cut
        if len(cut) > 1:
            break
    else:
        cut = ""
    return cut + behind[:_LONGEST_BEHIND]


def _of_list(before: str, at: int, sentence: str) -> str | None:
    """What a number (at an offset) of 甲和乙…分别达1、2 counts: the item at its place in the list.

    Without 分别 there must be as many numbers as items, one right behind the other.
    """
    match = _LISTED.search(before)
    if match is None:
        return None
    numbers = [q for q in find_quantities(sentence) if q.start >= match.end("verb")]
    items = re.split(r"[、和]", match["items"])
    if match["respectively"] is None:
        numbers = _series(sentence, match.end("verb"), numbers)
        if len(numbers) != len(items):
            return None
    starts = [q.start for q in numbers][: len(items)]
    if len(starts) < len(items) or at not in starts:
        return None
    place = starts.index(at)
    rest = _SHARED.search(items[-1])
    # 主要农作物和水稻耕种收机械化率: what follows the last item's own name belongs to each.
    shared = rest.group() if rest and place < len(items) - 1 else ""
    return items[place] + shared


def _series(sentence: str, start: int, numbers: Sequence[Quantity]) -> list[Quantity]:
    """The numbers from an offset on with nothing but 、 or 和 between them."""
    found: list[Quantity] = []
    for number in numbers:
        between = sentence[start : number.start]
        if not (_JOINED.fullmatch(between) if found else between == ""):
            break
        found.append(number)
        start = number.end
    return found


def is_total(fact: Fact) -> bool:
    """Whether a number is a whole budget, so that title and section say what it is for."""
    return _TOTAL.fullmatch(fact.what) is not None


def _sentence(measure: Measure, quantity: Quantity) -> tuple[int, int]:
    place = quantity.start - measure.start
    start = max(measure.text.rfind(sign, 0, place) for sign in "。；\n") + 1
    ends = [e for sign in "。；\n" if (e := measure.text.find(sign, place)) >= 0]
    return measure.start + start, measure.start + (min(ends) + 1 if ends else len(measure.text))


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Whether two numbers can be subtracted."""
    return a.dimension == b.dimension and _base(a) == _base(b)


def _base(quantity: Quantity) -> str:
    """The unit; counting words of one kind count as one."""
    return {"名": "人", "位": "人", "％": "%", "家": "个", "处": "个", "所": "个"}.get(
        quantity.unit, quantity.unit
    )


def value(quantity: Quantity) -> Decimal | None:
    """The number in units; of a range, its upper end."""
    bound = quantity.high if quantity.high is not None else quantity.low
    return None if bound is None else Decimal(str(bound))


def difference(older: Quantity, newer: Quantity) -> str | None:
    """Newer minus older in the newer's unit: +0.6亿元, +1.5个百分点; None if units differ.

    Computed in decimal arithmetic from the two literal numbers.
    """
    a, b = value(older), value(newer)
    if a is None or b is None or not same_unit(older, newer):
        return None
    delta = b - a
    if not delta:
        return "0"
    if newer.dimension == "rate":
        return f"{_signed(delta)}个百分点"
    scaled = _SCALED.search(newer.text)
    scale = scaled["scale"] if scaled else ""
    unit = newer.unit if newer.dimension in ("money", "area") else _base(newer)
    return f"{_signed(delta / _SCALES.get(scale, Decimal(1)))}{scale}{unit}"


def _signed(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return text if text.startswith("-") else f"+{text}"
