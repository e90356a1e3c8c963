"""Question in, answer out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from corpus.errors import UsageError
from corpus.records import Document, Measure
from index.evidence import gather
from index.protocols import Floats
from qa.answer import Answer, Citation, Reason, Status
from qa.compose import compose, notices
from qa.context import COLUMNS, Context
from qa.library import Library
from qa.quote import Quoter
from qa.understand import Question, Understanding
from qa.units import UnitNames
from qa.validity import validity

DEFAULT_TOP_K = 5


@dataclass(frozen=True, slots=True)
class Filters:
    """What a caller restricts an answer to; None restricts nothing.

    Attributes:
        document: Document id.
        year: Year of the document.
        section: Part of a section's title, or its number.
        unit: A unit's name, short or in full; lead and other units count.
    """

    document: str | None = None
    year: int | None = None
    section: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """All measures in order for a question.

    Attributes:
        question: The question as understood.
        order: Indices of measures that the filters admit, best first.
        scores: Score of every measure, shape (measures,).
        evidence: Shape (measures, columns).
        probability: How likely the first one answers.
    """

    question: Question
    order: tuple[int, ...]
    scores: Floats
    evidence: Floats
    probability: float


class Assistant:
    """Answers questions from a library.

    Args:
        library: Documents and index.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._understanding = Understanding(library.documents)
        self._context = Context(library.documents)
        self._quoter = Quoter(library.encoder, library.synonyms)
        self._units = UnitNames(library.documents)
        self._documents = {d.document_id: d for d in library.documents}

    def ask(
        self,
        raw: str,
        *,
        filters: Filters | None = None,
        top_k: int = DEFAULT_TOP_K,
        as_of: date | None = None,
    ) -> Answer:
        """Answers a question.

        Args:
            raw: The question as typed.
            filters: Restrictions.
            top_k: Most citations; all clauses that a question names by number are cited.
            as_of: Date against which validity is judged; today by default.

        Returns:
            The answer; unusable input gives one with status `invalid`.

        Raises:
            UsageError: A filter or top_k is impossible.
        """
        if top_k < 1:
            raise UsageError(f"top_k is {top_k}; it must be at least 1")
        day = as_of or date.today()
        admitted = self._admitted(filters or Filters())
        question = self._understanding.read(raw)
        if question.problem is not None:
            return self._finish(question, "invalid", _reason(question.problem), (), day)
        if question.clauses:
            return self._by_number(question, admitted, day)
        ranking = self.rank(question, admitted)
        status, reason = self._decide(ranking)
        shown = ranking.order[:top_k] if status in ("answered", "related") else ()
        cited = [self._cite(question, i, float(ranking.scores[i]), day) for i in shown]
        return self._finish(question, status, reason, cited, day)

    def rank(self, question: Question | str, admitted: Sequence[int] | None = None) -> Ranking:
        """Ranks all measures for a question, whether or not anything answers it."""
        if isinstance(question, str):
            question = self._understanding.read(question)
        library = self.library
        gathered = gather(
            question.text, library.searchers, library.encoder, library.synonyms.expand
        )
        evidence = np.hstack([gathered.values, self._context.evidence(question)])
        order, scores = library.model.order(evidence)
        allowed = set(range(len(scores)) if admitted is None else admitted)
        return Ranking(
            question=question,
            order=tuple(i for i in order if i in allowed),
            # Rounded so that a tie does not hang on the order of a sum.
            scores=np.round(scores, 5),
            evidence=evidence,
            probability=library.model.probability(question, evidence),
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of a ranking's evidence."""
        return self.library.model.columns

    def _decide(self, ranking: Ranking) -> tuple[Status, Reason | None]:
        question, model = ranking.question, self.library.model
        if question.other_place is not None:
            return "not_found", "other_region"
        if not ranking.order or ranking.probability < model.related:
            return "not_found", "out_of_scope"
        if self._is_other_year(ranking):
            return "related", "other_year"
        if ranking.probability < model.answered:
            return "related", "not_stated"
        return "answered", None

    def _is_other_year(self, ranking: Ranking) -> bool:
        """Whether every year named lies outside the documents and outside the best clause."""
        years = ranking.question.years
        known = {document.entry.year for document in self.library.documents}
        if years.beyond and not years.named:
            return True
        text = self.library.measures[ranking.order[0]].text
        return bool(years.named) and not any(y in known or str(y) in text for y in years.named)

    def _by_number(self, question: Question, admitted: Sequence[int], day: date) -> Answer:
        years = question.years.named
        found = [
            i
            for number in question.clauses
            for i in admitted
            if self.library.measures[i].number == number
            and (not years or self._document(self.library.measures[i]).entry.year in years)
        ]
        if not found:
            return self._finish(question, "not_found", "no_such_measure", (), day)
        cited = [self._cite(question, i, 1.0, day, whole=True) for i in found]
        return self._finish(question, "answered", None, cited, day)

    def _cite(
        self, question: Question, i: int, score: float, day: date, *, whole: bool = False
    ) -> Citation:
        measure = self.library.measures[i]
        span = (measure.body_start, measure.body_end)
        start, end = span if whole else self._quoter.span(question, measure)
        entry = self._document(measure).entry
        citation = Citation(entry, measure, validity(entry, day), start, end, (), round(score, 4))
        return replace(citation, marks=self._quoter.marks(question, citation.quote))

    def _finish(
        self,
        question: Question,
        status: Status,
        reason: Reason | None,
        citations: Sequence[Citation],
        day: date,
    ) -> Answer:
        cited = dict.fromkeys(citation.entry.document_id for citation in citations)
        banners = notices([self._documents[i].entry for i in cited], day)
        answer = Answer(question.raw, status, reason, day, tuple(citations), banners)
        return replace(answer, text=compose(answer, question, self.library.documents))

    def _document(self, measure: Measure) -> Document:
        return self._documents[measure.document_id]

    def _admitted(self, filters: Filters) -> list[int]:
        documents = self.library.documents
        if filters.document is not None and filters.document not in self._documents:
            raise UsageError(
                f"no document {filters.document!r}; there are {', '.join(self._documents)}"
            )
        if filters.year is not None and filters.year not in {d.entry.year for d in documents}:
            years = ", ".join(str(d.entry.year) for d in documents)
            raise UsageError(f"no document of {filters.year}; there are {years}")
        units = self._units.named(filters.unit) if filters.unit is not None else ()
        if filters.unit is not None and not units:
            raise UsageError(f"no unit {filters.unit!r} in the documents")
        sections = {m.section for m in self.library.measures if m.section}
        if filters.section is not None and not any(filters.section in s for s in sections):
            raise UsageError(
                f"no section {filters.section!r}; there are {', '.join(sorted(sections))}"
            )
        return [
            i
            for i, m in enumerate(self.library.measures)
            if filters.document in (None, m.document_id)
            and filters.year in (None, self._document(m).entry.year)
            and (filters.section is None or filters.section in m.section)
            and (filters.unit is None or set(units) & set(m.units))
        ]


def evidence_columns(gathered: Sequence[str]) -> tuple[str, ...]:
    """All columns of a ranking's evidence, for searchers that gather these."""
    return (*gathered, *COLUMNS)


def _reason(problem: str) -> Reason:
    reasons: dict[str, Reason] = {
        "empty": "empty",
        "too_short": "too_short",
        "too_long": "too_long",
    }
    return reasons[problem]
