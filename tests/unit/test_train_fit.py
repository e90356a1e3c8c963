"""Three steps on a toy corpus, as the command does them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from index.static import StaticEncoder
from index.train import data, fit, ship, words
from index.train.config import TokenizerConfig
from index.train.recipes import SHIPPED

PIECES = TokenizerConfig(pieces=500, min_count=1)
TINY = replace(SHIPPED, steps=3, dims=16, ict_batch=10, lay_batch=6, pair_batch=6)


def sentence(i: int) -> str:
    return f"第{i}项补贴由企业申请，部门{chr(0x5000 + i)}审核后给予{i}万元。"


@pytest.fixture(scope="module")
def corpus() -> data.Corpus:
    groups = [
        data.Group(sentence(i) + sentence(i + 9), (f"{i}万能给吗", f"去哪领{i}"), "field")
        for i in range(12)
    ]
    lines = ["第一条 " + sentence(1)] + [
        "".join(sentence(i * 6 + k) for k in range(6)) for i in range(8)
    ]
    return data.Corpus(
        lay={"field": groups},
        contrast=[],
        glossary={"field": [data.Group("补贴", ("给钱",), "field")]},
        pairs={source: groups for source in data.PAIRS},
        held={source: [] for source in data.PAIRS},
        texts={source: lines for source in data.TEXTS},
    )


@pytest.fixture(scope="module")
def tokenizer(corpus: data.Corpus) -> Tokenizer:
    texts = [t for gs in corpus.lay.values() for g in gs for t in (g.passage, *g.queries)]
    counts = Counter(c for t in [*texts, *corpus.texts["crud_news"]] for c in words.normalise(t))
    return words.build(counts + Counter({"补贴": 50, "企业": 50}), PIECES)


@pytest.fixture(autouse=True)
def settings() -> Iterator[None]:
    threads, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    filled = torch.utils.deterministic.fill_uninitialized_memory  # type: ignore[attr-defined]
    yield
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(strict)
    torch.utils.deterministic.fill_uninitialized_memory = filled  # type: ignore[attr-defined]


def trained(tokenizer: Tokenizer, corpus: data.Corpus, folder: Path, seed: int = 1) -> Path:
    config = replace(TINY, seed=seed)
    table = fit.train(fit.prepare(tokenizer, corpus), config, verbose=False)
    about = ship.record(corpus, config, PIECES, (table.shape[0], table.shape[1]), {"shipped": {}})
    ship.write(folder, tokenizer, table, about)
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_two_runs_write_the_same_bytes(
    tokenizer: Tokenizer, corpus: data.Corpus, tmp_path: Path
) -> None:
    first = digests(trained(tokenizer, corpus, tmp_path / "one"))
    torch.rand(3)
    assert digests(trained(tokenizer, corpus, tmp_path / "two")) == first


def test_another_seed_gives_other_weights(
    tokenizer: Tokenizer, corpus: data.Corpus, tmp_path: Path
) -> None:
    first = digests(trained(tokenizer, corpus, tmp_path / "one"))
    other = digests(trained(tokenizer, corpus, tmp_path / "two", seed=2))
    assert other["model.safetensors"] != first["model.safetensors"]
    assert other["tokenizer.json"] == first["tokenizer.json"]


def test_the_written_model_loads_and_encodes(
    tokenizer: Tokenizer, corpus: data.Corpus, tmp_path: Path
) -> None:
    folder = trained(tokenizer, corpus, tmp_path / "model")
    vectors = StaticEncoder(folder).encode(["企业补贴", "龘"])
    assert vectors.shape == (2, TINY.dims)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors[0]) == pytest.approx(1.0, abs=1e-3)
    assert not vectors[1].any()
    about = json.loads((folder / "training.json").read_text("utf-8"))
    assert (about["seed"], about["threads"], about["pieces"]) == (
        *(1, fit.THREADS),
        tokenizer.get_vocab_size(),
    )


def test_a_failed_write_leaves_the_old_model(
    tokenizer: Tokenizer, corpus: data.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = trained(tokenizer, corpus, tmp_path / "model")
    before = digests(folder)
    monkeypatch.setattr(ship, "_LARGEST", 10)
    with pytest.raises(ValueError, match="over 10"):
        trained(tokenizer, corpus, folder, seed=2)
    assert digests(folder) == before
    assert [p.name for p in tmp_path.iterdir()] == ["model"]
