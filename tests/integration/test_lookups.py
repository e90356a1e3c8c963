"""The labelled lookups: lists, clauses, comparisons, terms; and asking plainly instead."""

import json
import re
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from corpus.records import Document
from eval.lookups import LOOKUPS, LookupResult, check_lookups
from qa.answer import Answer, Stated
from qa.assistant import Assistant
from qa.compose import notices, prominent
from qa.facts import facts, is_total
from tests.support import AFTER_BOTH, D23, D24, DURING_2024

_ROWS: list[dict[str, Any]] = [json.loads(line) for line in LOOKUPS.read_text("utf-8").splitlines()]
_SETTLED = ("lookup", "unit_list", "section_list", "compare", "slogan")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
# What a comparison's text holds besides the two numbers: quotes, titles, places, years, the list.
_AROUND = re.compile(
    r"「[^」]*」|《[^》]*》(?:（[^）]*）)?|第\d+条“.*?”(?=：|；|\n|$)|章节“[^\n]*?”(?=：|引言)|“[^”]*”"
    r"|注意：.*|命中词：.*|另见：.*|20\d\d年|^\d+\. ",
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def results(assistant: Assistant) -> tuple[LookupResult, ...]:
    return check_lookups(assistant)


@pytest.fixture(scope="module")
def asked(assistant: Assistant) -> list[Answer]:
    """Answers to the settled kinds, on a day after both documents' terms."""
    rows = (row for row in _ROWS if row["kind"] in _SETTLED)
    return [assistant.ask(row["question"], as_of=AFTER_BOTH) for row in rows]


@pytest.mark.parametrize("kind", _SETTLED)
def test_every_labelled_question_of_a_kind_is_right(
    results: tuple[LookupResult, ...], kind: str
) -> None:
    own = [result for result in results if result.kind == kind]
    assert len(own) >= 8
    assert [(r.qid, r.question, r.got) for r in own if not r.right] == []


def test_of_the_other_kinds_most_are_right(results: tuple[LookupResult, ...]) -> None:
    others = [result.right for result in results if result.kind not in _SETTLED]
    assert sum(others) / len(others) >= 0.85


def _number(text: str) -> Decimal:
    match = re.search(r"([+-]?[\d.]+)\s*([万亿]?)", text)
    assert match is not None
    return Decimal(match[1]) * _SCALES[match[2]]


def test_a_comparisons_numbers_are_literals_and_their_difference(
    asked: list[Answer], documents: tuple[Document, ...]
) -> None:
    texts = {d.document_id: d.text for d in documents}
    compared = [a for a in asked if a.difference is not None]
    assert len(compared) >= 10
    for answer in compared:
        found = answer.difference
        assert found is not None and found.older is not None and found.newer is not None
        for fact in (found.older, found.newer):
            quantity = fact.quantity
            text = texts[fact.measure.document_id]
            assert text[quantity.start : quantity.end] == quantity.text
            assert any(quantity.text in c.quote for c in answer.citations[:2])
        if found.difference is not None:
            delta = _number(found.newer.quantity.text) - _number(found.older.quantity.text)
            assert _number(found.difference) == delta


def test_a_comparison_shows_no_other_figure(asked: list[Answer]) -> None:
    for answer in asked:
        found = answer.difference
        if found is None or found.older is None or found.newer is None:
            continue
        told = (found.older.quantity.text, found.newer.quantity.text, found.difference or "")
        known = {n for text in told for n in re.findall(r"\d+(?:\.\d+)?", text)}
        shown = set(re.findall(r"\d+(?:\.\d+)?", _AROUND.sub("", answer.text)))
        assert shown <= known, answer.question


def test_an_expired_document_is_said_to_be_expired(asked: list[Answer]) -> None:
    for answer in asked:
        for cited in answer.citations[: prominent(answer)]:
            assert cited.validity == "expired"
            [notice] = notices([cited.entry], AFTER_BOTH)
            assert notice in answer.notices
            assert "届满" in notice and notice in answer.text


def test_a_document_in_force_has_no_notice(assistant: Assistant) -> None:
    answer = assistant.ask("2023年第28条", as_of=date(2023, 6, 30))
    assert answer.status == "answered" and answer.notices == ()
    assert "在有效期内" in answer.text and "注意" not in answer.text


def test_a_draft_is_said_to_be_one(assistant: Assistant) -> None:
    answer = assistant.ask("2024年第28条", as_of=DURING_2024)
    assert any("征求意见稿" in notice and notice in answer.text for notice in answer.notices)


def _is_undone(answer: Answer) -> bool:
    special = (answer.listing, answer.meaning, answer.difference)
    return answer.kind == "question" and special == (None, None, None) and not answer.parts


def test_plain_undoes_what_a_question_is_taken_for(assistant: Assistant) -> None:
    for row in _ROWS[::5]:
        assert _is_undone(assistant.ask(row["question"], as_of=DURING_2024, plain=True))


@pytest.mark.parametrize(
    "question", ["2023年经信局牵头哪一块", "乡村振兴板块2023年列了哪些", "去年商务局牵头的是什么"]
)
def test_plain_undoes_what_a_list_states(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, as_of=DURING_2024)
    assert answer.stated.years == (2023,) and answer.stated.units + answer.stated.sections
    assert {c.entry.document_id for c in answer.citations} == {D23}
    assert assistant.ask(question, as_of=DURING_2024, plain=True).stated == Stated()


def test_plain_undoes_the_clauses_that_a_question_states(assistant: Assistant) -> None:
    answer = assistant.ask("第28条", as_of=DURING_2024, plain=True)
    assert answer.stated == Stated()


def test_this_year_restricts_clauses_only_where_there_is_a_document(assistant: Assistant) -> None:
    during = assistant.ask("今年第28条", as_of=DURING_2024)
    assert [c.entry.document_id for c in during.citations] == [D24]
    after = assistant.ask("今年第28条", as_of=AFTER_BOTH)
    assert {c.entry.document_id for c in after.citations} == {D23, D24}


def test_a_missing_clause_is_named_beside_the_others(assistant: Assistant) -> None:
    answer = assistant.ask("第28条和第99条", as_of=DURING_2024)
    assert answer.status == "answered" and "99" in answer.text
    assert {c.measure.number for c in answer.citations} == {28}


# Each section's whole budget, in words that are not the labelled questions'. Older, newer.
_BUDGETS = {
    "民生": (f"{D23}:52", f"{D24}:58"),
    "交通": (f"{D23}:28", f"{D24}:34"),
    "乡村振兴": (f"{D23}:42", f"{D24}:47"),
    "制造业": (f"{D23}:15", f"{D24}:18"),
    "服务业": (f"{D23}:21", f"{D24}:26"),
    "科技": (f"{D23}:6", f"{D24}:8"),
}
_WORDS = ("今年比去年{}资金多安排了多少", "2024年比2023年{}资金多多少", "{}预算两年对比")


@pytest.mark.parametrize(("subject", "words"), [*product(_BUDGETS, _WORDS)])
def test_budgets_are_compared_with_those_of_the_same_section_or_not_at_all(
    assistant: Assistant, subject: str, words: str
) -> None:
    found = assistant.ask(words.format(subject), as_of=DURING_2024).difference
    if found is not None and found.older is not None and found.newer is not None:
        sides = (found.older.measure.measure_id, found.newer.measure.measure_id)
        assert sides == _BUDGETS[subject]
        assert is_total(found.older) and is_total(found.newer)


@pytest.mark.parametrize(
    ("subject", "side"), [*product(sorted(_BUDGETS.keys() - {"交通"}), (0, 1))]
)
def test_a_budget_asked_for_is_quoted_first_with_the_best_score(
    assistant: Assistant, subject: str, side: int
) -> None:
    measure_id = _BUDGETS[subject][side]
    year = measure_id.removeprefix("leqing-")[:4]
    answer = assistant.ask(f"{year}年{subject}统筹安排资金多少", as_of=DURING_2024)
    first = answer.citations[0]
    [total] = [f for f in facts(first.measure) if is_total(f)]
    assert first.measure.measure_id == measure_id
    assert total.quantity.text in first.quote
    scores = [c.score for c in answer.citations]
    assert scores == sorted(scores, reverse=True)


def test_a_year_that_is_not_at_hand_is_not_compared_as_another(assistant: Assistant) -> None:
    answer = assistant.ask("2025年比2024年民生资金多多少", as_of=DURING_2024)
    assert answer.difference is None
