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
        pairs=dict.fromkeys(data.PAIRS, groups),
        held={source: [] for source in data.PAIRS},
        texts=dict.fromkeys(data.TEXTS, lines),
    )


@pytest.fixture(scope="module")
def tokenizer(corpus: data.Corpus) -> Tokenizer:
    texts = [t for gs in corpus.lay.values() for g in gs for t in (g.passage, *g.queries)]
    counts = Counter(c for t in [*texts, *corpus.texts["crud_news"]] for c in words.normalise(t))
    return words.build(counts + Counter({"补贴": 50, "企业": 50}), PIECES)


@pytest.fixture(autouse=True, scope="module")
def settings() -> Iterator[None]:
    threads, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    filled = torch.utils.deterministic.fill_uninitialized_memory  # type: ignore[attr-defined]
    yield
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(strict)
    torch.utils.deterministic.fill_uninitialized_memory = filled  # type: ignore[attr-defined]


def write(tokenizer: Tokenizer, corpus: data.Corpus, folder: Path, seed: int = 1) -> Path:
    config = replace(TINY, seed=seed)
    table = fit.train(fit.prepare(tokenizer, corpus), config, verbose=False)
    about = ship.record(corpus, config, PIECES, (table.shape[0], table.shape[1]), {"shipped": {}})
    ship.write(folder, tokenizer, table, about)
    return folder


@pytest.fixture(scope="module")
def model(
    tokenizer: Tokenizer,
    corpus: data.Corpus,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    return write(tokenizer, corpus, tmp_path_factory.mktemp("train") / "model")


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_two_runs_write_the_same_bytes(
    model: Path, tokenizer: Tokenizer, corpus: data.Corpus, tmp_path: Path
) -> None:
    torch.rand(3)
    assert digests(write(tokenizer, corpus, tmp_path / "model")) == digests(model)


def test_another_seed_gives_other_weights(
    model: Path, tokenizer: Tokenizer, corpus: data.Corpus, tmp_path: Path
) -> None:
    first, other = digests(model), digests(write(tokenizer, corpus, tmp_path / "model", seed=2))
    assert other["model.safetensors"] != first["model.safetensors"]
    assert other["tokenizer.json"] == first["tokenizer.json"]


def test_the_written_model_loads_and_encodes(model: Path, tokenizer: Tokenizer) -> None:
    vectors = StaticEncoder(model).encode(["企业补贴", "龘"])
    assert vectors.shape == (2, TINY.dims)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors[0]) == pytest.approx(1.0, abs=1e-3)
    assert not vectors[1].any()
    about = json.loads((model / "training.json").read_text("utf-8"))
    assert (about["seed"], about["pieces"]) == (1, tokenizer.get_vocab_size())


def test_a_model_too_large_leaves_the_old_one(
    tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model/old").touch()
    monkeypatch.setattr(ship, "_LARGEST", 10)
    monkeypatch.setattr(ship, "model_card", lambda about: str(about))
    with pytest.raises(ValueError, match="over 10"):
        ship.write(tmp_path / "model", tokenizer, torch.ones(3, 4), {})
    assert [str(p.relative_to(tmp_path)) for p in sorted(tmp_path.rglob("*"))] == [
        "model",
        "model/old",
    ]
