"""Passages → searchers."""

from collections.abc import Sequence

import numpy as np

from index.dense import DenseSearcher
from index.evidence import Searchers
from index.learned import LearnedSearcher
from index.lexical import LexicalSearcher
from index.passages import Passage, passage_sentences, passage_title
from index.protocols import Encoder
from index.sound import syllable_pairs
from index.text import character_ngrams


def build_searchers(
    passages: Sequence[Passage], encoder: Encoder, background: Sequence[str] = ()
) -> Searchers:
    """Fits all searchers.

    Args:
        passages: What is searched.
        encoder: Embeds passages, sentences and questions.
        background: Questions that none of the passages answers, so that one like them is
            known for such; used only where questions are noted.

    Returns:
        Searchers; those for noted questions are missing where no passage has any.
    """
    pieces = [passage_sentences(passage) for passage in passages]
    titles = [passage_title(passage) for passage in passages]
    text = [passage.text for passage in passages]
    base = Searchers(
        text=LexicalSearcher.fit(text, character_ngrams),
        sentence=LexicalSearcher.fit([s for group in pieces for s in group], character_ngrams),
        sentence_owners=np.repeat(np.arange(len(passages)), [len(group) for group in pieces]),
        title=LexicalSearcher.fit(titles, character_ngrams),
        sound=LexicalSearcher.fit(text, syllable_pairs),
        dense=DenseSearcher.fit(
            [[passage.text, *group] for passage, group in zip(passages, pieces, strict=True)],
            encoder,
        ),
    )
    if not any(passage.questions for passage in passages):
        return base
    noted = [(q, row) for row, passage in enumerate(passages) for q in passage.questions]
    said = [
        (line, row)
        for row, (passage, group) in enumerate(zip(passages, pieces, strict=True))
        # Only what has noted questions is learned, however many other passages stand beside it.
        if passage.questions
        for line in (passage.title, *group)
        if line
    ]
    missed = [q for passage in passages for q in (*passage.near_misses,)]
    none = [(q, None) for q in (*missed, *background)]
    return Searchers(
        text=base.text,
        sentence=base.sentence,
        sentence_owners=base.sentence_owners,
        title=base.title,
        sound=base.sound,
        dense=base.dense,
        asked=LexicalSearcher.fit(["。".join(p.questions) for p in passages], character_ngrams),
        # Without saturation, BM25 is the sum of the idf of the terms that occur.
        covered=LexicalSearcher.fit(
            ["。".join((p.text, *p.questions)) for p in passages], character_ngrams, k1=0.0
        ),
        asked_dense=DenseSearcher.fit([p.questions for p in passages], encoder),
        near_dense=DenseSearcher.fit([p.near_misses for p in passages], encoder),
        background=LexicalSearcher.fit(background, character_ngrams) if background else None,
        background_dense=DenseSearcher.fit([background], encoder) if background else None,
        learned=LearnedSearcher.fit([*noted, *said, *none], len(passages), encoder),
    )
