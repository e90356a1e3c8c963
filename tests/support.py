"""What several test modules share: dates, ids, the answer schema, hand-made corpora."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from jsonschema import Draft202012Validator, FormatChecker

from corpus.records import Measure
from index.passages import Passage
from index.protocols import Floats

ROOT = Path(__file__).parent.parent
DURING_2024 = date(2024, 6, 30)
AFTER_BOTH = date(2026, 1, 1)
D24, D23 = "leqing-2024", "leqing-2023"
SCHEMA = Path(__file__).parent / "contract" / "answer.schema.json"

PASSAGES = (
    Passage(
        "a:1",
        "对首次升规的服务业企业，经认定，给予5万元奖励。按梯度给予奖励。",
        "支持培育服务业",
        "服务业政策",
        ("服务业小升规有奖励吗", "物业公司升规给多少钱"),
        ("服务业奖励几号到账",),
    ),
    Passage(
        "a:2",
        "安排海外仓扶持资金，支持企业建设海外仓。",
        "支持外贸",
        "开放政策",
        ("海外仓有扶持吗", "在国外租仓库给多少钱"),
    ),
    Passage("a:3", "新增残疾人就业170人，康复救助孤独症儿童149人。", "弱有众扶", "民生政策"),
)


class HashEncoder:
    """An encoder whose vectors depend on nothing but a seed and the text's hash."""

    dimension = 16

    def __init__(self, seed: str = "") -> None:
        self._seed = seed

    @property
    def fingerprint(self) -> str:
        return f"hash-{self._seed}"

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            digest = hashlib.sha256(f"{self._seed}{text}".encode()).digest()
            vectors[row] = np.random.default_rng(list(digest)).normal(size=self.dimension)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def bare_measure(text: str) -> Measure:
    """A measure of this wording and nothing else."""
    none: tuple[str, ...] = ()
    return Measure(
        *("x:1", "x", "measure", 1, "", "", none, none, "none", text, 0, len(text), 0, len(text))
    )


def validator() -> Draft202012Validator:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())


def python(
    *arguments: str, home: Path, environment: dict[str, str] | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs this Python on the checkout with an index folder of the tests."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "HUIWEN_HOME": str(home), **(environment or {})},
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
