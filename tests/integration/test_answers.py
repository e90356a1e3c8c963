"""Every development question and every one of our own, answered once."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Document, Measure
from eval.questions import DEVELOPMENT, OWN, load_questions
from qa.answer import answer_to_json
from qa.assistant import Assistant
from qa.library import Library, open_library
from tests.support import DURING_2024, SCHEMA, python, validator

_SOME = [q.question for q in load_questions(OWN)[::16]] + ["第28条", "瑞安的奖励", "2021年奖励"]


def _ask(assistant: Assistant, question: str) -> dict[str, Any]:
    return answer_to_json(assistant.ask(question, as_of=DURING_2024))


def test_the_schema_is_the_contracts() -> None:
    shared = Path("/work/shared/contract/answer.schema.json")
    if not shared.exists():
        pytest.skip("the contract's original is not on this machine")
    assert json.loads(SCHEMA.read_text("utf-8")) == json.loads(shared.read_text("utf-8"))


def test_every_answer_is_valid_against_the_schema(answers: list[dict[str, Any]]) -> None:
    checker = validator()
    assert len(answers) == len(load_questions(DEVELOPMENT)) + len(load_questions(OWN)) > 500
    problems = [(a["qid"], e.message) for a in answers for e in checker.iter_errors(a)]
    assert problems == []
    assert json.loads(json.dumps(answers, ensure_ascii=False)) == answers


def test_questions_of_all_kinds_get_all_kinds_of_answers(answers: list[dict[str, Any]]) -> None:
    assert {a["status"] for a in answers} == {"answered", "related", "not_found"}
    reasons = {a["reason"] for a in answers}
    assert reasons >= {None, "not_stated", "out_of_scope", "other_region", "other_year"}


def test_a_reason_is_given_exactly_where_a_question_is_not_answered(
    answers: list[dict[str, Any]],
) -> None:
    for answer in answers:
        assert (answer["reason"] is None) == (answer["status"] == "answered")
        assert bool(answer["citations"]) == (answer["status"] in ("answered", "related"))


def test_every_quote_is_verbatim_and_within_its_measure(
    answers: list[dict[str, Any]],
    documents: tuple[Document, ...],
    measures: dict[str, Measure],
) -> None:
    texts = {d.document_id: d.text for d in documents}
    for cited in (c for a in answers for c in a["citations"]):
        measure = measures[cited["measure_id"]]
        assert texts[cited["document_id"]][cited["start"] : cited["end"]] == cited["quote"]
        assert measure.start <= cited["start"] < cited["end"] <= measure.end
        assert cited["quote"] == cited["quote"].strip() != ""


def test_every_citation_repeats_its_record(
    answers: list[dict[str, Any]], measures: dict[str, Measure]
) -> None:
    for cited in (c for a in answers for c in a["citations"]):
        m = measures[cited["measure_id"]]
        stated = (cited["number"], cited["title"], cited["section"], cited["lead_unit"])
        assert stated == (m.number, m.title, m.section, m.lead_unit)
        assert (tuple(cited["units"]), cited["units_source"]) == (m.units, m.units_source)


def test_no_measure_is_cited_twice_and_scores_fall(answers: list[dict[str, Any]]) -> None:
    for answer in _with_parts(answers):
        ids = [c["measure_id"] for c in answer["citations"]]
        scores = [c["score"] for c in answer["citations"]]
        assert len(set(ids)) == len(ids)
        # The two that are compared stand first, whatever they score; several questions' scores
        # are of as many rankings.
        if answer["kind"] == "comparison":
            scores = scores[2:]
        assert answer["kind"] == "several" or scores == sorted(scores, reverse=True)


def test_the_text_shows_quote_number_and_units_of_what_it_cites(
    answers: list[dict[str, Any]],
) -> None:
    kinds = {answer["kind"] for answer in answers}
    assert kinds >= {"question", "list", "comparison", "several"}
    for answer in answers:
        shown = _shown(answer)
        if answer["kind"] == "list":  # one line each, without quotes
            assert shown == []
            assert all(_is_named(c, answer["text"]) for c in answer["citations"])
        elif answer["kind"] == "several":
            cited = {c["measure_id"] for c in answer["citations"]}
            in_parts = [c for part in answer["parts"] for c in _shown(part)]
            assert {c["measure_id"] for c in in_parts} <= cited
            assert all(c["quote"] in answer["text"] for c in in_parts)
            shown += in_parts
        else:
            assert bool(shown) == bool(answer["citations"])
            assert shown == answer["citations"][: len(shown)]
        for citation in shown:
            assert _is_named(citation, answer["text"])
            assert "、".join(citation["units"]) in answer["text"]


def _with_parts(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*answers, *(part for answer in answers for part in answer["parts"])]


def _shown(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [c for c in answer["citations"] if c["quote"] in answer["text"]]


def _is_named(citation: dict[str, Any], text: str) -> bool:
    names = [f"第{citation['number']}条"] if citation["number"] else ["章节", "前言", "结语"]
    return any(name in text for name in names)


def test_the_text_repeats_the_notice_of_the_document_that_it_rests_on(
    answers: list[dict[str, Any]],
) -> None:
    # Notices stand in the order of the citations; those of documents not shown are left out.
    assert [a["qid"] for a in answers for n in a["notices"][:1] if n not in a["text"]] == []
    assert any(a["notices"] for a in answers)


def test_the_same_question_twice_has_the_same_answer(
    assistant: Assistant, answers: list[dict[str, Any]]
) -> None:
    first = {a["question"]: {**a, "qid": None} for a in answers}
    for question in _SOME[:-3]:
        assert _ask(assistant, question) == first[question]


def test_a_second_assistant_gives_the_same_answers(assistant: Assistant, home: Path) -> None:
    second = Assistant(open_library(folder=home / "index"))
    assert [_ask(second, q) for q in _SOME] == [_ask(assistant, q) for q in _SOME]


def test_an_answer_does_not_tell_whether_the_index_was_built_or_read(
    assistant: Assistant, built_library: Library
) -> None:
    first = Assistant(built_library)
    assert [_ask(first, q) for q in _SOME] == [_ask(assistant, q) for q in _SOME]


def test_the_order_of_hashing_does_not_matter(assistant: Assistant, home: Path) -> None:
    lines = "".join(json.dumps({"question": q}) + "\n" for q in _SOME)
    expected = [_ask(assistant, q) for q in _SOME]
    for seed in ("1", "2"):
        run = python(
            *("-c", "import sys; from qa.cli import main; sys.exit(main())", "ask"),
            *("--batch", "-", "--as-of", DURING_2024.isoformat()),
            home=home,
            environment={"PYTHONHASHSEED": seed},
            text=lines,
        )
        assert (run.returncode, run.stderr) == (0, "")
        assert [json.loads(line) for line in run.stdout.splitlines()] == expected
