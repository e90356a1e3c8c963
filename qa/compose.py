"""Answers in words, from Jinja2 templates that may be edited."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.benefits.extract import Benefit
from corpus.records import CatalogEntry, Document
from qa.answer import Answer
from qa.benefits import measure_benefits
from qa.decision import Decision
from qa.facts import facts
from qa.match import MatchResult
from qa.profile import profile_to_json
from qa.understand import LONGEST_QUESTION, Question
from qa.validity import validity

# Citations are shown in full within this distance of the best score (a twentieth of its share in
# the softmax), and never more than so many; the others are listed.
_CLOSE = 3.0
_MOST_SHOWN = 3

TEMPLATES = Path(__file__).with_name("templates")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # The output is plain text, never HTML; a page escapes it when it shows it.
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )


def render(name: str, **values: object) -> str:
    """A template's text, without blank edges."""
    return _environment().get_template(name).render(**values).strip() + "\n"


def notices(entries: Sequence[CatalogEntry], as_of: date) -> tuple[str, ...]:
    """Validity notices, one a document, in order; none for a document that is in force."""
    texts = (_notice(entry, as_of) for entry in dict.fromkeys(entries))
    return tuple(text for text in texts if text)


@lru_cache(maxsize=1024)
def _notice(entry: CatalogEntry, as_of: date) -> str:
    template = _environment().get_template("notice.txt.j2")
    return template.render(entry=entry, validity=validity(entry, as_of), as_of=as_of).strip()


def compose(
    answer: Answer,
    question: Question,
    decision: Decision,
    documents: Sequence[Document],
) -> str:
    """The answer's text.

    Args:
        answer: Status and citations.
        question: The question as understood.
        decision: What may be claimed.
        documents: The documents that were searched.
    """
    template = _environment().get_template("answer.txt.j2")
    full = prominent(answer)
    listed = answer.citations[full : _near(answer, 2 * _CLOSE)][:_MOST_SHOWN]
    text = template.render(
        answer=answer,
        question=question,
        beneficiary=decision.beneficiary,
        missing=decision.missing,
        unstated=decision.unstated,
        restricted=decision.restricted,
        tentative=decision.tentative,
        shown=answer.citations[:full],
        listed=listed,
        # Of documents that are cited but not shown, the text says nothing.
        notices=notices([c.entry for c in (*answer.citations[:full], *listed)], answer.as_of),
        documents=documents,
        longest=LONGEST_QUESTION,
        benefits=_benefits(answer, question),
        not_payable=_holds_public_money_only(answer, question),
    )
    return text.strip() + "\n"


def _benefits(answer: Answer, question: Question) -> tuple[Benefit, ...]:
    """What the first quote grants, where a benefit is asked for."""
    if answer.status != "answered" or not _asks_for_benefit(question):
        return ()
    first = answer.citations[0]
    return tuple(
        b
        for b in measure_benefits(first.measure)
        if first.start <= b.start and b.end <= first.end and (b.amount is not None or b.sought)
    )


def _holds_public_money_only(answer: Answer, question: Question) -> bool:
    """Whether the first quote's sums are budgets or targets, though a benefit is asked for."""
    if answer.status != "answered" or not _asks_for_benefit(question):
        return False
    first = answer.citations[0]
    roles = {
        fact.role
        for fact in facts(first.measure)
        if fact.quantity.dimension == "money" and first.start <= fact.quantity.start < first.end
    }
    return bool(roles) and "benefit" not in roles


def _asks_for_benefit(question: Question) -> bool:
    public = {"budget", "target", "compare", "listing", "unit"}
    return "benefit" in question.intents and not public & question.intents


def compose_match(result: MatchResult, banners: Sequence[str]) -> str:
    """The text of a firm's matches, as `huiwen match` prints it."""
    given = profile_to_json(result.profile)
    facts = ["、".join(v) if isinstance(v, list) else str(v) for v in given.values() if v]
    return render(
        "match.txt.j2",
        matches=result.matches,
        facts=facts,
        empty=result.profile.is_empty,
        notices=banners,
    )


def compose_parts(answer: Answer) -> str:
    """The text of an answer to several questions; banners once, at the end."""
    banners = set(answer.notices)
    bodies = []
    for part in answer.parts:
        lines = part.text.strip().split("\n")
        kept = [line for line in lines if line.removeprefix("注意：") not in banners]
        bodies.append("\n".join(kept).strip())
    return render("parts.txt.j2", answer=answer, bodies=bodies, notices=answer.notices)


def prominent(answer: Answer) -> int:
    """How many citations are shown in full: the first, and those that rank close behind it."""
    if answer.kind in ("clauses", "list"):
        return len(answer.citations)
    if answer.kind == "comparison":
        return 2
    return min(_near(answer, _CLOSE), _MOST_SHOWN)


def _near(answer: Answer, distance: float) -> int:
    """How many citations score within a distance of the first one."""
    return sum(c.score >= answer.citations[0].score - distance for c in answer.citations)
