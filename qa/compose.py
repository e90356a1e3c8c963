"""Answers in words, from Jinja2 templates that may be edited."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.records import CatalogEntry, Document
from qa.answer import Answer
from qa.decision import Decision
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
    template = _environment().get_template("notice.txt.j2")
    texts = (
        template.render(entry=entry, validity=validity(entry, as_of), as_of=as_of).strip()
        for entry in dict.fromkeys(entries)
    )
    return tuple(text for text in texts if text)


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
        restricted=decision.restricted,
        tentative=decision.tentative,
        shown=answer.citations[:full],
        listed=listed,
        # Of documents that are cited but not shown, the text says nothing.
        notices=notices([c.entry for c in (*answer.citations[:full], *listed)], answer.as_of),
        documents=documents,
        longest=LONGEST_QUESTION,
    )
    return text.strip() + "\n"


def prominent(answer: Answer) -> int:
    """How many citations are shown in full: the first, and those that rank close behind it."""
    first = answer.citations[0].score if answer.citations else 0.0
    if answer.reason is None and all(c.score == first for c in answer.citations):
        return len(answer.citations)  # clauses asked for by number
    return min(_near(answer, _CLOSE), _MOST_SHOWN)


def _near(answer: Answer, distance: float) -> int:
    """How many citations score within a distance of the first one."""
    return sum(c.score >= answer.citations[0].score - distance for c in answer.citations)
