from hypothesis import given, settings

from corpus.records import Document
from qa.answer import answer_to_json
from qa.assistant import Assistant
from tests.strategies import questions
from tests.support import DURING_2024, validator

_CHECKER = validator()


@settings(max_examples=60)
@given(raw=questions())
def test_any_text_gets_a_valid_answer_with_verbatim_quotes(
    assistant: Assistant, documents: tuple[Document, ...], raw: str
) -> None:
    answer = answer_to_json(assistant.ask(raw, as_of=DURING_2024))
    assert [error.message for error in _CHECKER.iter_errors(answer)] == []
    answer["text"].encode("utf-8")
    texts = {d.document_id: d.text for d in documents}
    for cited in answer["citations"]:
        assert texts[cited["document_id"]][cited["start"] : cited["end"]] == cited["quote"]


@settings(max_examples=30)
@given(raw=questions())
def test_any_texts_answer_is_the_same_twice(assistant: Assistant, raw: str) -> None:
    first = assistant.ask(raw, as_of=DURING_2024)
    assert assistant.ask(raw, as_of=DURING_2024) == first
