import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import jieba
import pytest
from tokenizers import Tokenizer

from index.train import words
from index.train.config import TokenizerConfig

LINES = [
    "企业研发补贴最高100万元",
    "企业申请补贴",
    "个人补贴怎么申请",
    "ＬＮＧ企业 研发费用",
    "研发补贴",
]
PIECES = TokenizerConfig(pieces=60, min_count=2)


@pytest.fixture
def counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    dictionary = tmp_path / "dict.txt"
    dictionary.write_text("".join(f"{w} 9 n\n" for w in ("企业", "研发", "补贴", "申请")), "utf-8")
    cutter = jieba.Tokenizer(str(dictionary))
    cutter.tmp_dir = str(tmp_path)
    monkeypatch.setattr(words, "_cutter", cutter)
    return words._count((LINES, False))


def test_words_are_counted_in_normalised_text(counts: Counter[str]) -> None:
    assert (counts["补贴"], counts["企业"], counts["研发"]) == (4, 3, 3)
    assert counts["lng"] == 1


def test_counted_words_come_back_as_pieces(counts: Counter[str]) -> None:
    tokenizer = words.build(counts, PIECES)
    assert tokenizer.encode("企业申请研发补贴").tokens == ["企业", "申请", "研发", "补贴"]


def test_unseen_characters_are_piece_zero(counts: Counter[str]) -> None:
    tokenizer = words.build(counts, PIECES)
    assert tokenizer.id_to_token(0) == words.UNKNOWN
    assert tokenizer.encode("龘").ids == [0]
    assert tokenizer.encode("").ids == []


def test_a_rare_word_falls_apart_into_its_characters(counts: Counter[str]) -> None:
    tokenizer = words.build(counts, TokenizerConfig(pieces=60, min_count=3))
    assert tokenizer.encode("申请").tokens == ["申", "请"]


def test_the_order_of_counting_does_not_matter(counts: Counter[str]) -> None:
    other = Counter(dict(reversed(counts.items())))
    assert words.build(counts, PIECES).to_str() == words.build(other, PIECES).to_str()


def test_the_vocabulary_keeps_to_its_bound(counts: Counter[str]) -> None:
    tokenizer = words.build(counts, TokenizerConfig(pieces=18, min_count=1))
    assert tokenizer.get_vocab_size() <= 18


def test_training_cuts_with_the_tokenizer_that_search_will_load() -> None:
    # Writing and reading moves the last bit of many scores: the trainer must already hold
    # the moved ones.
    counts = Counter({chr(0x4E00 + i): 3 * i + 2 for i in range(3000)})
    tokenizer = words.build(counts, TokenizerConfig(pieces=4000))
    written = tokenizer.to_str()
    assert Tokenizer.from_str(written).to_str() == written


def test_hash_randomisation_does_not_reach_the_tokenizer() -> None:
    script = (
        "from collections import Counter\n"
        "from index.train import config, words\n"
        "counts = Counter({c * k: 3 for c in set('补贴企业研发') for k in (1, 2)})\n"
        "print(words.build(counts, config.TokenizerConfig(pieces=9)).to_str())\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
