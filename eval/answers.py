"""Whether answers hold what was asked: required facts, required units, and being right at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.metrics import Estimate, estimate
from eval.outcome import Outcome

CITATIONS = 3


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """Figures over the answerable questions; a question that is refused holds no fact.

    Attributes:
        facts_quoted: Mean share of a question's facts found in the first citations' quotes.
        facts_shown: The same with the citations' titles, which an answer shows too.
        facts_cited: The same in the whole clauses that are cited, quoted or not.
        units_first: Share whose first citation names exactly the required units, of all questions
            that require units.
        units_best: The same of those whose first citation is the best record; None without any.
    """

    facts_quoted: Estimate
    facts_shown: Estimate
    facts_cited: Estimate
    units_first: Estimate | None
    units_best: Estimate | None


def answer_figures(results: Sequence[Outcome]) -> AnswerFigures:
    """Facts and units of the answers to answerable questions, of which there must be some."""
    asked = [o for o in results if o.labelled.answerable]
    with_facts = [o for o in asked if o.labelled.facts]
    with_units = [o for o in asked if o.labelled.units]
    best_first = [o for o in with_units if _first(o) == next(iter(o.labelled.relevant))]
    return AnswerFigures(
        facts_quoted=estimate([_held(o, "quote") for o in with_facts]),
        facts_shown=estimate([_held(o, "shown") for o in with_facts]),
        facts_cited=estimate([_held(o, "clause") for o in with_facts]),
        units_first=_units(with_units),
        units_best=_units(best_first),
    )


def rightness(results: Sequence[Outcome]) -> dict[str, Estimate]:
    """Share of questions that are all right, by persona and over all."""
    groups: dict[str, list[float]] = {"all": []}
    for outcome in results:
        for group in ("all", outcome.labelled.persona):
            groups.setdefault(group, []).append(float(outcome.is_right))
    return {group: estimate(values) for group, values in groups.items()}


def _held(outcome: Outcome, where: str) -> float:
    texts = {
        "quote": [c.quote for c in outcome.answer.citations[:CITATIONS]],
        "shown": [f"{c.measure.title}\n{c.quote}" for c in outcome.answer.citations[:CITATIONS]],
        "clause": [c.measure.text for c in outcome.answer.citations[:CITATIONS]],
    }[where]
    facts = outcome.labelled.facts
    return sum(any(fact in text for text in texts) for fact in facts) / len(facts)


def _first(outcome: Outcome) -> str | None:
    citations = outcome.answer.citations
    return citations[0].measure.measure_id if citations else None


def _units(results: Sequence[Outcome]) -> Estimate | None:
    named = [
        bool(o.answer.citations) and o.answer.citations[0].measure.units == o.labelled.units
        for o in results
    ]
    return estimate([float(value) for value in named]) if named else None
