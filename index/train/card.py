"""The model card that ships beside the weights."""

from __future__ import annotations

from typing import Any

_SOURCES = """\
| file | kind | source | licence |
|---|---|---|---|
| pairs/stard_statute_train | lay question, statute article | oneal2000/STARD (train split) | MIT |
| pairs/lecoqa_keyword_statute_train | keywords, article | oneal2000/LeCoQA | MIT |
| pairs/lecoqa_q_answer_train | question, lawyer's answer | oneal2000/LeCoQA | MIT |
| pairs/lawbench_consult_article | case or question, article | open-compass/LawBench | Apache-2.0 |
| pairs/cmrc2018_dev_trial | question, passage | ymcui/cmrc2018 (dev, trial) | CC BY-SA 4.0 |
| pairs/drcd_dev_test_t2s | question, passage, simplified | DRCKnowledgeTeam/DRCD (dev, test) \
| CC BY-SA 3.0 |
| pairs/csl_title_abstract | title, abstract | ydli-ai/CSL | Apache-2.0 |
| pairs/crud_qa_mined | question, news passage (matched by answer, some wrong) | \
IAAR-Shanghai/CRUD_RAG | Apache-2.0 (README badge) |
| text/laws_articles | statutes and regulations | LawRefBook/Laws | official texts |
| text/gov_work_reports | government work reports 1954-2026 | \
aldohemsn/chinese-political-corpora, johncodes404/china-provincial-gov-reports-2026 \
| official texts |
| text/crud_news | news | IAAR-Shanghai/CRUD_RAG | Apache-2.0 (README badge) |
| lay_official/* | official-style clauses with lay questions, contrast sets, glossaries | \
written for this project | the project's own |
"""

_CARD = """\
---
language: zh
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---

# Huiwen static embedding

Finds the clause of a Chinese government policy document that answers a
question put in everyday words.  A text's vector is the mean of the vectors of
its pieces: {pieces:,} pieces x {dims} dimensions, float16, no network behind
them.  Made by `python -m index.train`; nothing was taken from another model.

## Use

```python
from sentence_transformers import SentenceTransformer

model = SentenceTransformer("index/model", device="cpu").float()
vectors = model.encode(texts, normalize_embeddings=True)
```

* There is no Normalize module: the caller makes the vectors unit length and
  compares them by dot product.
* Cast the weights to float32 (`.float()`): in float16 sums round coarsely.
* No prompt, no length limit.  A long clause is best indexed twice, as a whole
  and sentence by sentence, taking the higher similarity: training did the
  same, and the whole's mean blurs what a single sentence says.
* `tokenizer.json` normalises (NFKC, lower case) and cuts by itself; jieba is
  needed for training only.  Piece 0 is the unknown piece; its vector is zero.
* A text of unknown pieces only, or an empty one, has the vector zero.

## Training

Unigram pieces with the frequencies of jieba's words; piece vector = weight x
(own vector + mean of its characters' vectors), folded into one table; InfoNCE
with in-batch negatives on inverse-cloze sentences and on the pairs below.
`training.json` holds the settings, the SHA-256 of every data file, library
versions and the figures below.  Seed, sampling and thread count ({threads})
are fixed: the command gives the same bytes again on the same machine with the
same library versions.
`docs/ablation-model.md` compares the recipes.

{sources}
CC BY-SA text was used to fit the vectors; no passage of it is contained in
the weights, and the pairs are not redistributed.

## Held out

{holdout}; their passages may occur with other questions.  While recipes were
compared, three files of `lay_official` (a field of policy each, 420 clauses)
and 50 contrast sets were left out as well; the shipped weights are trained on
them, so their figures come from the same recipe trained without them.  The
project's development questions were never trained on, but recipes were chosen
with them in view.

## Figures

{figures}

Dense cosines alone unless said.  `+s`: best of clause and sentences.  lay:
1,800 lay questions of the held-out fields over all 2,190 clauses, many of
which treat the same matter.  `+lexical`: character-pair TF-IDF added (alone:
MRR@10 0.269, hit@1 0.221).  statute: 122 STARD questions over 50,390
articles.  news: 136 questions over 1,061 passages.  dev: 145 development
questions over 122 measures.  contrast: 50 held-out sets, clause before its
three look-alikes, and question before near-miss questions.  One seed.  Half
the width of a 95 % interval is about 0.02 for lay, 0.06 for dev, 0.09 for
statute, news and contrast's near misses, and 0.13 for contrast.

## Intended use and limits

* Ranking clauses of policy documents, together with a lexical index: a mean
  of vectors blurs exact names, figures and years.  Adding TF-IDF lifts the
  figures above (lay+s+lexical).
* Word order, negation and conditions ("not for second-hand equipment") are
  not seen; two clauses about the same matter are told apart by their words
  only.  It cannot decide whether a clause answers a question.
* Cosines are not probabilities and differ in level between documents.
* Written for mainland policy language in simplified characters; traditional
  characters, dialect and other languages are not covered.
* The lay questions were written for the project, not collected from citizens.
"""


def model_card(about: dict[str, Any]) -> str:
    """Fill in the model card from the contents of `training.json`."""
    shipped = about["figures"].get("shipped", {})
    compared = about["figures"].get("comparison", {})
    intervals = about["figures"].get("comparison_intervals", {})
    rows = ["| figure | shipped weights | same recipe, comparison split |", "|---|---|---|"]
    for name in {**compared, **shipped}:
        cells = [f"{d[name]:.3f}" if name in d else "-" for d in (shipped, compared)]
        if name in intervals:
            # 95 %, bootstrapped over questions
            cells[1] += " [{:.3f}, {:.3f}]".format(*intervals[name])
        rows.append(f"| {name} | {cells[0]} | {cells[1]} |")
    return _CARD.format(
        pieces=about["pieces"],
        dims=about["dims"],
        threads=about["threads"],
        holdout=about["holdout"],
        sources=_SOURCES,
        figures="\n".join(rows),
    )
