"""Homophones: text as pairs of toneless syllables, so that 「专经特新」 meets 「专精特新」."""

import json
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from index.text import fold

# Written by index.train.sounds from pypinyin; confusable sounds are one there already.
_TABLE = Path(__file__).with_name("syllables.json")
_RUN = re.compile(r"[一-鿿]+")


@lru_cache(maxsize=1)
def _syllables() -> dict[str, str]:
    return {c: sound for sound, characters in _characters().items() for c in characters}


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    table: dict[str, str] = json.loads(_TABLE.read_text("utf-8"))
    return table


def homophones(character: str) -> str:
    """All characters that are read as this one, itself included; empty if it is no Chinese one."""
    sound = _syllables().get(character)
    return "" if sound is None else _characters()[sound]


def syllable_pairs(text: str) -> list[str]:
    """Pairs of neighbouring syllables of each Chinese run, in order."""
    table = _syllables()
    pairs: list[str] = []
    for run in _RUN.findall(fold(text)):
        sounds = [table.get(character, character) for character in run]
        pairs += [f"{first} {second}" for first, second in pairwise(sounds)]
    return pairs
