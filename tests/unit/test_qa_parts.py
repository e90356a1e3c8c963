"""Several questions in one: where they are parted, and what each lacks."""

import pytest

from qa.parts import is_strong, split


@pytest.mark.parametrize(
    ("question", "completions"),
    [
        ("小升规有奖励吗？归哪个局管？2023年有没有？", ["none", "who", "year"]),
        ("首台套怎么优先采购，还有研发投入补助最高多少", ["none", "none"]),
        ("海外仓有扶持吗，归谁管", ["none", "who"]),
        ("研发补助多少？海外仓呢？", ["none", "topic"]),
        ("今年保租房筹集多少套？去年是多少？现在归谁管", ["none", "year", "who"]),
        ("残疾人就业要新增多少；孤独症孩子康复救助多少名？", ["none", "none"]),
        ("出口多少?另外展会给补贴吗", ["none", "none"]),
    ],
)
def test_each_part_says_what_it_lacks(question: str, completions: list[str]) -> None:
    assert [part.completion for part in split(question)] == completions


@pytest.mark.parametrize(
    "question",
    [
        "",
        "？",
        "？？？",
        "研发补助多少",
        "研发补助多少？",
        "补多少，怎么算",
        "我是养猪的，想贷款，能贷多少",
        "我们公司在乐清，做低压电器，有没有研发补助？",
        "a？b？c？d？e？",
        "一吗？二吗？三吗？四吗？五吗？",
        "还有吗",
        "小升规奖励还有没有",
    ],
)
def test_one_question_stays_whole(question: str) -> None:
    assert split(question) == ()


def test_what_sets_the_scene_stays_with_its_question() -> None:
    first, second = split("我是养猪的，想贷款，能贷多少？小升规有奖励吗")
    assert first.text == "我是养猪的，想贷款，能贷多少？"
    assert second.text == "小升规有奖励吗"


def test_what_follows_the_last_question_stays_with_it() -> None:
    parts = split("小升规有奖励吗？海外仓补助多少？麻烦说详细一点")
    assert parts[-1].text == "海外仓补助多少？麻烦说详细一点"


def test_four_questions_are_split_and_five_are_not() -> None:
    question = "小升规有奖励吗？"
    assert len(split(question * 4)) == 4
    assert split(question * 5) == ()


@pytest.mark.parametrize("question", ["甲吗？乙吗", "甲吗；乙吗", "甲吗还有研发补助呢"])
def test_a_sign_or_a_word_parts_strongly(question: str) -> None:
    assert is_strong(question)


@pytest.mark.parametrize("question", ["甲吗，乙吗", "甲吗？", "", "还有研发补助呢"])
def test_a_comma_an_end_or_an_opening_word_does_not(question: str) -> None:
    assert not is_strong(question)
