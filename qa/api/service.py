"""The operations behind every interface: HTTP, MCP and the page call these."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from corpus.benefits.rules import BENEFIT_KINDS
from corpus.errors import UsageError
from corpus.records import Document, Measure
from index.home import home
from qa.answer import Answer, answer_to_json
from qa.api.memory import Memory
from qa.api.problems import ApiError, wording
from qa.api.search import Page, Query, search
from qa.assistant import DEFAULT_TOP_K, Assistant
from qa.benefits import benefit_to_json, find_benefits
from qa.compare import compare, comparison_to_json
from qa.compose import notices
from qa.filters import Filters, admitted
from qa.match import match, match_to_json
from qa.profile import Profile, profile_from_json, profile_from_text, vocabulary
from qa.validity import Validity, validity

PROFILE_FIELDS = tuple(field.name for field in fields(Profile))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options; equal ones have the same answer."""

    question: str
    filters: Filters
    top_k: int
    day: date
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and its JSON text."""

    answer: Answer
    body: bytes


@dataclass(frozen=True, slots=True)
class Detail:
    """A record with its surroundings."""

    document: Document
    measure: Measure
    before: Measure | None
    after: Measure | None
    validity: Validity
    benefits: tuple[Mapping[str, Any], ...]


class Service:
    """Answers, searches and lists.

    Args:
        assistant: The assistant.
        cached: Most answers that are remembered.
    """

    def __init__(self, assistant: Assistant, cached: int = 0) -> None:
        self.assistant = assistant
        self.memory: Memory[Asked, Answered] = Memory(cached)
        library = assistant.library
        self.documents = library.documents
        self._entries = {document.document_id: document for document in self.documents}
        self._places = {m.measure_id: i for i, m in enumerate(library.measures)}

    @staticmethod
    def asked(
        question: str,
        filters: Filters | None = None,
        top_k: int = DEFAULT_TOP_K,
        as_of: date | None = None,
        plain: bool = False,
    ) -> Asked:
        """A question with today filled in: an answer is remembered for the day it was given."""
        return Asked(question, filters or Filters(), top_k, as_of or date.today(), plain)

    def remembered(self, asked: Asked) -> Answered | None:
        """The answer if it was given before."""
        return self.memory.get(asked)

    def answer(self, asked: Asked) -> Answered:
        """Answers anew.

        Raises:
            ApiError: A filter names what the documents do not have.
        """
        try:
            answer = self.assistant.ask(
                asked.question,
                filters=asked.filters,
                top_k=asked.top_k,
                as_of=asked.day,
                plain=asked.plain,
            )
        except UsageError:
            raise self._bad_filter(asked.filters) from None
        body = json.dumps(answer_to_json(answer), ensure_ascii=False).encode("utf-8", "replace")
        answered = Answered(answer, body)
        self.memory.put(asked, answered)
        return answered

    def ask(self, asked: Asked) -> Answered:
        """The answer, remembered or new."""
        return self.remembered(asked) or self.answer(asked)

    def search(self, query: Query, as_of: date | None = None) -> Page:
        """Records by words and facets.

        Raises:
            ApiError: A filter names what the documents do not have.
        """
        names = Filters(query.document, query.year, query.section, query.unit)
        try:
            admitted(names, self.documents)
        except UsageError:
            raise self._bad_filter(names) from None
        return search(self.assistant, self.kinds, query, as_of or date.today())

    def detail(self, measure_id: str, as_of: date | None = None) -> Detail:
        """A record with its neighbours in the document.

        Raises:
            ApiError: There is no such record.
        """
        place = self._places.get(measure_id)
        if place is None:
            raise ApiError("no_measure", value=measure_id)
        measure = self.assistant.library.measures[place]
        document = self._entries[measure.document_id]
        own = document.measures
        at = own.index(measure)
        return Detail(
            document,
            measure,
            own[at - 1] if at else None,
            own[at + 1] if at + 1 < len(own) else None,
            validity(document.entry, as_of or date.today()),
            tuple(self.benefits_of(measure_id)),
        )

    def document(self, document_id: str) -> Document:
        """A document by its id."""
        return self._entries[document_id]

    def health(self) -> dict[str, Any]:
        """The index: where it is, what it holds, what was made anew."""
        library = self.assistant.library
        return {
            "folder": str(home() / "index"),
            "records": len(library.measures),
            "model": library.encoder.fingerprint,
            "built": library.notice,
            "noted_questions": library.searchers.asked is not None,
            "remembered": len(self.memory),
        }

    @cached_property
    def _benefits(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(benefit_to_json(stated) for stated in find_benefits(self.documents))

    def benefits(
        self, kind: str | None, who: str | None, year: int | None, measure_id: str | None
    ) -> list[Mapping[str, Any]]:
        """Benefits by kind, group, year and record.

        Raises:
            ApiError: There is no such kind or year.
        """
        try:
            found = find_benefits(
                self.documents, kind=kind, who=who, year=year, measure_id=measure_id
            )
        except UsageError:
            if year is not None and year not in [d.entry.year for d in self.documents]:
                raise self._bad_filter(Filters(year=year)) from None
            listed = "、".join(BENEFIT_KINDS)
            raise bad_value("kind", kind, listed) from None
        return [benefit_to_json(stated) for stated in found]

    def benefits_of(self, measure_id: str) -> list[Mapping[str, Any]]:
        """A record's benefits; empty where none are known."""
        return [b for b in self._benefits if b["measure_id"] == measure_id]

    @cached_property
    def kinds(self) -> dict[str, tuple[str, ...]]:
        """Kinds of benefits by measure id."""
        kinds: dict[str, dict[str, None]] = {}
        for benefit in self._benefits:
            kinds.setdefault(benefit["measure_id"], {})[benefit["kind"]] = None
        return {measure_id: tuple(names) for measure_id, names in kinds.items()}

    def match(
        self, profile: Mapping[str, Any] | None, sentence: str | None, as_of: date | None = None
    ) -> dict[str, Any]:
        """Measures for a profile, given in fields or in a sentence.

        Raises:
            ApiError: The profile has a field or value that the vocabulary has not.
        """
        made = _profile(profile) if profile else profile_from_text(sentence or "")
        current = [d for d in self.documents if d.entry.superseded_by is None]
        result = match(current, made, as_of or date.today())
        entries = list(dict.fromkeys(found.entry for found in result.matches))
        return match_to_json(result, notices(entries, result.as_of))

    def compare(self, section: str | None = None, measure: str | None = None) -> dict[str, Any]:
        """The two years side by side.

        Raises:
            ApiError: There are no two years, or no such section or record.
        """
        encoder = self.assistant.library.encoder
        try:
            compared = compare(self.documents, encoder, section=section, measure=measure)
        except UsageError:
            if measure is not None:
                raise ApiError("no_measure", value=measure) from None
            if section is not None:
                raise bad_value("section", section, "") from None
            raise ApiError("no_years") from None
        return comparison_to_json(compared)

    def _bad_filter(self, filters: Filters) -> ApiError:
        """Which of the filters the documents do not have; in Chinese, as callers read it."""
        for field in fields(Filters):
            value = getattr(filters, field.name)
            try:
                admitted(Filters(**{field.name: value}), self.documents)
            except UsageError:
                known: dict[str, list[object]] = {
                    "document": [d.document_id for d in self.documents],
                    "year": [d.entry.year for d in self.documents],
                }
                listed = "、".join(str(name) for name in known.get(field.name, []) if name)
                return bad_value(field.name, value, listed)
        return ApiError("other")


def bad_value(field: str, value: object, listed: str) -> ApiError:
    """The problem of a value that the documents or the vocabulary do not have."""
    texts = wording()
    known = texts["known"][field].format(listed=listed)
    return ApiError("bad_filter", field=texts["fields"][field], value=value, known=known)


def _profile(given: Mapping[str, Any]) -> Profile:
    try:
        return profile_from_json(given)
    except UsageError:
        allowed = vocabulary()
        for name, value in given.items():
            try:
                profile_from_json({name: value})
            except UsageError:
                if name not in wording()["fields"]:
                    raise bad_value("profile", name, "、".join(PROFILE_FIELDS)) from None
                listed = "、".join(allowed.get(name, ()))
                raise bad_value(name, value, listed) from None
        raise ApiError("other") from None
