"""Telephone and ID numbers in what people write, starred out."""

import re

# Mainland ID numbers (15 or 18), mobile and fixed telephone numbers, with blanks or dashes inside;
# digits may be full-width.
_PRIVATE = re.compile(
    r"(?<!\d)(?:\d{17}[\dXxＸｘ]|\d{15}"
    r"|(?:\+?86[-\s]?)?1[3-9３-９]\d(?:[-\s]?\d{4}){2}"
    r"|0\d{2,3}[-\s－]?\d{7,8}"
    r"|\d{6}[-\s]\d{8}[-\s]\d{3}[\dXx])(?!\d)"
)


def masked(text: str) -> str:
    """The text with telephone and ID numbers starred out."""
    return _PRIVATE.sub(lambda match: "*" * len(match.group()), text)
