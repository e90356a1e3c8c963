"""Numbers as people write them: digits, full-width digits, Chinese numerals."""

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def parse_number(text: str) -> int | None:
    """Reads a whole number below 10,000.

    Args:
        text: 「28」, 「２８」, 「二十八」, 「一百零三」, or digit by digit 「二〇二三」.

    Returns:
        The number, or None if the text is no number.
    """
    if text.isdigit() and text.isdecimal():
        return int(text)
    if not text or any(
        c not in "廿卅" and c not in _DIGITS and c not in _UNITS and not c.isdecimal() for c in text
    ):
        return None
    if not any(c in _UNITS or c in "廿卅" for c in text):
        return int("".join(str(_DIGITS.get(c, c)) for c in text))
    total, digit = 0, 0
    for c in text.replace("廿", "二十").replace("卅", "三十"):
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS[c] if c in _DIGITS else int(c)
    return total + digit
