"""Settings of the tokenizer, of one training run and of the fixed hold-outs."""

from __future__ import annotations

from dataclasses import dataclass

#: Files of `lay_official` left out of training while recipes are compared:
#: a whole field each, so that a question never meets a sister question.
ABLATION_FILES: tuple[str, ...] = ("industry2", "l_factory", "people2")

#: Fraction (1/HOLDOUT) of the queries of every pair source kept out of every
#: training run, the shipped one included.
HOLDOUT = 10


@dataclass(frozen=True)
class TokenizerConfig:
    """How the Unigram pieces are chosen.

    Attributes:
        pieces: Upper bound on the vocabulary, single characters included.
        text_step: Every `text_step`-th line of the big texts is counted.
        lay_factor: Weight of the written pairs in the counts, so that lay
            words reach the vocabulary beside the far larger statutes.
        min_count: Words seen less often (weighted) get no piece of their own.
    """

    pieces: int = 65_000
    text_step: int = 3
    lay_factor: int = 5
    min_count: int = 3


@dataclass(frozen=True)
class TrainConfig:
    """One training run.

    Attributes:
        seed: Seed of the weights, the sampling and the dropout.
        dims: Width of the vectors.
        steps: Number of optimiser steps.
        lr: Peak learning rate of Adam, reached after `warmup` of the steps
            and then lowered to nothing along a cosine.
        warmup: Share of the steps spent warming up.
        scale: Factor on the cosines before the softmax (1 / temperature).
        own_std: Spread of a piece's own initial vector.
        char_std: Spread of the characters' initial vectors; 0 leaves the
            characters out.
        sif: The `a` of the initial piece weight a / (a + p); 0 starts at one.
        learn_weight: Whether the logarithm of the piece weight is learned.
        own_dropout: Chance that a piece goes by its characters alone for one
            step.
        query_dropout: Chance that a question loses a piece.
        passage_dropout: Chance that a passage loses a piece.
        weight_decay: Decoupled weight decay (AdamW).
        ict_batch: Sentences of the inverse-cloze batch; 0 leaves it out.
        ict_mix: Shares of statutes, government reports and news in it.
        lay_batch: Clauses of the lay-official batch.
        pair_batch: Passages of the batch from the public pairs.
        merged: Whether lay and public pairs share one softmax.
        views: Whether a clause also stands for its sentences (best view wins).
        soft_views: Smoothing of that maximum (log-sum-exp); 0 is the maximum.
        glossary_batch: Glossary terms per step.
        contrast: Whether the contrast sets join the lay batch.
        mined: Lexically mined negatives per lay clause in the batch.
        field_batches: Whether a lay batch comes from few files only.
        distractors: Statute articles and report paragraphs added to the
            public batch as further negatives.
        matryoshka: Prefix widths trained beside the full one.
        noise: Share of questions replaced by a copy with typing errors.
        lay_share: Loss weight of the lay batch against the public batch.
        average: Share of the final steps whose tables are averaged.
        question_clauses: Number of lay questions drawn per clause and batch.
        retold_batch: Official sentences with a glossary term put in lay words.
        sister_batch: Clauses of which two questions are drawn to each other.
    """

    seed: int = 20240501
    dims: int = 256
    steps: int = 500
    lr: float = 1e-2
    warmup: float = 0.1
    scale: float = 20.0
    own_std: float = 0.1
    char_std: float = 0.1
    sif: float = 0.0
    learn_weight: bool = False
    own_dropout: float = 0.0
    query_dropout: float = 0.0
    passage_dropout: float = 0.0
    weight_decay: float = 0.0
    ict_batch: int = 1024
    ict_mix: tuple[float, float, float] = (0.4, 0.2, 0.4)
    lay_batch: int = 512
    pair_batch: int = 512
    merged: bool = True
    views: bool = False
    soft_views: float = 0.0
    glossary_batch: int = 0
    contrast: bool = False
    mined: int = 0
    field_batches: bool = False
    distractors: int = 0
    matryoshka: tuple[int, ...] = ()
    noise: float = 0.0
    lay_share: float = 1.0
    average: float = 0.0
    question_clauses: int = 1
    retold_batch: int = 0
    sister_batch: int = 0
