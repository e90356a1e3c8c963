import re
from datetime import date

import pytest

from qa.answer import Answer
from qa.assistant import Assistant
from tests.support import AFTER_BOTH, DURING_2024


def _ask(assistant: Assistant, question: str, day: date = DURING_2024) -> Answer:
    return assistant.ask(question, as_of=day)


@pytest.mark.parametrize(
    ("day", "draft", "issued"),
    [
        (date(2022, 6, 1), "draft", "not_yet"),
        (date(2023, 6, 1), "draft", "in_force"),
        (DURING_2024, "draft", "expired"),
        (AFTER_BOTH, "expired", "expired"),
    ],
)
def test_validity_is_judged_at_the_day_given(
    assistant: Assistant, day: date, draft: str, issued: str
) -> None:
    answer = _ask(assistant, "第28条", day)
    assert [c.validity for c in answer.citations] == [draft, issued]
    assert answer.as_of == day
    assert len(answer.notices) == (1 if issued == "in_force" else 2)


def test_notices_name_draft_and_expired_term(assistant: Assistant) -> None:
    answer = _ask(assistant, "第28条")
    assert "征求意见稿" in answer.notices[0]
    assert "届满" in answer.notices[1]
    assert "已期满" in answer.text
    assert "未正式印发" in answer.text


def test_an_issued_clause_says_who_leads_its_section(assistant: Assistant) -> None:
    answer = assistant.ask("2023年第12条", as_of=DURING_2024)
    assert re.search("文件未列责任单位；所在章节由市科技局牵头", answer.text)
    assert "责任单位：" not in answer.text
