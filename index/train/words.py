"""The tokenizer: a Unigram model whose pieces are the words jieba finds.

With a word's relative frequency as its probability, the best path of a
Unigram model (Kudo 2018, "Subword Regularization", section 3.2) is the
maximum-probability path that jieba's dictionary cut follows, so a plain
`tokenizer.json` cuts nearly as jieba does and search needs no jieba.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable

import jieba
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

from .config import TokenizerConfig
from .data import Corpus

UNKNOWN = "[UNK]"
_WORKERS = 2
_cutter: jieba.Tokenizer | None = None


def normalise(text: str) -> str:
    """The normalisation that the tokenizer applies (NFKC, lower case)."""
    return unicodedata.normalize("NFKC", text).lower()


def _start(folder: str) -> None:
    # An own tokenizer with an own folder: jieba's shared cache in the system's
    # temporary folder could be another user's file.
    global _cutter
    jieba.setLogLevel(logging.WARNING)
    _cutter = jieba.Tokenizer()
    _cutter.tmp_dir = folder
    _cutter.initialize()


def _count(job: tuple[list[str], bool]) -> Counter[str]:
    lines, new_words = job
    assert _cutter is not None
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(_cutter.cut(normalise(line), HMM=new_words))
    return counts


def count_words(lines: Iterable[str], new_words: bool) -> Counter[str]:
    """Count the words that jieba cuts from normalised lines.

    Args:
        lines: Texts.
        new_words: Whether jieba's hidden Markov model may guess words that
            its dictionary lacks.
    """
    all_lines = list(lines)
    chunks = [(all_lines[i : i + 2000], new_words) for i in range(0, len(all_lines), 2000)]
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        _start(folder)  # fills the private cache once, before the workers read it
        context = multiprocessing.get_context("spawn")
        with context.Pool(_WORKERS, _start, (folder,)) as pool:
            for counts in pool.imap(_count, chunks):
                total.update(counts)
    return total


def corpus_counts(corpus: Corpus, config: TokenizerConfig) -> Counter[str]:
    """Weighted word counts over all training texts.

    Returns:
        Word counts; written lay text counts `lay_factor` times.
    """
    groups = [g for part in (corpus.lay, corpus.glossary) for gs in part.values() for g in gs]
    written = [t for g in [*groups, *corpus.contrast] for t in (g.passage, *g.queries)]
    public = [t for gs in corpus.pairs.values() for g in gs for t in (g.passage, *g.queries)]
    sampled = [t for lines in corpus.texts.values() for t in lines[:: config.text_step]]
    total: Counter[str] = Counter()
    # Dictionary words only: in colloquial questions the guessed words are
    # mostly accidents (a verb glued to its helper), and lay_factor would
    # carry each of them into the vocabulary.
    for word, number in count_words(written, new_words=False).items():
        total[word] = number * config.lay_factor
    total.update(count_words([*public, *sampled], new_words=True))
    return total


def _keep(word: str) -> bool:
    # Long figures and words with blanks or line ends carry no meaning of
    # their own; figures fall back to their digits.
    if any(c.isspace() for c in word) or len(word) > 12:
        return False
    return not (len(word) > 4 and any(c.isdigit() for c in word))


def build(counts: Counter[str], config: TokenizerConfig) -> Tokenizer:
    """Make the Unigram tokenizer from word counts.

    Args:
        counts: Weighted word counts over normalised text.
        config: Size of the vocabulary and least count of a word.

    Returns:
        The tokenizer; piece 0 is the unknown piece.
    """
    characters: Counter[str] = Counter()
    for word, number in counts.items():
        for character in word:
            characters[character] += number
    singles = [c for c, n in characters.items() if not c.isspace() and n >= 2]
    words = [(w, n) for w, n in counts.items() if len(w) > 1 and n >= config.min_count and _keep(w)]
    words.sort(key=lambda item: (-item[1], item[0]))
    words = words[: config.pieces - 1 - len(singles)]
    total = float(sum(counts.values()))
    vocabulary = [(UNKNOWN, -30.0)]
    # Half a count for a character that never stood alone keeps it as the
    # last resort without letting it break a known word.
    vocabulary += [(c, math.log(max(counts[c], 0.5) / total)) for c in sorted(singles)]
    vocabulary += [(w, math.log(n / total)) for w, n in words]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    # Reading the written form moves the last bit of a quarter of the scores,
    # and with it which of two equal cuts wins: train on the tokenizer that
    # search will load, not on the one in memory.
    return Tokenizer.from_str(tokenizer.to_str())
