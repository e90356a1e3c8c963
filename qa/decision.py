"""Answered, related or not found: rules that the text allows, then the calibrated probability."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.benefits.extract import Benefit
from corpus.records import Document, Measure
from qa.answer import Reason, Status
from qa.patterns import patterns
from qa.places import short
from qa.ranker import Model
from qa.ranking import Ranking
from qa.support import Support, find_support
from qa.understand import Question

# From this probability a clause counts as the answer although the sum asked for is not in it.
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Decision:
    """What may be claimed.

    Attributes:
        status: The answer's status.
        reason: Why it is not `answered`.
        beneficiary: The words of the best clause that name whom it is for, where the asker is
            somebody else.
        missing: Numbers of clauses asked for that do not exist.
        restricted: Whether a caller's filters left out a part of the documents.
        unstated: A benefit that the best clause states without the sum that was asked for.
        tentative: Whether the reader is asked to check that the clause is about the question.
    """

    status: Status
    reason: Reason | None = None
    beneficiary: str | None = None
    missing: tuple[int, ...] = ()
    restricted: bool = False
    tentative: bool = False
    unstated: Benefit | None = None


def decide(
    ranking: Ranking, model: Model, documents: Sequence[Document], measures: Sequence[Measure]
) -> Decision:
    """Decides what a ranking allows to be claimed.

    Args:
        ranking: The ranking.
        model: Holds the thresholds.
        documents: All documents, for their years.
        measures: All measures, as the ranking counts them.
    """
    question = ranking.question
    if question.other_place is not None:
        return Decision("not_found", "other_region")
    if not ranking.order or patterns()["smalltalk"]["assistant"].search(question.text):
        return Decision("not_found", "out_of_scope")
    best = measures[ranking.order[0]]
    if ranking.probability < model.related and ranking.scores[ranking.order[0]] < model.scheme:
        return Decision("not_found", "out_of_scope")
    if _is_other_year(question, best, documents):
        return Decision("related", "other_year")
    is_sure = ranking.probability >= max(_SURE, model.answered)
    # Support decides nothing then, and its rules take a while to load in a cold start.
    support = Support() if is_sure else find_support(question, best, _places(documents))
    is_shown = ranking.probability >= model.answered or support.stated is not None
    if not is_shown or (support.unstated is not None and ranking.probability < _SURE):
        return Decision("related", "not_stated", unstated=support.unstated)
    beneficiary = _other_beneficiary(question, best)
    if beneficiary is not None:
        return Decision("related", "not_stated", beneficiary)
    # Half way from the threshold to certainty: answered, but said to be worth a check.
    return Decision("answered", tentative=ranking.probability < (1 + model.answered) / 2)


def _places(documents: Sequence[Document]) -> frozenset[str]:
    names = {name for d in documents for name in (d.entry.region, *d.entry.parents) if name}
    return frozenset(names | {short(name) for name in names})


def _is_other_year(question: Question, best: Measure, documents: Sequence[Document]) -> bool:
    """Whether every year named lies outside the documents and outside the best clause.

    Only documents of the best clause's region count: another place's have years of their own.
    """
    years = question.years
    if years.beyond and not years.named:
        return True
    entries = {document.document_id: document.entry for document in documents}
    region = entries[best.document_id].region
    known = {entry.year for entry in entries.values() if entry.region == region}
    return bool(years.named) and not any(y in known or str(y) in best.text for y in years.named)


def _other_beneficiary(question: Question, best: Measure) -> str | None:
    """Whom the best clause pays, where it is services only and a factory asks."""
    groups = patterns()
    asker, clauses = groups["askers"], groups["clauses"]
    if "benefit" not in question.intents and "amount" not in question.intents:
        return None
    if not asker["industry"].search(question.text) or asker["services"].search(question.text):
        return None
    if clauses["industry"].search(best.text):
        return None
    named = clauses["services_only"].search(best.body)
    return named.group() if named else None
