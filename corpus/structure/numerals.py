"""Numbers as official documents write them: 十二, １２, ⑫, 二〇二四."""

import unicodedata

_DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
HAN = "零〇一二三四五六七八九十百千两"


def to_int(text: str) -> int | None:
    """The number that a numeral states, or None if it is none.

    Han numerals below ten thousand (二十一, 一百零三), digits of any width, circled and bracketed
    digits (①, ⑴, ⒈).
    """
    plain = unicodedata.normalize("NFKC", text).strip("().（） ")
    if plain.isdecimal():
        return int(plain)
    total, digit = 0, None
    for char in plain:
        if char in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[char]
            digit = None
        elif char in _DIGITS:
            if digit:  # 二三 is no numeral, 零三 is one
                return None
            digit = _DIGITS[char]
        else:
            return None
    return (total + (digit or 0)) or None


def year_to_int(text: str) -> int | None:
    """A year of four digits: 2024, ２０２４, 二〇二四."""
    digits = [_DIGITS.get(c, unicodedata.digit(c, -1)) for c in text]
    if len(digits) != 4 or min(digits) < 0:
        return None
    return int("".join(map(str, digits)))
