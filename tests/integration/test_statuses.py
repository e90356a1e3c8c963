from datetime import date

import pytest

from corpus.records import Measure
from eval.questions import load_questions
from qa.answer import Answer
from qa.assistant import Assistant
from tests.support import D23, D24, DURING_2024


def _ask(assistant: Assistant, question: str, day: date = DURING_2024) -> Answer:
    return assistant.ask(question, as_of=day)


def _ids(answer: Answer) -> list[str]:
    return [c.measure.measure_id for c in answer.citations]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("？？。", "empty"),
        ("\x00\x07\x1b", "empty"),
        ("补", "too_short"),
        ("补" * 501, "too_long"),
    ],
)
def test_unusable_input_is_invalid_and_cites_nothing(
    assistant: Assistant, question: str, reason: str
) -> None:
    answer = _ask(assistant, question)
    assert (answer.status, answer.reason, answer.citations) == ("invalid", reason, ())
    assert len(answer.text) > 5


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("服务业企业首次小升规有奖励吗", f"{D24}:28"),
        ("海外仓有扶持吗", f"{D24}:45"),
        ("企业研发投入最高补助多少", f"{D24}:10"),
        ("市残联负责哪些条目", f"{D24}:65"),
        ("2023年研发投入奖补是怎么规定的", f"{D23}:12"),
        ("用地：工业厂房加层要补地价吗", f"{D24}:22"),
    ],
)
def test_a_plain_question_is_answered_by_its_clause(
    assistant: Assistant, question: str, best: str
) -> None:
    answer = _ask(assistant, question)
    assert (answer.status, answer.reason) == ("answered", None)
    assert _ids(answer)[0] == best


@pytest.mark.parametrize("question", ["第28条", "第２８条讲什么", "第二十八条是什么"])
def test_a_clause_named_by_number_is_cited_whole_from_both_documents(
    assistant: Assistant, measures: dict[str, Measure], question: str
) -> None:
    answer = _ask(assistant, question)
    assert answer.status == "answered"
    assert _ids(answer) == [f"{D24}:28", f"{D23}:28"]
    assert [c.quote for c in answer.citations] == [measures[i].body for i in _ids(answer)]


def test_all_clauses_named_are_cited_whatever_top_k_says(assistant: Assistant) -> None:
    answer = assistant.ask("第28、29条", top_k=1)
    assert _ids(answer) == [f"{D24}:28", f"{D23}:28", f"{D24}:29", f"{D23}:29"]


def test_a_year_beside_a_clause_number_chooses_the_document(assistant: Assistant) -> None:
    assert _ids(_ask(assistant, "2023年第10条讲什么")) == [f"{D23}:10"]
    assert _ids(_ask(assistant, "2024年第60条讲什么")) == [f"{D24}:60"]


@pytest.mark.parametrize("question", ["第99条讲什么", "第九十九条", "第0条", "第66条"])
def test_a_clause_that_does_not_exist_is_answered_with_the_range(
    assistant: Assistant, question: str
) -> None:
    answer = _ask(assistant, question)
    assert (answer.status, answer.reason) == ("not_found", "no_such_measure")
    assert answer.citations == ()
    assert "第1条至第65条" in answer.text
    assert "第1条至第57条" in answer.text


def test_an_existing_clause_of_another_year_is_not_said_to_be_missing(assistant: Assistant) -> None:
    answer = _ask(assistant, "2021年第28条讲什么")
    assert answer.status != "answered"
    assert "没有您问的第28条" not in answer.text
    assert "2023年" in answer.text


def test_of_several_clauses_the_missing_one_is_named(assistant: Assistant) -> None:
    answer = _ask(assistant, "第28条和第99条讲什么")
    assert _ids(answer) == [f"{D24}:28", f"{D23}:28"]
    assert "第99条" in answer.text


def test_a_clause_that_only_one_document_has_is_cited_from_it(assistant: Assistant) -> None:
    assert _ids(_ask(assistant, "第60条讲什么")) == [f"{D24}:60"]


@pytest.mark.parametrize("question", ["瑞安的海外仓补贴有多少", "杭州服务业小升规奖励多少"])
def test_another_citys_question_is_not_answered_by_ours(
    assistant: Assistant, question: str
) -> None:
    answer = _ask(assistant, question)
    assert (answer.status, answer.reason, answer.citations) == ("not_found", "other_region", ())
    assert question[:2] in answer.text
    assert "乐清市" in answer.text


def test_a_clause_number_of_another_city_is_not_answered_by_ours(assistant: Assistant) -> None:
    assert _ask(assistant, "瑞安市政策第28条讲什么").reason == "other_region"


@pytest.mark.parametrize("question", ["2021年研发补助最高多少", "明年服务业小升规还有奖励吗"])
def test_another_years_question_shows_related_clauses_and_says_so(
    assistant: Assistant, question: str
) -> None:
    answer = _ask(assistant, question)
    assert (answer.status, answer.reason) == ("related", "other_year")
    assert answer.citations
    assert "文件未载明" in answer.text


@pytest.mark.parametrize(
    "question", ["今天天气怎么样", "你好啊", "给我讲个笑话", "帮我写一首诗", "红烧肉怎么做"]
)
def test_chit_chat_is_not_found_and_cites_nothing(assistant: Assistant, question: str) -> None:
    answer = _ask(assistant, question)
    assert (answer.status, answer.reason) == ("not_found", "out_of_scope")
    assert answer.citations == ()
    assert "未找到" in answer.text


def test_a_detail_that_is_not_stated_is_said_not_to_be(assistant: Assistant) -> None:
    answer = _ask(assistant, "服务业小升规奖励打什么电话")
    assert (answer.status, answer.reason) == ("related", "not_stated")
    assert "文件未载明" in answer.text
    assert "联系电话" in answer.text


def test_a_detail_that_a_numbered_clause_does_not_state_is_not_claimed(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("2024年第60条的育儿补贴要带什么材料")
    assert (answer.status, answer.reason) == ("related", "not_stated")
    assert [c.measure.measure_id for c in answer.citations] == ["leqing-2024:60"]


def test_an_answer_of_low_probability_asks_the_reader_to_check(assistant: Assistant) -> None:
    sure = (1 + assistant.library.model.answered) / 2
    cautioned = []
    for labelled in load_questions()[:60]:
        answer = assistant.ask(labelled.question)
        if answer.status == "answered" and answer.citations[0].score != 1.0:
            asks = "请核对原文是否针对您的情况" in answer.text
            assert asks == (assistant.rank(labelled.question).probability < sure)
            cautioned.append(asks)
    assert True in cautioned
    assert False in cautioned
