"""Numbers in policy text: sums, rates, counts, areas and dates, with unit and bound."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Dimension = Literal["money", "rate", "area", "date", "duration", "count"]

# Full-width forms have the same length as the half-width ones, so offsets stay.
_WIDTHS = str.maketrans("０１２３４５６７８９．％～－〇", "0123456789.%~-零")
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1.0, "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_WORDS = {"减半": 50.0, "一半": 50.0, "半价": 50.0, "全额": 100.0}
_MONEY = "美元|欧元|日元|港元|元|块钱"
_AREA = "平方公里|平方米|公顷|亩|㎡|平米"
_COUNTED = (
    "吨标准煤|立方米|马力|公斤|千克|课时|学时|床位|千瓦时|千瓦|兆瓦|公里|千米|人次|场次|家次|标箱|航次|周岁|小时|分钟|工作日"
    "|[个家项支套间人名户件条处座栋幢辆台头只场次张批类种份期吨米倍级档岁届批艘架对组所轮位"
    "款度升晚行集部列班枚羽尾票单例篇本]"
)
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_NUMERAL = "[零一二两三四五六七八九十百千]+"
_JOIN = r"\s*(?:到|至|~|-|—|–|―)\s*"
_YEAR = r"(?:19|20)\d{2}"
_DATE = (
    rf"{_YEAR}\s*年?{_JOIN}{_YEAR}\s*年|{_YEAR}\s*年(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?|底|末|初)?"
    rf"|\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|\d{{1,2}}{_JOIN}\d{{1,2}}\s*月|\d{{1,2}}\s*月(?:份|底|末)?(?!内)"
)
_DURATION = rf"(?:\d+|{_NUMERAL})\s*(?:个月|个?工作日|年|天|日|周)(?![代度级岁边])|半年|半个月"
_RATE = (
    rf"{_NUMERAL}分之{_NUMERAL}|减半|半价|(?<=的)一半|全额(?=补|承担|返|贴|资助|给|、|减免|退)|\d+/\d+|{_NUMERAL}折|\d(?:\.\d)?折|{_NUMERAL}成(?![立果效为])"
    rf"|{_DIGITS}\s*个百分点|{_DIGITS}\s*[%‰](?:{_JOIN}{_DIGITS}\s*[%‰])?"
)
_SUM = (
    rf"{_DIGITS}\s*(?:百万|千万|[十百千万亿])?\s*(?:{_MONEY})?{_JOIN}{_DIGITS}\s*(?:百万|千万|[十百千万亿])?\s*(?:{_MONEY})"
    rf"|{_DIGITS}\s*(?:百万|千万|[十百千万亿])?\s*(?:{_MONEY})|亿元(?=以上)|{_NUMERAL}[万亿]?(?:元|块钱)"
)
_SIZE = rf"{_DIGITS}\s*[千万亿]?\s*(?:{_AREA})(?:{_JOIN}{_DIGITS}\s*[千万亿]?\s*(?:{_AREA}))?"
# Chinese numerals count in front of these only: 一 and 三 are parts of too many words.
_CHINESE_COUNT = (
    rf"{_NUMERAL}倍|[两三四五六七八九十]+(?:大(?![学气院])|个(?!月)|支(?=队)|条)|一刻钟|[两三]级(?!公)"
    "|半数|百亿|[两三四五六七八九]次(?!产)|[两二三四五六七八九](?:人(?![转才])|名)|(?:[二三四五六七八九]?[十百千][一二三四五六七八九十百千]*|[两三四五六七八九])(?:家|名|户|周岁|小时|件|台|辆)"
    "|[二三四五六七八九]?[十百千][一二三四五六七八九十百千]*(?:人|个|项|次|亩|张)"
)
_COUNT = (
    rf"\d+(?:\.\d+)?[:：]\d+(?:\.\d+)?(?!\d)|{_DIGITS}\s*[千万亿]?\s*(?:{_COUNTED})|{_CHINESE_COUNT}"
    rf"|{_DIGITS}\s*[万亿]?"
)
_PATTERN = re.compile(
    rf"(?P<date>{_DATE})|(?P<rate>{_RATE})|(?P<money>{_SUM})|(?P<area>{_SIZE})"
    rf"|(?P<duration>{_DURATION})|(?P<count>{_COUNT})"
)
_PART = re.compile(
    rf"(?P<number>{_DIGITS})\s*(?P<scale>百万|千万|[十百千万亿])?\s*(?P<unit>{_MONEY}|{_AREA}|%|‰)?"
)
_MOST = re.compile(
    r"(?:最高|不超过?|不高于|至多|最多|上限|限额|封顶|(?<!不)低于|小于|不足)(?:可?达?|为|给予|补助|奖励)?$"
    r"|(?:不超过|不高于)[^，。；、\d]{2,24}的$"
)
_LEAST = re.compile(
    r"(?:不低于|不少于|至少|最低|超过?|突破|(?<!不)高于|大于|满)(?:可?达?|为)?$|(?:不低于|不少于)[^，。；、\d]{2,24}的$"
)
_AFTER_LEAST = re.compile(r"^\s*(?:\(含\)|（含）)?(?:及?以上|起)")
_AFTER_MOST = re.compile(r"^\s*(?:\(含\)|（含）)?(?:及?以下|以内|以?封顶|内)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text.

    Attributes:
        text: Number and unit, verbatim.
        start: Offset in the text.
        end: Offset behind it.
        dimension: What it measures.
        low: Lower bound in `unit`, or None where there is none (最高200万元).
        high: Upper bound in `unit`, or None where there is none (不低于50%).
        unit: 元, 美元, % (also for 折 and fractions), 亩, …; the text's own word for counts.
    """

    text: str
    start: int
    end: int
    dimension: Dimension
    low: float | None
    high: float | None
    unit: str


