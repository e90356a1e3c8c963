from pathlib import Path

import numpy as np
import pytest

import index.dense
from index.encoders import SHIPPED_MODEL
from index.fusion import FusedSearcher, pieces
from index.lexical import LexicalSearcher
from index.passages import Passage
from index.static import StaticEncoder
from index.text import character_ngrams

_TEXTS = (
    "对首次贷款的小微企业给予贴息。",
    "支持老旧小区加装电梯。",
    "对引进的海外工程师给予补助。",
    "建设提升农村公路六十公里。",
)


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder(SHIPPED_MODEL)


def _passages(texts: tuple[str, ...] = _TEXTS) -> list[Passage]:
    return [Passage(str(i), text) for i, text in enumerate(texts)]


@pytest.mark.parametrize("query", ["电梯", "头一回跟银行借钱", "请老外来厂里上班", "2024"])
def test_the_score_is_three_times_the_squared_share_plus_the_cosine(
    encoder: StaticEncoder, query: str
) -> None:
    lexical = LexicalSearcher.fit(_TEXTS, character_ngrams)
    share = lexical.scores(query) / lexical.ceiling(query)
    cosine = np.maximum(encoder.encode(list(_TEXTS)) @ encoder.encode([query])[0], 0)
    scores = FusedSearcher.fit(_passages(), encoder).scores(query)
    assert scores == pytest.approx(3 * share**2 + cosine, abs=1e-5)


def test_the_best_come_first(encoder: StaticEncoder) -> None:
    hits = FusedSearcher.fit(_passages(), encoder).search("小区装电梯", 3)
    assert hits[0][0] == 1
    assert [score for _, score in hits] == sorted((s for _, s in hits), reverse=True)


def test_a_query_without_terms_finds_nothing(encoder: StaticEncoder) -> None:
    assert FusedSearcher.fit(_passages(), encoder).search("？！", 3) == []


def test_lexical_hits_get_their_cosine_though_the_vector_index_does_not_visit_them(
    encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tuple(f"第{i}项措施支持第{i}类产业发展。" for i in range(400))
    exact = FusedSearcher.fit(_passages(texts), encoder).scores("第399类产业")
    monkeypatch.setattr(index.dense, "_EXACT_LIMIT", 10)
    inverted = FusedSearcher.fit(_passages(texts), encoder).scores("第399类产业")
    leading = np.argsort(-exact)[:5]
    assert inverted[leading] == pytest.approx(exact[leading], abs=2e-3)


def test_only_long_passages_are_embedded_by_sentence() -> None:
    short, long = Passage("a", "一句话。两句话就完。"), Passage("b", "支持企业发展壮大。" * 30)
    assert pieces(short) == [short.text]
    assert len(pieces(long)) == 31


def test_the_shipped_model_is_small_and_holds_no_pickle() -> None:
    files = [path for path in Path(SHIPPED_MODEL).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40_000_000
    assert {path.suffix for path in files} <= {".safetensors", ".json", ".md"}
