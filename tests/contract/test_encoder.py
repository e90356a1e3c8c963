"""What every encoder promises (`index.protocols.Encoder`), and that both load paths agree."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from corpus.records import Measure
from index.encoders import SHIPPED_MODEL, load_encoder
from index.hub import HubEncoder
from index.protocols import Encoder
from index.static import StaticEncoder
from tests.support import HashEncoder

_ODD = [
    "",
    " ",
    "　\n\t",
    "😀🧧",
    "\x00",
    "𠮷野家",
    "a" * 300,
    "补贴" * 2500,
    "ＡＢＣ１２３",
    "\u200b",
]


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model of 12 characters, written by sentence-transformers itself."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    characters = {c: i for i, c in enumerate(["[UNK]", *"服务业企奖励补贴资金"])}
    tokenizer = Tokenizer(models.WordLevel(characters, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    weights = np.random.default_rng(5).normal(size=(len(characters), 8)).astype(np.float32)
    folder = tmp_path_factory.mktemp("small-model")
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder


_MAKERS: dict[str, Callable[[Path], Encoder]] = {
    "static-shipped": lambda _: StaticEncoder(SHIPPED_MODEL),
    "hub-shipped": lambda _: HubEncoder(str(SHIPPED_MODEL)),
    "static-small": StaticEncoder,
    "hub-small": lambda folder: HubEncoder(str(folder)),
    "hash": lambda _: HashEncoder(),
}


@pytest.fixture(scope="module", params=_MAKERS)
def any_encoder(request: pytest.FixtureRequest, small_model: Path) -> Encoder:
    return _MAKERS[request.param](small_model)


def test_vectors_are_float32_rows_of_the_stated_dimension(any_encoder: Encoder) -> None:
    vectors = any_encoder.encode(["服务业奖励", "", "资金"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, any_encoder.dimension)


def test_no_texts_give_an_empty_array(any_encoder: Encoder) -> None:
    vectors = any_encoder.encode([])
    assert vectors.shape == (0, any_encoder.dimension)
    assert vectors.dtype == np.float32


def test_rows_have_length_one_or_are_zero(any_encoder: Encoder) -> None:
    vectors = any_encoder.encode([*_ODD, "服务业奖励"])
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.isfinite(vectors).all()
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))
    assert lengths[-1] > 0


def test_a_text_has_one_vector_whatever_stands_beside_it(any_encoder: Encoder) -> None:
    texts = ["服务业奖励", "补贴" * 200, "资金"]
    together = any_encoder.encode(texts)
    alone = np.vstack([any_encoder.encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_different_texts_differ(any_encoder: Encoder) -> None:
    first, second = any_encoder.encode(["服务业奖励", "资金补贴"])
    assert float(first @ second) < 0.999


def test_the_fingerprint_is_stable(any_encoder: Encoder) -> None:
    assert any_encoder.fingerprint == any_encoder.fingerprint
    assert len(any_encoder.fingerprint) > 4


def test_fingerprints_tell_models_apart(small_model: Path) -> None:
    assert StaticEncoder(small_model).fingerprint != StaticEncoder(SHIPPED_MODEL).fingerprint
    assert HubEncoder(str(small_model)).fingerprint != HubEncoder(str(SHIPPED_MODEL)).fingerprint


@pytest.mark.parametrize("shipped", [True, False])
def test_both_load_paths_give_the_same_vectors(
    small_model: Path, measures: dict[str, Measure], shipped: bool
) -> None:
    folder = SHIPPED_MODEL if shipped else small_model
    texts = [*(m.text for m in measures.values()), *_ODD]
    ours, theirs = StaticEncoder(folder), HubEncoder(str(folder))
    assert ours.dimension == theirs.dimension
    np.testing.assert_allclose(ours.encode(texts), theirs.encode(texts), atol=1e-5)


def test_the_named_model_is_used(small_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_encoder().fingerprint == StaticEncoder(SHIPPED_MODEL).fingerprint
    monkeypatch.setenv("HUIWEN_MODEL", str(small_model))
    assert load_encoder().fingerprint == StaticEncoder(small_model).fingerprint
    assert load_encoder(str(SHIPPED_MODEL)).dimension == StaticEncoder(SHIPPED_MODEL).dimension


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ModelError, match="unreadable"):
        StaticEncoder(tmp_path)


def test_a_folder_without_a_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="HUIWEN_MODEL"):
        load_encoder(str(tmp_path))
    with pytest.raises(ModelError, match="no model"):
        StaticEncoder(tmp_path)