def half_width(text: str) -> str:
    """Full-width digits and signs as half-width ones; every character keeps its offset."""
    return text.translate(_WIDTHS)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Finds every number of a text, in order.

    Numbers in digits count always, in Chinese numerals only where they measure (六五折, 三分之二,
    连续两年): 一 and 三 are parts of too many words.
    """
    plain = half_width(text)
    found = []
    for match in _PATTERN.finditer(plain):
        start, end = match.span()
        dimension: Dimension = match.lastgroup  # type: ignore[assignment]
        if start and (plain[start - 1].isascii() and plain[start - 1].isalpha()):
            dimension = "count"  # G60, E6: a name
        low, high, unit = _bounds(match.group(), dimension)
        if low is not None and low == high:
            low, high = _bounded(low, plain[:start], plain[end:])
        found.append(Quantity(text[start:end], start, end, dimension, low, high, unit))
    return tuple(found)


def with_bound(text: str, quantity: Quantity) -> Quantity:
    """The number with the words that bound it: 200万元 → 最高200万元, 1.5 → 不低于1.5.

    Args:
        text: The text in which the number was found.
        quantity: The number, with offsets in that text.
    """
    before, after = half_width(text[: quantity.start]), half_width(text[quantity.end :])
    start, end = quantity.start, quantity.end
    if found := _MOST.search(before) or _LEAST.search(before):
        start = found.start()
    elif found := _AFTER_LEAST.match(after) or _AFTER_MOST.match(after):
        end += found.end()
    return replace(quantity, text=text[start:end], start=start, end=end)


def _bounded(value: float, before: str, after: str) -> tuple[float | None, float | None]:
    """Bounds of one number, from the words around it."""
    if _MOST.search(before) or _AFTER_MOST.search(after):
        return None, value
    if _LEAST.search(before) or _AFTER_LEAST.search(after):
        return value, None
    return value, value


def _bounds(text: str, dimension: Dimension) -> tuple[float | None, float | None, str]:
    if dimension in ("date", "duration"):
        return None, None, ""
    if dimension == "rate" and (rate := _spoken_rate(text)) is not None:
        return rate, rate, "%"
    parts = list(_PART.finditer(text))
    if not parts:
        return _spoken_sum(text)
    unit = parts[-1]["unit"] or ""
    last_scale = parts[-1]["scale"] or ""
    values = []
    for part in parts:
        # 5到10万元: what stands behind the last number holds for the first one too.
        bare = not part["scale"] and not part["unit"]
        scale = last_scale if bare else part["scale"] or ""
        values.append(float(Decimal(part["number"].replace(",", "")) * int(_SCALES[scale])))
    if unit == "‰":
        values, unit = [value / 10 for value in values], "%"
    if not unit:
        unit = text[parts[-1].end() :].strip()
    if unit == "个百分点":
        unit = "%"
    return _exact(min(values)), _exact(max(values)), "元" if unit == "块钱" else unit


def _spoken_sum(text: str) -> tuple[float | None, float | None, str]:
    """二百万元 → 2,000,000 元."""
    match = re.fullmatch(rf"({_NUMERAL})([万亿]?)(?:元|块钱)", text)
    value = chinese_number(match[1]) if match else None
    if match is None or value is None:
        return None, None, ""
    return value * _SCALES[match[2]], value * _SCALES[match[2]], "元"


def _exact(value: float) -> float:
    """1.3万 is 13000, not 13000.000000000002."""
    return round(value, 6)


def _spoken_rate(text: str) -> float | None:
    """减半 → 50, 六五折 → 65, 三分之二 → 66.67, 3/4 → 75, 五成 → 50."""
    if text in _WORDS:
        return _WORDS[text]
    if text.endswith("折"):
        digits = "".join(str(_CHINESE_DIGITS.get(c, c)) for c in text[:-1] if c != ".")
        return float(digits) * (10 if len(digits) == 1 else 1) if digits.isdigit() else None
    if text.endswith("成"):
        value = chinese_number(text[:-1])
        return None if value is None else value * 10.0
    whole, parts = None, None
    if "分之" in text:
        below, above = text.split("分之")
        whole, parts = chinese_number(below), chinese_number(above)
    elif "/" in text:
        above, below = text.split("/")
        whole, parts = int(below), int(above)
    return round(parts / whole * 100, 2) if whole and parts is not None else None


def chinese_number(text: str) -> int | None:
    """A Chinese numeral below 10,000, or None if it is none."""
    total = digit = 0
    for c in text:
        if c in _CHINESE_SCALES:
            total += (digit or 1) * _CHINESE_SCALES[c]
            digit = 0
        elif c in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[c]
        else:
            return None
    return total + digit if text else None
