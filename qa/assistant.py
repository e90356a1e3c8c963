"""Question in, answer out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import UsageError
from corpus.records import Document, Measure
from qa.answer import Answer, Citation
from qa.compose import compose, notices
from qa.context import COLUMNS
from qa.decision import Decision, decide
from qa.library import Library
from qa.quote import Quoter
from qa.ranking import Ranker, Ranking
from qa.understand import Question, Understanding
from qa.units import UnitNames
from qa.validity import validity

DEFAULT_TOP_K = 10


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


class Assistant:
    """Answers questions from a library.

    Args:
        library: Documents and index.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._understanding = Understanding(library.documents)
        self._ranker = Ranker(library)
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
            return self._finish(question, Decision("invalid", question.problem), (), day)
        if question.clauses:
            return self._by_number(question, admitted, day)
        ranking = self._ranker.rank(question, admitted)
        library = self.library
        decision = decide(ranking, library.model, library.documents, library.measures)
        shown = ranking.order[:top_k] if decision.status in ("answered", "related") else ()
        cited = [self._cite(question, i, float(ranking.scores[i]), day) for i in shown]
        return self._finish(question, decision, cited, day)

    def rank(self, raw: str) -> Ranking:
        """Ranks all measures for a question, whether or not anything answers it."""
        return self._ranker.rank(self._understanding.read(raw))

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of a ranking's evidence."""
        return self.library.model.columns

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
            return self._finish(question, Decision("not_found", "no_such_measure"), (), day)
        cited = [self._cite(question, i, 1.0, day, whole=True) for i in found]
        return self._finish(question, Decision("answered"), cited, day)

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
        decision: Decision,
        citations: Sequence[Citation],
        day: date,
    ) -> Answer:
        cited = dict.fromkeys(citation.entry.document_id for citation in citations)
        banners = notices([self._documents[i].entry for i in cited], day)
        answer = Answer(
            question.raw, decision.status, decision.reason, day, tuple(citations), banners
        )
        text = compose(answer, question, decision.beneficiary, self.library.documents)
        return replace(answer, text=text)

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
