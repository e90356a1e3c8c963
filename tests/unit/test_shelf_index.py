"""The index of a user's documents: merged from parts, which are made once."""

from pathlib import Path

import numpy as np
import pytest

from index.build import build_searchers
from index.counts import count, merge, searcher
from index.dense import DenseSearcher
from index.evidence import Searchers, gather
from index.learned import LearnedSearcher
from index.lexical import LexicalSearcher
from index.part import PartError, PartFile, make_part, save_part
from index.passages import Passage
from index.protocols import Floats
from index.shelved import ShelfIndex
from index.sound import syllable_pairs
from index.text import character_ngrams
from tests.support import PASSAGES, HashEncoder

ENCODER = HashEncoder()
DOCUMENTS = {
    "a": tuple(Passage(p.passage_id, p.body, p.title, p.heading) for p in PASSAGES),
    "b": (Passage("b:1", "对首次上规的企业给予奖励。", "支持升规"), Passage("b:2", "短。")),
    "c": (Passage("c:1", "hello world 2024", ""),),
}
KEYS = ("a", "b", "c")
SIZE = sum(map(len, DOCUMENTS.values()))


def _evidence(searchers: Searchers) -> Floats:
    return gather("服务业升规有奖励吗", searchers, ENCODER, lambda _: "奖励").values


def _scratch(keys: tuple[str, ...] = KEYS) -> Searchers:
    return build_searchers([p for key in keys for p in DOCUMENTS[key]], ENCODER)


class _Counting(HashEncoder):
    embedded = 0

    def encode(self, texts: object) -> Floats:
        assert isinstance(texts, list)
        self.embedded += len(texts)
        return super().encode(texts)


@pytest.mark.parametrize("cut", [character_ngrams, syllable_pairs])
def test_merged_counts_score_as_counted_together(cut: object) -> None:
    assert callable(cut)
    texts = [p.text for key in KEYS for p in DOCUMENTS[key]]
    merged = merge([count([p.text for p in DOCUMENTS[key]], cut) for key in KEYS])
    ours, fitted = searcher(merged, cut), LexicalSearcher.fit(texts, cut)
    for query in (*texts, "奖励", "没有的词", ""):
        np.testing.assert_allclose(ours.scores(query), fitted.scores(query), rtol=1e-5)
        assert ours.ceiling(query) == pytest.approx(fitted.ceiling(query))
        assert ours.known_share(query) == pytest.approx(fitted.known_share(query))


def test_texts_without_any_term_have_a_searcher_too() -> None:
    ours = searcher(merge([count(["，", ""], character_ngrams)]), character_ngrams)
    assert ours.scores("奖励").tolist() == [0, 0]


def test_the_merged_index_is_the_one_built_at_once(tmp_path: Path) -> None:
    found, notice = ShelfIndex(tmp_path, ENCODER).open(KEYS, SIZE, DOCUMENTS.__getitem__)
    assert notice is not None
    np.testing.assert_allclose(_evidence(found), _evidence(_scratch()), atol=1e-3)
    again, silence = ShelfIndex(tmp_path, ENCODER).open(KEYS, SIZE, DOCUMENTS.__getitem__)
    assert silence is None
    np.testing.assert_allclose(_evidence(again), _evidence(found), atol=1e-6)


def test_only_what_is_new_is_embedded(tmp_path: Path) -> None:
    encoder = _Counting()
    index = ShelfIndex(tmp_path, encoder)
    index.prepare(KEYS[:2], DOCUMENTS.__getitem__)
    before = encoder.embedded
    index.learn("c", DOCUMENTS["c"])
    index.prepare(KEYS, DOCUMENTS.__getitem__)
    assert encoder.embedded - before == 2  # its text and its one sentence
    index.prepare(KEYS[1:], DOCUMENTS.__getitem__)
    assert encoder.embedded - before == 2


def test_damaged_parts_are_made_anew(tmp_path: Path) -> None:
    index = ShelfIndex(tmp_path, ENCODER)
    index.prepare(KEYS, DOCUMENTS.__getitem__)
    for path in (tmp_path / "parts").iterdir():
        data = bytearray(path.read_bytes())
        for place in range(len(data) // 3, len(data), 97):
            data[place] ^= 255
        path.write_bytes(data)
    found, _ = index.open(("c", "a", "b"), SIZE, DOCUMENTS.__getitem__)
    np.testing.assert_allclose(_evidence(found), _evidence(_scratch(("c", "a", "b"))), atol=1e-3)


def test_a_part_that_is_none_is_named(tmp_path: Path) -> None:
    for content in (b"", b"PK", b"no zip"):
        (tmp_path / "x.npz").write_bytes(content)
        with pytest.raises(PartError, match="no part of an index"):
            PartFile(tmp_path / "x.npz")


def test_a_kept_part_is_the_part_that_was_made(tmp_path: Path) -> None:
    part = make_part(DOCUMENTS["a"], ENCODER)
    save_part(tmp_path / "a.npz", part)
    kept = PartFile(tmp_path / "a.npz")
    for name in part.fields:
        ours, theirs = kept.counts(name), part.counts(name)
        assert ours.terms == theirs.terms
        np.testing.assert_array_equal(ours.ids, theirs.ids)
        np.testing.assert_array_equal(ours.counts, theirs.counts)
    np.testing.assert_array_equal(kept.vectors(), part.vectors())


def test_a_place_that_cannot_be_written_serves_from_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    index = ShelfIndex(tmp_path / "file" / "index", ENCODER)
    found, notice = index.open(KEYS, SIZE, DOCUMENTS.__getitem__)
    assert notice is not None
    assert "cannot be kept" in notice
    np.testing.assert_allclose(_evidence(found), _evidence(_scratch()), atol=1e-3)


def test_pruning_keeps_what_it_is_told_to(tmp_path: Path) -> None:
    index = ShelfIndex(tmp_path, ENCODER)
    index.prepare(KEYS, DOCUMENTS.__getitem__)
    index.prepare(("a",), DOCUMENTS.__getitem__)
    (tmp_path / ".left-over").mkdir()
    index.prune(("a",))
    assert index.has(("a",))
    assert not index.has(KEYS)
    assert len(list(tmp_path.iterdir())) == 2  # the index and the parts
    assert len(list((tmp_path / "parts").iterdir())) == 1


def test_vectors_in_batches_are_the_vectors_at_once() -> None:
    vectors = ENCODER.encode([str(i) for i in range(10)])
    at_once = DenseSearcher.of_vectors(lambda: [vectors], [4, 6], ENCODER)
    batches = DenseSearcher.of_vectors(lambda: [vectors[:3], vectors[3:]], [4, 6], ENCODER)
    np.testing.assert_array_equal(at_once.scores("7"), batches.scores("7"))


def test_passages_without_noted_questions_have_no_column_in_what_is_learned() -> None:
    searcher = LearnedSearcher.fit([("海外仓有扶持吗", 3), ("天气", None)], 30_000, ENCODER)
    assert searcher._weights.shape[1] == 1
    scores = searcher.scores("海外仓有扶持吗")
    assert len(searcher) == len(scores) == 30_000
    assert np.flatnonzero(scores).tolist() == [3]
