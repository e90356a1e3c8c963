"""Question in, answer out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.errors import UsageError
from corpus.records import Document, Measure
from index.text import fold
from qa.answer import Answer, Citation, Kind, Reason, Stated
from qa.citing import Citer
from qa.compare import series
from qa.compose import compose, compose_parts, notices
from qa.context import COLUMNS
from qa.decision import Decision, decide
from qa.difference import Difference, compares, find_difference
from qa.filters import Filters, admitted
from qa.library import Library
from qa.parts import split
from qa.ranking import Ranker, Ranking
from qa.several import answer_parts, merged, worth_showing
from qa.special import Special, Specials
from qa.totals import find_total
from qa.understand import Question, Understanding
from qa.years import resolve

DEFAULT_TOP_K = 10
# A number that a question names is in every document; nobody reads more of them.
_MOST_BY_NUMBER = 20


class Assistant:
    """Answers questions from a library.

    Args:
        library: Documents and index.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._understanding = Understanding(library.documents)
        self._ranker = Ranker(library)
        self._citer = Citer(library)
        self._specials = Specials(library.documents)
        self._documents = {d.document_id: d for d in library.documents}
        self._regions = {d.entry.region for d in library.documents}
        self._years = {d.entry.year for d in library.documents if d.entry.year is not None}
        self._current = len(admitted(Filters(), library.documents))

    def ask(
        self,
        raw: str,
        *,
        filters: Filters | None = None,
        top_k: int = DEFAULT_TOP_K,
        as_of: date | None = None,
        plain: bool = False,
    ) -> Answer:
        """Answers a question.

        Args:
            raw: The question as typed.
            filters: Restrictions.
            top_k: Most citations; lists, and clauses named by number, are cited in full.
            as_of: Date against which validity is judged, and what 今年 means; today by default.
            plain: Whether the question is only searched for: no list, comparison, meaning or
                splitting into several, and no restriction to what it states.

        Returns:
            The answer; unusable input gives one with status `invalid`.

        Raises:
            UsageError: A filter or top_k is impossible.
        """
        if top_k < 1:
            raise UsageError(f"top_k is {top_k}; it must be at least 1")
        day, wanted = as_of or date.today(), filters or Filters()
        whole = self._ask_one(raw, wanted, top_k, day, plain)
        parts = () if plain or whole.kind != "question" else split(whole.question)
        if not parts or whole.status == "invalid" or whole.reason == "other_region":
            return whole

        def ask(text: str, restricted: Filters) -> Answer:
            return self._ask_one(text, restricted, top_k, day, plain)

        answers = answer_parts(parts, ask, wanted, day, self._years)
        if not worth_showing(parts, answers, whole.question):
            return whole
        several = replace(
            whole,
            kind="several",
            status="answered",
            reason=None,
            citations=merged(answers, whole),
            parts=answers,
        )
        banners = notices([c.entry for c in several.citations], day)
        return replace(several, notices=banners, text=compose_parts(several))

    def _ask_one(self, raw: str, filters: Filters, top_k: int, day: date, plain: bool) -> Answer:
        wanted = admitted(filters, self.library.documents)
        question = self._understanding.read(raw)
        if not plain:
            years = resolve(question.years, question.text, day, self._years)
            question = replace(question, years=years)
        allowed = self._of_regions(question, wanted)
        if question.problem is not None:
            return self._finish(question, Decision("invalid", question.problem), (), day)
        if question.clauses and question.other_place is None and not plain:
            return self._by_number(question, allowed, day)
        if question.other_place is None and not plain:
            special = self._specials.find(question, self._of_years(question, allowed))
            if special is not None:
                return self._special(question, special, day)
        ranking = self._ranker.rank(question, allowed)
        library = self.library
        decision = replace(
            decide(ranking, ranking.model, library.documents, library.measures),
            restricted=len(wanted) < self._current,
        )
        is_comparison = (
            not plain
            and compares(question)
            and decision.reason != "other_year"
            and self._years.issuperset(question.years.named)
        )
        if is_comparison and decision.status in ("answered", "related"):
            answer = self._comparison(question, ranking, top_k, day)
            if answer is not None:
                return answer
        total = None
        if not plain and decision.reason in (None, "not_stated", "out_of_scope"):
            total = find_total(question, self._in_years(question, ranking))
        if total is not None:
            decision = replace(decision, status="answered", reason=None, tentative=False)
        shown = ranking.order[:top_k] if decision.status in ("answered", "related") else ()
        cited = [self._cite(question, i, float(ranking.scores[i]), day) for i in shown]
        if total is not None:
            top = cited[0].score if cited else 0.0
            first = self._citer.cite(question, total.measure, top, day, span=total.sentence)
            others = [c for c in cited if c.measure.measure_id != total.measure.measure_id]
            cited = [first, *others][:top_k]
        return self._finish(question, decision, cited, day)

    def _in_years(self, question: Question, ranking: Ranking) -> list[Measure]:
        """The ranked measures of the years that a question names; all where it names none."""
        measures = [self.library.measures[i] for i in ranking.order]
        years = set(question.years.named)
        return [m for m in measures if not years or self._citer.entry(m).year in years]

    def rank(self, raw: str, filters: Filters | None = None) -> Ranking:
        """Ranks the admitted measures for a question, whether or not anything answers it."""
        question = self._understanding.read(raw)
        allowed = admitted(filters or Filters(), self.library.documents)
        return self._ranker.rank(question, self._of_regions(question, allowed))

    def _of_regions(self, question: Question, allowed: Sequence[int]) -> Sequence[int]:
        """The measures of the regions that a question names; all where there are none of them.

        Documents whose region is not known may be about any.
        """
        if len(self._regions) < 2 or not question.regions:
            return allowed
        measures, wanted = self.library.measures, {*question.regions, ""}
        kept = [i for i in allowed if self._citer.entry(measures[i]).region in wanted]
        return kept or allowed

    def _of_years(self, question: Question, allowed: Sequence[int]) -> list[Measure]:
        """The measures of the years that a question names; all where it names none at hand."""
        years = set(question.years.named) & self._years
        measures = [self.library.measures[i] for i in allowed]
        return [m for m in measures if not years or self._citer.entry(m).year in years]

    def _by_number(self, question: Question, allowed: Sequence[int], day: date) -> Answer:
        """Quotes the clauses that a question names by number; says which of them do not exist."""
        years = question.years.named
        measures = self.library.measures
        searched = [i for i in allowed if not years or self._citer.entry(measures[i]).year in years]
        if not searched:
            reason: Reason = "other_year" if years else "out_of_scope"
            return self._finish(question, Decision("not_found", reason), (), day)
        named = [i for i in searched if self._is_named(question, measures[i])]
        searched = sorted(named or searched, key=lambda i: self._year_place(question, measures[i]))
        found = [i for n in question.clauses for i in searched if measures[i].number == n]
        found = found[: _MOST_BY_NUMBER * len(question.clauses)]
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
        return self._finish(question, decision, cited, day, [*documents], kind="clauses")

    def _is_named(self, question: Question, measure: Measure) -> bool:
        """Whether a question names the measure's document by its 文号 or as the draft."""
        entry = self._citer.entry(measure)
        number = fold(entry.number) if entry.number else None
        is_draft = entry.status == "征求意见稿" and "征求意见稿" in question.text
        return is_draft or (number is not None and number in question.text)

    def _year_place(self, question: Question, measure: Measure) -> int:
        """Where a question names the measure's year: documents come in the order asked for."""
        year = self._citer.entry(measure).year
        place = question.text.find(str(year))
        return max(0, place)

    def _special(self, question: Question, special: Special, day: date) -> Answer:
        cited = [self._citer.cite(question, m, 1.0, day) for m in special.measures]
        decision = Decision(special.status, special.reason)
        kind: Kind = "list" if special.listing else "meaning"
        return self._finish(question, decision, cited, day, kind=kind, special=special)

    def _comparison(
        self, question: Question, ranking: Ranking, top_k: int, day: date
    ) -> Answer | None:
        """The two years' numbers that a question compares, each with its sentence."""
        measures = self.library.measures
        order = [measures[i] for i in ranking.order]
        current = [d for d in self.library.documents if d.entry.superseded_by is None]
        cited_regions = {self._citer.entry(m).region for m in order[:1]}
        try:
            older, newer = series([d for d in current if d.entry.region in cited_regions])
        except UsageError:
            return None
        expanded = self.library.synonyms.expand(question.text)
        found = find_difference(question, expanded, order, older, newer)
        if found is None or (found.older is None or found.newer is None):
            return None
        facts = {f.measure.measure_id: f for f in (found.newer, found.older)}
        scores = {m.measure_id: float(ranking.scores[i]) for i, m in enumerate(measures)}
        cited = [
            self._citer.cite(question, f.measure, scores[i], day, span=f.sentence)
            for i, f in facts.items()
        ]
        rest = [i for i in ranking.order if measures[i].measure_id not in facts]
        cited += [
            self._cite(question, i, float(ranking.scores[i]), day)
            for i in rest[: max(0, top_k - len(cited))]
        ]
        return self._finish(
            question, Decision("answered"), cited, day, kind="comparison", difference=found
        )

    def _cite(
        self, question: Question, i: int, score: float, day: date, *, whole: bool = False
    ) -> Citation:
        return self._citer.cite(question, self.library.measures[i], score, day, whole=whole)

    def _finish(
        self,
        question: Question,
        decision: Decision,
        citations: Sequence[Citation],
        day: date,
        searched: Sequence[str] | None = None,
        *,
        kind: Kind = "question",
        special: Special | None = None,
        difference: Difference | None = None,
    ) -> Answer:
        cited = dict.fromkeys(citation.entry.document_id for citation in citations)
        banners = notices([self._documents[i].entry for i in cited], day)
        listing = special.listing if special else None
        answer = Answer(
            question.raw,
            decision.status,
            decision.reason,
            day,
            tuple(citations),
            banners,
            kind=kind,
            stated=_stated(question, kind, special),
            listing=listing,
            difference=difference,
            meaning=special.meaning if special else None,
        )
        documents: list[Document] = [
            document
            for document in self.library.documents
            if (
                document.entry.superseded_by is None
                if searched is None
                else document.document_id in searched
            )
        ]
        text = compose(answer, question, decision, documents)
        return replace(answer, text=text)


def _stated(question: Question, kind: Kind, special: Special | None) -> Stated:
    """What the question itself restricts its answer to."""
    listing = special.listing if special else None
    subject = listing.subject if listing and listing.unknown is None else ()
    is_unit = listing is not None and listing.kind == "unit"
    return Stated(
        years=question.years.named if kind in ("clauses", "list") else (),
        clauses=question.clauses if kind == "clauses" else (),
        units=subject if is_unit else (),
        sections=() if is_unit else subject,
    )


def evidence_columns(gathered: Sequence[str]) -> tuple[str, ...]:
    """All columns of a ranking's evidence, for searchers that gather these."""
    return (*gathered, *COLUMNS)
