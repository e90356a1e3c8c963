"""Retrievers side by side on the answerable questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.metrics import POLICY_MEASURES, Estimate, Qrels, Ranked, estimate, per_query
from eval.outcome import Outcome
from index.fusion import FusedSearcher
from index.protocols import Searcher
from index.ranking import reciprocal_rank_fusion
from qa.library import Library

FULL = "full"
LABELS = {
    "lexical": "Lexical (BM25)",
    "dense": "Dense",
    "rrf": "RRF of both",
    "fused": "Fused",
    FULL: "Full ranking",
    "full_text": "Full, no aliases",
}


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """Measures of every retriever.

    Attributes:
        groups: Group of questions → retriever → measure → value. The groups are `all`, the
            personas, and `no_shared_word`; empty groups are left out.
        differences: Retriever → measure → the full ranking's value less this retriever's, paired
            by question, over all.
    """

    groups: Mapping[str, Mapping[str, Mapping[str, Estimate]]]
    differences: Mapping[str, Mapping[str, Estimate]]


def qrels_of(results: Sequence[Outcome]) -> Qrels:
    """Labels of the answerable questions."""
    return {o.labelled.qid: o.labelled.relevant for o in results if o.labelled.answerable}


def policy_runs(
    library: Library, results: Sequence[Outcome], without_aliases: Sequence[Outcome]
) -> dict[str, Ranked]:
    """Rankings of the answerable questions by retriever.

    Args:
        library: Its searchers are run alone and fused.
        results: Outcomes, with the full ranking.
        without_aliases: The same questions' outcomes without noted questions; empty if the others
            are without them already.
    """
    asked = [o for o in results if o.labelled.answerable]
    searchers, size = library.searchers, len(library.measures)
    alone: dict[str, Searcher] = {
        "lexical": searchers.text,
        "dense": searchers.dense,
        "fused": FusedSearcher(searchers.text, searchers.dense, library.encoder),
    }
    runs: dict[str, dict[str, Sequence[str]]] = {
        name: {} for name in ("lexical", "dense", "rrf", "fused")
    }
    for outcome in asked:
        hits = {name: [i for i, _ in s.search(outcome.text, size)] for name, s in alone.items()}
        both = reciprocal_rank_fusion([hits["lexical"], hits["dense"]])
        for name, found in (hits | {"rrf": [i for i, _ in both]}).items():
            runs[name][outcome.labelled.qid] = [library.measures[i].measure_id for i in found]
    runs[FULL] = {o.labelled.qid: o.order for o in asked}
    if without_aliases:
        runs["full_text"] = {
            o.labelled.qid: o.order for o in without_aliases if o.labelled.answerable
        }
    return dict(runs)


def retrieval_figures(
    results: Sequence[Outcome], runs: Mapping[str, Ranked], no_shared_word: Sequence[str]
) -> RetrievalFigures:
    """Measures all runs on all groups of questions.

    Args:
        results: Outcomes; at least one must be of an answerable question.
        runs: Retriever → ranking, with the full one among them.
        no_shared_word: Ids of the questions that share no content word with their best clause.
    """
    qrels = qrels_of(results)
    values = {name: per_query(POLICY_MEASURES, qrels, ranked) for name, ranked in runs.items()}
    members: dict[str, list[str]] = {"all": list(qrels)}
    for outcome in results:
        if outcome.labelled.answerable:
            members.setdefault(outcome.labelled.persona, []).append(outcome.labelled.qid)
    members["no_shared_word"] = list(no_shared_word)
    groups = {
        group: {
            name: {m: estimate([of[m][qid] for qid in qids]) for m in POLICY_MEASURES}
            for name, of in values.items()
        }
        for group, qids in members.items()
        if qids
    }
    differences = {
        name: {
            m: estimate([values[FULL][m][qid] - of[m][qid] for qid in qrels])
            for m in POLICY_MEASURES
        }
        for name, of in values.items()
        if name != FULL
    }
    return RetrievalFigures(groups, differences)
