"""Numbers as Word writes them in automatic lists (ST_NumberFormat of Office Open XML)."""

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MAX_ROMAN = 3999


def number_text(value: int, number_format: str) -> str:
    """A list number in one of Word's formats.

    Args:
        value: The number.
        number_format: Word's name of the format, e.g. `chineseCountingThousand`.

    Returns:
        The number as printed; as plain figures where the format is unknown or has no form for it.
    """
    if number_format == "none":
        return ""
    write = _FORMATS.get(number_format)
    text = write(value) if write is not None and 0 <= value < 100_000 else ""
    return text or str(value)


def chinese(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """一百二十三; ten to nineteen without the leading one, as in 十二."""
    if value == 0:
        return digits[0]
    if value >= 10_000:
        rest = value % 10_000
        gap = digits[0] if 0 < rest < 1000 else ""
        tail = _below_ten_thousand(rest, digits, units) if rest else ""
        return chinese(value // 10_000, digits, units) + "万" + gap + tail
    text = _below_ten_thousand(value, digits, units)
    return text[1:] if units[0] == "十" and 10 <= value < 20 else text


def _below_ten_thousand(value: int, digits: str, units: str) -> str:
    text, pending_zero = "", False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            text += (digits[0] if pending_zero else "") + digits[digit] + unit
            pending_zero = False
        elif text:
            pending_zero = True
    return text


def _digit_by_digit(value: int, zero: str = "〇") -> str:
    return "".join(zero if figure == "0" else _DIGITS[int(figure)] for figure in str(value))


def _counting(value: int) -> str:
    # Above 99 Word's chineseCounting writes digits: 一〇〇, 一〇一.
    return chinese(value) if value < 100 else _digit_by_digit(value)


def _roman(value: int) -> str:
    if not 0 < value <= _MAX_ROMAN:
        return ""
    text = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        text += sign * count
    return text


def _letters(value: int) -> str:
    """A … Z, AA, BB, …: Word repeats the letter. Past a few rounds figures read better."""
    rounds, letter = divmod(value - 1, 26)
    return chr(ord("A") + letter) * (rounds + 1) if 0 <= rounds < 5 else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else ""


def _from(first: str, count: int) -> Callable[[int], str]:
    """A run of consecutive code points: ① … ⑳."""
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= count else ""


def _circled(value: int) -> str:
    runs = ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱"))
    return next((chr(ord(sign) + value - a) for a, b, sign in runs if a <= value <= b), "")


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": lambda value: chinese(value, _LEGAL_DIGITS, "拾佰仟"),
    "ideographLegalTraditional": lambda value: chinese(value, _LEGAL_DIGITS, "拾佰仟"),
    "japaneseCounting": chinese,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalFullWidth": lambda value: "".join(chr(0xFF10 + int(f)) for f in str(value)),
    "decimalFullWidth2": lambda value: "".join(chr(0xFF10 + int(f)) for f in str(value)),
    "numberInDash": lambda value: f"- {value} -",
}
