"""Puts answers together: citations, decision and text, for each kind of question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.errors import UsageError
from corpus.records import Document, Measure
from index.text import fold
from qa.answer import Answer, Citation, Kind, Reason, Stated, Status
from qa.citing import Citer
from qa.compare import series
from qa.compose import compose, compose_match, notices
from qa.decision import Decision
from qa.difference import Difference, find_difference
from qa.library import Library
from qa.match import MatchResult, match
from qa.profile import Profile
from qa.ranking import Ranking
from qa.special import Special
from qa.understand import Question

# A number that a question names is in every document; nobody reads more of them.
_MOST_BY_NUMBER = 20


class Responder:
    """Answers a question that is understood.

    Args:
        library: Documents and index.
        citer: Cites measures.
    """

    def __init__(self, library: Library, citer: Citer) -> None:
        self._library = library
        self._citer = citer
        self._documents = {d.document_id: d for d in library.documents}

    def by_number(self, question: Question, allowed: Sequence[int], day: date) -> Answer:
        """Quotes the clauses that a question names by number; says which of them do not exist."""
        years = question.years.named
        measures = self._library.measures
        searched = [i for i in allowed if not years or self._citer.entry(measures[i]).year in years]
        if not searched:
            reason: Reason = "other_year" if years else "out_of_scope"
            return self.finish(question, Decision("not_found", reason), (), day)
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
        cited = [self.cite(question, i, 1.0, day, whole=True) for i in found]
        return self.finish(question, decision, cited, day, [*documents], kind="clauses")

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

    def special(self, question: Question, special: Special, day: date) -> Answer:
        """A list, or what the text says of a term."""
        cited = [self._citer.cite(question, m, 1.0, day) for m in special.measures]
        decision = Decision(special.status, special.reason)
        kind: Kind = "list" if special.listing else "meaning"
        return self.finish(question, decision, cited, day, kind=kind, special=special)

    def match(
        self, question: Question, profile: Profile, allowed: Sequence[int], top_k: int, day: date
    ) -> Answer:
        """The measures that fit a firm which introduces itself."""
        admitted_ids = {self._library.measures[i].measure_id for i in allowed}
        found = [
            m
            for m in match(self._library.documents, profile, day).matches
            if m.measure.measure_id in admitted_ids and m.verdict != "not_fits"
        ]
        fits = [m for m in found if m.verdict == "fits"]
        shown = (fits or found)[:top_k]
        status: Status = "answered" if fits else "related" if found else "not_found"
        reason: Reason | None = None if fits else "not_stated" if found else "out_of_scope"
        cited = [self._citer.cite(question, m.measure, m.score, day) for m in shown]
        answer = self.finish(question, Decision(status, reason), cited, day, kind="match")
        text = compose_match(MatchResult(profile, day, tuple(shown)), answer.notices)
        return replace(answer, text=text)

    def comparison(
        self, question: Question, ranking: Ranking, top_k: int, day: date
    ) -> Answer | None:
        """The two years' numbers that a question compares, each with its sentence."""
        measures = self._library.measures
        order = [measures[i] for i in ranking.order]
        current = [d for d in self._library.documents if d.entry.superseded_by is None]
        cited_regions = {self._citer.entry(m).region for m in order[:1]}
        try:
            older, newer = series([d for d in current if d.entry.region in cited_regions])
        except UsageError:
            return None
        expanded = self._library.synonyms.expand(question.text)
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
            self.cite(question, i, float(ranking.scores[i]), day)
            for i in rest[: max(0, top_k - len(cited))]
        ]
        return self.finish(
            question, Decision("answered"), cited, day, kind="comparison", difference=found
        )

    def cite(
        self, question: Question, i: int, score: float, day: date, *, whole: bool = False
    ) -> Citation:
        """Cites a measure by its number in the library; see `Citer.cite`."""
        return self._citer.cite(question, self._library.measures[i], score, day, whole=whole)

    def finish(
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
        """The answer with its banners and text.

        Args:
            question: The question.
            decision: What may be claimed.
            citations: Best first.
            day: Date against which validity is judged.
            searched: Ids of the documents that were searched; all that are current by default.
            kind: What the question was taken for.
            special: The list or term, if it is one.
            difference: The numbers compared, if it is a comparison.
        """
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
            for document in self._library.documents
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
