"""Why measures rank as they do: each kind of evidence with its share of the score."""

import numpy as np

from qa.assistant import Assistant
from qa.filters import Filters


def explain(assistant: Assistant, question: str, filters: Filters, depth: int) -> str:
    """A plain-text table of the `depth` best measures and what speaks for and against each.

    Args:
        assistant: Answers the question.
        question: The question.
        filters: Restrictions.
        depth: How many measures.

    Returns:
        Lines: the decision's probability and thresholds, then per measure its score and its
        evidence × weight, strongest first; shares that would not change a place are left out.
        The scores of documents that a user added are moved to the scale of the best one's, so that
        theirs is not the sum of the shares.
    """
    ranking = assistant.rank(question, filters)
    model = ranking.model
    lines = [
        f"\nanswers with probability {ranking.probability:.3f} "
        f"(answered from {model.answered:.3f}, related from {model.related:.3f})"
    ]
    for place, i in enumerate(ranking.order[:depth], start=1):
        [weights] = [part.model for part in assistant.library.parts if i in part.places]
        kept = [model.columns.index(c) if c in model.columns else None for c in weights.columns]
        values = [0.0 if c is None else ranking.evidence[i, c] for c in kept]
        shares = np.array(values, np.float32) * weights.ranking
        strongest = np.argsort(-np.abs(shares), kind="stable")
        parts = [
            f"{weights.columns[c]} {shares[c]:+.2f}" for c in strongest if abs(shares[c]) >= 0.1
        ]
        measure = assistant.library.measures[i]
        lines.append(f"{place}. {measure.measure_id} {ranking.scores[i]:.2f} = {', '.join(parts)}")
    return "\n".join(lines) + "\n"
