"""The recipe that ships and those it was compared with."""

from __future__ import annotations

from dataclasses import replace

from .config import TrainConfig

_PLAIN = TrainConfig(steps=300)
_WEIGHTED = replace(_PLAIN, sif=1e-3, learn_weight=True)


def _dropped(config: TrainConfig, share: float) -> TrainConfig:
    """The same recipe with all three kinds of dropout at one share."""
    return replace(config, own_dropout=share, query_dropout=share, passage_dropout=share)


_R = _dropped(_WEIGHTED, 0.3)
_S = replace(_R, scale=12.0)
_V = replace(_S, views=True)

#: Settings of the shipped weights; docs/ablation-model.md says why.
SHIPPED = _V

#: Rows of docs/ablation-model.md, by the names used there.
COMPARED: dict[str, TrainConfig] = {
    "P: plain": _PLAIN,
    "P + weights": _WEIGHTED,
    "P + own-part dropout 0.2": replace(_PLAIN, own_dropout=0.2),
    "P + piece dropout 0.1": replace(_PLAIN, query_dropout=0.1, passage_dropout=0.1),
    "P + views": replace(_PLAIN, views=True),
    "P + weights, separate softmax, 1,024 clauses": replace(
        _WEIGHTED, merged=False, lay_batch=1024
    ),
    "P + weights, scale 12": replace(_WEIGHTED, scale=12.0),
    "P + weights, own 0.3, pieces 0.2": replace(_dropped(_WEIGHTED, 0.2), own_dropout=0.3),
    "R: P + weights, dropout 0.3": _R,
    "R, dropout 0.5": _dropped(_R, 0.5),
    "R, retold 256, sisters 512": replace(_R, retold_batch=256, sister_batch=512),
    "R, scale 8": replace(_R, scale=8.0),
    "S: R, scale 12": _S,
    "S, 600 steps": replace(_S, steps=600),
    "V: S + views": _V,
    "V, dropout 0.2": _dropped(_V, 0.2),
    "V, dropout 0.4": _dropped(_V, 0.4),
    "V + contrast sets": replace(_V, contrast=True),
    "V, typing noise 0.3": replace(_V, noise=0.3),
    "V, mined negatives 2": replace(_V, mined=2),
    "V, glossary terms 256": replace(_V, glossary_batch=256),
    "V, Matryoshka 64, 128": replace(_V, matryoshka=(64, 128)),
    "V, same-field batches": replace(_V, field_batches=True),
    "V, 512 distractors": replace(_V, distractors=512),
    "V, second seed": replace(_V, seed=_V.seed + 1),
}
