"""Question in, answer out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.errors import UsageError
from corpus.records import Document, Measure
from qa.answer import Answer, Citation, Reason
from qa.compose import compose, notices
from qa.context import COLUMNS
from qa.decision import Decision, decide
from qa.filters import Filters, admitted
from qa.library import Library
from qa.quote import Quoter
from qa.ranking import Ranker, Ranking
from qa.understand import Question, Understanding
from qa.validity import validity

DEFAULT_TOP_K = 10


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
        allowed = admitted(filters or Filters(), self.library.documents)
        question = self._understanding.read(raw)
        if question.problem is not None:
            return self._finish(question, Decision("invalid", question.problem), (), day)
        if question.clauses and question.other_place is None:
            return self._by_number(question, allowed, day)
        ranking = self._ranker.rank(question, allowed)
        library = self.library
        decision = replace(
            decide(ranking, library.model, library.documents, library.measures),
            restricted=len(allowed) < len(library.measures),
        )
        shown = ranking.order[:top_k] if decision.status in ("answered", "related") else ()
        cited = [self._cite(question, i, float(ranking.scores[i]), day) for i in shown]
        return self._finish(question, decision, cited, day)

    def rank(self, raw: str, filters: Filters | None = None) -> Ranking:
        """Ranks the admitted measures for a question, whether or not anything answers it."""
        allowed = admitted(filters or Filters(), self.library.documents)
        return self._ranker.rank(self._understanding.read(raw), allowed)

    def _by_number(self, question: Question, allowed: Sequence[int], day: date) -> Answer:
        """Quotes the clauses that a question names by number; says which of them do not exist."""
        years = question.years.named
        measures = self.library.measures
        searched = [
            i for i in allowed if not years or self._document(measures[i]).entry.year in years
        ]
        if not searched:
            reason: Reason = "other_year" if years else "out_of_scope"
            return self._finish(question, Decision("not_found", reason), (), day)
        found = [i for n in question.clauses for i in searched if measures[i].number == n]
        present = {measures[i].number for i in found}
        missing = tuple(number for number in question.clauses if number not in present)
        documents = dict.fromkeys(measures[i].document_id for i in searched)
        if not found:
            decision = Decision("not_found", "no_such_measure", missing=missing)
        elif question.details:
            decision = Decision("related", "not_stated", missing=missing)
        else:
            decision = Decision("answered", missing=missing)
        cited = [self._cite(question, i, 1.0, day, whole=True) for i in found]
        return self._finish(question, decision, cited, day, [*documents])

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
        searched: Sequence[str] | None = None,
    ) -> Answer:
        cited = dict.fromkeys(citation.entry.document_id for citation in citations)
        banners = notices([self._documents[i].entry for i in cited], day)
        answer = Answer(
            question.raw, decision.status, decision.reason, day, tuple(citations), banners
        )
        documents = [
            document
            for document in self.library.documents
            if searched is None or document.document_id in searched
        ]
        text = compose(answer, question, decision, documents)
        return replace(answer, text=text)

    def _document(self, measure: Measure) -> Document:
        return self._documents[measure.document_id]


def evidence_columns(gathered: Sequence[str]) -> tuple[str, ...]:
    """All columns of a ranking's evidence, for searchers that gather these."""
    return (*gathered, *COLUMNS)
