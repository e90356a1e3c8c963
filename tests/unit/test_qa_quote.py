import pytest

from corpus.records import Measure
from index.text import fold, sentence_spans
from qa.assistant import Assistant
from qa.library import Library
from tests.support import D24


@pytest.mark.parametrize(
    ("question", "clause", "part"),
    [
        ("首次小升规的服务业企业奖励多少", 28, "5万元奖励"),
        ("研发投入最高补助多少", 10, "最高200万元"),
        ("残疾人新增就业多少人", 65, "新增残疾人就业170人"),
        ("充电桩要建多少个", 42, "充电桩4万个以上"),
    ],
)
def test_the_quote_has_what_was_asked_for(
    assistant: Assistant, question: str, clause: int, part: str
) -> None:
    best = assistant.ask(question).citations[0]
    assert best.measure.measure_id == f"{D24}:{clause}"
    assert part in best.quote


def test_a_quote_is_whole_sentences(assistant: Assistant, library: Library) -> None:
    for measure in library.measures:
        for cited in assistant.ask(measure.title or "第1条", top_k=2).citations:
            body = cited.measure.body_start
            spans = sentence_spans(cited.measure.body)
            assert cited.start - body in {start for start, _ in spans}
            assert cited.end - body in {end for _, end in spans}


def test_a_short_clause_is_quoted_whole(assistant: Assistant, measures: dict[str, Measure]) -> None:
    best = assistant.ask("服务业企业首次小升规有奖励吗").citations[0]
    assert len(measures[f"{D24}:28"].body) < 170
    assert best.quote == measures[f"{D24}:28"].body


def test_marks_are_separate_words_of_the_question_or_its_synonyms(
    assistant: Assistant, library: Library
) -> None:
    question = "海外仓有扶持吗"
    cited = assistant.ask(question).citations[0]
    marked = [cited.quote[start:end] for start, end in cited.marks]
    assert "海外仓" in marked
    known = fold(question) + " " + library.synonyms.expand(question)
    pairs = {known[i : i + 2] for i in range(len(known) - 1)}
    for word in marked:
        assert len(word) >= 2
        assert all(fold(word)[i : i + 2] in pairs for i in range(len(word) - 1))
    ends = [0, *(end for _, end in cited.marks)]
    assert all(end <= start for end, (start, _) in zip(ends, cited.marks, strict=False))
