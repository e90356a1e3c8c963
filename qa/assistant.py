"""Question in, answer out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.errors import UsageError
from corpus.records import Measure
from qa.answer import Answer
from qa.citing import Citer
from qa.compose import compose_parts, notices
from qa.context import COLUMNS
from qa.decision import Decision, decide
from qa.difference import compares
from qa.filters import Filters, admitted
from qa.library import Library
from qa.parts import split
from qa.ranking import Ranker, Ranking
from qa.respond import Responder
from qa.several import answer_parts, merged, worth_showing
from qa.special import Specials, introduced
from qa.totals import find_total
from qa.understand import Question, Understanding
from qa.years import resolve

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
        self._citer = Citer(library)
        self._responder = Responder(library, self._citer)
        self._specials = Specials(library.documents)
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
            return self._responder.finish(question, Decision("invalid", question.problem), (), day)
        if question.clauses and question.other_place is None and not plain:
            return self._responder.by_number(question, allowed, day)
        if question.other_place is None and not plain:
            special = self._specials.find(question, self._of_years(question, allowed))
            if special is not None:
                return self._responder.special(question, special, day)
        if question.other_place is None and not plain:
            profile = introduced(question)
            if profile is not None:
                return self._responder.match(question, profile, allowed, top_k, day)
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
            answer = self._responder.comparison(question, ranking, top_k, day)
            if answer is not None:
                return answer
        total = None
        if not plain and decision.reason in (None, "not_stated", "out_of_scope"):
            total = find_total(question, self._in_years(question, ranking))
        if total is not None:
            decision = replace(decision, status="answered", reason=None, tentative=False)
        shown = ranking.order[:top_k] if decision.status in ("answered", "related") else ()
        cited = [self._responder.cite(question, i, float(ranking.scores[i]), day) for i in shown]
        if total is not None:
            top = cited[0].score if cited else 0.0
            first = self._citer.cite(question, total.measure, top, day, span=total.sentence)
            others = [c for c in cited if c.measure.measure_id != total.measure.measure_id]
            cited = [first, *others][:top_k]
        return self._responder.finish(question, decision, cited, day)

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


def evidence_columns(gathered: Sequence[str]) -> tuple[str, ...]:
    """All columns of a ranking's evidence, for searchers that gather these."""
    return (*gathered, *COLUMNS)
