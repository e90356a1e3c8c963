"""Small documents for tests of a user's library."""

import hashlib
from random import Random

from corpus.library.intake import Fields, Source

FIELDS = Fields("苍南县政策", region="苍南县", year=2024)
_WORDS = "渔业船舶农田果园古道戏台茶山盐场港口码头桥梁水闸灯塔书院祠堂作坊窑址牧场林场温泉".strip()


def text(seed: int, clauses: int = 2, extra: str = "") -> str:
    """A document of numbered clauses; another seed gives other clauses."""
    random = Random(seed)
    lines = ["苍南县政策", "一、总则"]
    for number in range(1, clauses + 1):
        words = "".join(random.choices(_WORDS, k=40))
        lines.append(f"{number}.支持{words[:6]}。对{words}，给予{random.randint(1, 99)}万元奖励。")
    return "\n".join(lines) + "\n" + extra


def source(seed: int, clauses: int = 2, extra: str = "") -> Source:
    """The same as a file that was read."""
    content = text(seed, clauses, extra)
    data = content.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(f"policy{seed}.txt", ".txt", data, sha256, content, "txt")
