"""Writes `index/syllables.json`, the reading of each Chinese character, from pypinyin's table.

    python -m index.train.sounds

Importing pypinyin takes longer than a whole question may; the product reads this file instead.
"""

import json
import re
import unicodedata
from pathlib import Path

TARGET = Path(__file__).parents[1] / "syllables.json"
# Pairs that southern speakers and phone keyboards confuse (模糊音): zh/z, ch/c, sh/s, -ng/-n.
_FUZZY = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"))
_FIRST, _LAST = 0x4E00, 0x9FFF


def fuzzy(reading: str) -> str:
    """Toneless reading with confusable sounds made one: zhāng → zan, lǜ → lv."""
    marked = unicodedata.normalize("NFD", reading.replace("ü", "v")).replace("u\u0308", "v")
    plain = "".join(c for c in marked if not unicodedata.combining(c))
    for pattern, replacement in _FUZZY:
        plain = pattern.sub(replacement, plain)
    return plain


def main() -> None:
    """Writes the table: syllable → the characters read so, each at its usual reading."""
    from pypinyin.constants import PINYIN_DICT

    table: dict[str, list[str]] = {}
    for code in range(_FIRST, _LAST + 1):
        if code in PINYIN_DICT:
            usual = PINYIN_DICT[code].split(",")[0]
            table.setdefault(fuzzy(usual), []).append(chr(code))
    lines = {sound: "".join(characters) for sound, characters in sorted(table.items())}
    TARGET.write_text(json.dumps(lines, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
