"""The operations as tools that programs call over MCP."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from qa.api import forms
from qa.api.problems import ApiError, problem
from qa.api.search import Query
from qa.api.service import Service
from qa.api.state import State
from qa.filters import Filters

Tool = Callable[..., Any]


def tools(state: State) -> list[Tool]:
    """Functions whose names, types and docstrings describe the tools.

    Args:
        state: The running server.
    """

    async def ask_policy(
        question: str, year: int = 0, unit: str = "", section: str = "", as_of: str = "",
        top_k: int = 5,
    ) -> str:  # fmt: skip
        """Answers a question about the policy documents of 乐清市 with verbatim, cited clauses.

        Args:
            question: The question, in Chinese, in everyday words.
            year: Only the document of this year (2023 or 2024); 0 for all.
            unit: Only clauses of this office, short names will do; empty for all.
            section: Only sections with this in their title; empty for all.
            as_of: Day (YYYY-MM-DD) on which validity is judged; empty for today.
            top_k: Most citations.

        Returns:
            status (answered, related, not_found, invalid), citations with quotes, notices, text.
        """
        service = await state.service()
        filters = Filters(None, year or None, section or None, unit or None)
        wanted = service.asked(question, filters, max(1, min(int(top_k), 100)), _day(as_of))
        try:
            return (await state.answer(wanted)).body.decode()
        except ApiError as error:
            return _text(problem(error.name, **error.fields))

    async def search_policy(
        words: str = "", year: int = 0, unit: str = "", section: str = "", benefit_kind: str = "",
        page: int = 1,
    ) -> str:  # fmt: skip
        """Finds clauses by theme and facets, with counts per year, section, unit and benefit.

        Args:
            words: A theme in Chinese; empty lists all.
            year: Only this year's document (2023 or 2024); 0 for all.
            unit: Only clauses of this office, by its full name; empty for all.
            section: Only this section, by its full title; empty for all.
            benefit_kind: Only clauses that grant this kind of benefit, such as 奖励; empty for all.
            page: Page, 20 records each.

        Returns:
            total, pages, facets with counts, records with text, offices and validity.
        """
        query = Query(
            words[:500], None, year or None, section or None, unit or None, None,
            benefit_kind or None, page=max(1, int(page)),
        )  # fmt: skip
        return await _json(state, lambda s: forms.page(s.search(query)))

    async def get_measure(measure_id: str) -> str:
        """One clause in full, with its neighbours, validity and benefits.

        Args:
            measure_id: Id such as leqing-2024:28 (clause 28) or leqing-2024:S2 (a section).

        Returns:
            The record, or a problem in Chinese.
        """
        return await _json(
            state, lambda s: forms.detail(s.detail(measure_id), s.kinds.get(measure_id, ()))
        )

    async def list_documents() -> str:
        """The documents: title, number, status, term, validity today, how many clauses.

        Returns:
            documents, and the state of the index.
        """
        today = date.today()
        return await _json(
            state,
            lambda s: {
                "documents": [forms.document(d, today) for d in s.documents],
                "index": s.health(),
            },
        )

    async def list_benefits(kind: str = "", who: str = "", year: int = 0) -> str:
        """Benefits that the clauses grant: kind, group, condition, amount, verbatim quote.

        Args:
            kind: Only this kind, such as 奖励 or 补助; empty for all.
            who: Only groups with this in their name; empty for all.
            year: Only this year's document; 0 for all.

        Returns:
            benefits.
        """
        return await _json(
            state,
            lambda s: {"benefits": s.benefits(kind or None, who or None, year or None, None)},
        )

    async def match_firm(description: str) -> str:
        """Clauses that may fit a firm or person, with the state of each condition.

        Args:
            description: Industry, size, qualifications, place, year of founding and needs, as one
                Chinese sentence.

        Returns:
            matches with a verdict each: fits, possible or not_fits.
        """
        return await _json(state, lambda s: s.match(None, description))

    async def compare_years(section: str = "", measure_id: str = "") -> str:
        """Clauses of both years, aligned, with differences of numbers and wording.

        Args:
            section: Only this section; empty for all.
            measure_id: Only this clause and its counterpart; empty for all.

        Returns:
            rows with a state each: kept, changed, new or dropped.
        """
        return await _json(state, lambda s: s.compare(section or None, measure_id or None))

    return [
        ask_policy, search_policy, get_measure, list_documents, list_benefits, match_firm,
        compare_years,
    ]  # fmt: skip


async def _json(state: State, job: Callable[[Service], Mapping[str, Any]]) -> str:
    service = await state.service()
    try:
        return _text(await state.turns.run(job, service))
    except ApiError as error:
        return _text(problem(error.name, **error.fields))


def _text(form: Mapping[str, Any]) -> str:
    # As text: of anything else Gradio would send Python's notation, not JSON.
    return json.dumps(form, ensure_ascii=False, default=str)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
