import pytest

from corpus.records import Measure
from eval.overlap import WordCutter, without_shared_words
from eval.questions import LabelledQuestion


@pytest.fixture(scope="module")
def cutter() -> WordCutter:
    return WordCutter()


def test_content_words_have_two_characters_and_stop_at_function_words(cutter: WordCutter) -> None:
    assert cutter.words("我们可以申请补贴吗") == {"申请", "补贴"}


def test_words_are_folded(cutter: WordCutter) -> None:
    assert cutter.words("補貼") == cutter.words("补贴")


def test_only_the_best_clause_counts(measures: dict[str, Measure]) -> None:
    def asked(qid: str, question: str, relevant: dict[str, int]) -> LabelledQuestion:
        return LabelledQuestion(qid, question, "business", "lay", relevant, (), ())

    best = measures["leqing-2024:28"]
    questions = [
        asked("shared", best.title, {best.measure_id: 2}),
        asked("unshared", "猫咪打呼噜", {best.measure_id: 2}),
        asked("unanswerable", "猫咪打呼噜", {}),
    ]
    assert without_shared_words(questions, measures) == ["unshared"]
