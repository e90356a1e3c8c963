"""Several questions in one: each is answered, an incomplete one with what came before it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from index.align import dice
from qa.answer import Answer, Citation, Status
from qa.compose import prominent, render
from qa.filters import Filters
from qa.parts import Part, is_strong
from qa.patterns import patterns
from qa.years import find_years, resolve

# Two measures are on one subject from this likeness of titles and wordings together.
_SAME_SUBJECT = 0.35

Ask = Callable[[str, Filters], Answer]


def answer_parts(
    parts: tuple[Part, ...], ask: Ask, filters: Filters, as_of: date, known: Collection[int]
) -> tuple[Answer, ...]:
    """Answers one part after the other.

    Args:
        parts: The parts.
        ask: Answers one question.
        filters: Restrictions of the whole question.
        as_of: The day of asking, for 去年.
        known: Years of the documents.
    """
    answers: list[Answer] = []
    texts: list[str] = []
    for part in parts:
        if part.completion == "who":
            answered = [a for a in answers if a.status == "answered"]
            if patterns()["relative"]["now"].search(part.text):
                answered.sort(key=lambda a: a.citations[0].entry.year or 0)
            answers.append(_who(part, (answered or answers)[-1]))
            continue
        text, year = part.text, None
        if part.completion == "year":
            text, year = _other_year(part.text, texts[-1], as_of, known)
        elif part.completion == "topic":
            text = f"{texts[-1].rstrip('?？。；;，, ')}，{part.text}"
        answer = ask(text, filters)
        if year is not None and not _is_of(answer, year):
            answer = _counterpart(text, year, answers[-1], ask, filters) or _none_of(answer, year)
        answers.append(replace(answer, question=part.text))
        texts.append(text)
    return tuple(answers)


def _is_of(answer: Answer, year: int) -> bool:
    """Whether an answer rests on a document of the year that was asked for."""
    return answer.status == "answered" and answer.citations[0].entry.year == year


def _counterpart(text: str, year: int, former: Answer, ask: Ask, filters: Filters) -> Answer | None:
    """The answer from that year's documents alone, if it is on the former answer's subject."""
    if filters.year is not None or former.status != "answered":
        return None
    answer = ask(text, replace(filters, year=year))
    if answer.status != "answered":
        return None
    a, b = answer.citations[0].measure, former.citations[0].measure
    return answer if dice(a.title, b.title) + dice(a.body, b.body) >= _SAME_SUBJECT else None


def _none_of(answer: Answer, year: int) -> Answer:
    text = render("no_year.txt.j2", year=year)
    return replace(
        answer, status="not_found", reason="not_stated", citations=(), notices=(), text=text
    )


def _who(part: Part, former: Answer) -> Answer:
    """Who is in charge of what the question before was answered with."""
    cited = former.citations[:1] if former.status == "answered" else ()
    status: Status = "answered" if cited and cited[0].measure.units else "not_found"
    return Answer(
        question=part.text,
        status=status,
        reason=None if status == "answered" else "not_stated",
        as_of=former.as_of,
        citations=cited,
        text=render("who.txt.j2", c=cited[0] if cited else None),
    )


def _other_year(
    text: str, former: str, as_of: date, known: Collection[int]
) -> tuple[str, int | None]:
    """The question before, for the year that this one names, and that year if it is at hand."""
    years = resolve(find_years(text), text, as_of, known)
    bare = patterns()["parts"]["year"].sub("", former)
    if len(years.named) == 1:
        return f"{years.named[0]}年{bare}", years.named[0]
    return f"{text}，{bare}", None


def worth_showing(parts: tuple[Part, ...], answers: tuple[Answer, ...], question: str) -> bool:
    """Whether the answers one by one say more than one answer to the whole.

    Two clauses of one question (多少钱，怎么算) read better as one; so does what nothing answers.
    """
    if not any(answer.status == "answered" for answer in answers):
        return False
    joined_by_comma = not is_strong(question) and all(p.completion == "none" for p in parts)
    return not joined_by_comma or all(answer.status == "answered" for answer in answers)


def merged(answers: tuple[Answer, ...], whole: Answer) -> tuple[Citation, ...]:
    """The citations of all parts, each record once: what answers first, then the whole's.

    Last whatever else the parts' texts show, so that no quote is shown that is not cited.
    """
    found: dict[str, Citation] = {}
    for answer in answers:
        if answer.status == "answered":
            for citation in answer.citations[:1]:
                found.setdefault(citation.measure.measure_id, citation)
    shown = [c for answer in answers for c in answer.citations[: prominent(answer)]]
    for citation in (*whole.citations, *shown):
        found.setdefault(citation.measure.measure_id, citation)
    return tuple(found.values())
