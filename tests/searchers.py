"""Searchers over a few texts, one of each kind."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from index import dense
from index.dense import DenseSearcher
from index.learned import LearnedSearcher
from index.lexical import LexicalSearcher
from index.protocols import Searcher
from index.sound import syllable_pairs
from index.text import character_ngrams
from tests.support import HashEncoder

TEXTS = [
    "对首次升规的服务业企业给予5万元奖励",
    "安排海外仓扶持资金，支持企业建设海外仓",
    "新增残疾人就业170人",
    "支持企业建设海外仓，安排海外仓扶持资金",
    "高新技术企业所得税减免",
    "",
    "服务业奖励服务业奖励服务业奖励",
]
QUESTIONS: list[tuple[str, int | None]] = [
    ("服务业升规有奖励吗", 0),
    ("服务业企业奖励多少", 0),
    ("海外仓有扶持资金吗", 1),
    ("建海外仓有钱吗", 1),
    ("残疾人就业有几个名额", 2),
    ("企业所得税有减免吗", 4),
    ("今天天气好吗", None),
    ("有奖励几号到账吗", None),
]
QUERIES = ["服务业奖励多少", "海外仓海外仓扶持", "残疾人就业170人", "ＡＢＣ xyz", "", "服務業"]
ENCODER = HashEncoder("searchers")


class Saving(Searcher, Protocol):
    def save(self, folder: Path) -> None: ...


def lexical() -> LexicalSearcher:
    return LexicalSearcher.fit(TEXTS, character_ngrams)


def sound() -> LexicalSearcher:
    return LexicalSearcher.fit(TEXTS, syllable_pairs)


def flat() -> DenseSearcher:
    return DenseSearcher.fit([[text, text[:5]] for text in TEXTS], ENCODER)


def inverted() -> DenseSearcher:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dense, "_EXACT_LIMIT", 100)
        pieces = [[f"{text}{n}" for n in range(60)] for text in TEXTS]
        return DenseSearcher.fit(pieces, ENCODER)


def learned() -> LearnedSearcher:
    return LearnedSearcher.fit(QUESTIONS, len(TEXTS), ENCODER)


LEXICALS: dict[str, Callable[[], LexicalSearcher]] = {"lexical": lexical, "sound": sound}
DENSES: dict[str, Callable[[], DenseSearcher]] = {"dense": flat, "inverted": inverted}
MAKERS: dict[str, Callable[[], Saving]] = {**LEXICALS, **DENSES, "learned": learned}
