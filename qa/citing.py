"""Cites measures: the quote, the words that it has in common with the question, its validity."""

from dataclasses import replace
from datetime import date

from corpus.records import CatalogEntry, Measure
from qa.answer import Citation
from qa.library import Library
from qa.quote import Quoter
from qa.understand import Question
from qa.validity import judge


class Citer:
    """Makes citations.

    Args:
        library: Documents and the encoder that chooses sentences.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._quoter = Quoter(library.encoder, library.synonyms)
        self._entries = {d.document_id: d.entry for d in library.documents}

    def entry(self, measure: Measure) -> CatalogEntry:
        """The catalog entry of a measure's document."""
        return self._entries[measure.document_id]

    def cite(
        self,
        question: Question,
        measure: Measure,
        score: float,
        day: date,
        *,
        whole: bool = False,
        span: tuple[int, int] | None = None,
    ) -> Citation:
        """Cites a measure.

        Args:
            question: Chooses the quote's sentences.
            measure: The measure.
            score: Its score.
            day: Date against which validity is judged.
            whole: Whether its whole wording is quoted.
            span: The quote's offsets in the document, where they are given.
        """
        if span is None:
            body = (measure.body_start, measure.body_end)
            span = body if whole else self._quoter.span(question, measure)
        entry = self.entry(measure)
        ruling = judge(entry, day, [d.entry for d in self._library.documents])
        citation = Citation(
            entry, measure, ruling.validity, span[0], span[1], (), round(score, 4), ruling
        )
        return replace(citation, marks=self._quoter.marks(question, citation.quote))
