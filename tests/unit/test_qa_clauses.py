"""Clause numbers in questions: their forms, and numbers that are none."""

import pytest

from corpus.records import Document
from qa.understand import Understanding


@pytest.fixture(scope="module")
def understanding(documents: tuple[Document, ...]) -> Understanding:
    return Understanding(documents)


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("第２８条", (28,)),
        ("第　28　条", (28,)),
        ("第廿条", (20,)),
        ("第廿八条", (28,)),
        ("帮我翻到第廿一条", (21,)),
        ("第卅一条", (31,)),
        ("第一百条", (100,)),
        ("第〇条", (0,)),
        ("第28条第2款", (28,)),
        ("关于第28条的奖励多少", (28,)),
        ("措施第28条讲什么", (28,)),
        ("措施三十", (30,)),
        ("16号措施说的什么呀", (16,)),
        ("二十八号条款", (28,)),
    ],
)
def test_single_numbers_are_read(
    understanding: Understanding, question: str, clauses: tuple[int, ...]
) -> None:
    assert understanding.read(question).clauses == clauses


@pytest.mark.parametrize("sign", ["-", "~", "—", "–", "至", "到", "－", "～"])
def test_ranges_are_read_with_every_sign(understanding: Understanding, sign: str) -> None:
    assert understanding.read(f"第28{sign}30条").clauses == (28, 29, 30)
    assert understanding.read(f"第二十八条{sign}第三十条").clauses == (28, 29, 30)


@pytest.mark.parametrize("sign", ["、", "，", "和", "及", "与", ","])
def test_lists_are_read_with_every_sign(understanding: Understanding, sign: str) -> None:
    assert understanding.read(f"第28{sign}30条").clauses == (28, 30)
    assert understanding.read(f"第28条{sign}第30条").clauses == (28, 30)


@pytest.mark.parametrize("question", ["第30到28条", "第1到100条", "第1-9999999条"])
def test_a_range_that_falls_or_is_too_long_names_no_clause(
    understanding: Understanding, question: str
) -> None:
    assert understanding.read(question).clauses == ()


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("28条", (28,)),
        ("六十条", (60,)),
        ("57、58条", (57, 58)),
        ("28条和35条分别说啥", (28, 35)),
        ("23年 41至43条", (41, 42, 43)),
        ("帮我看看28条", (28,)),
        ("今年28条是啥内容", (28,)),
    ],
)
def test_bare_numbers_are_clauses_where_nothing_else_is_asked(
    understanding: Understanding, question: str, clauses: tuple[int, ...]
) -> None:
    assert understanding.read(question).clauses == clauses


@pytest.mark.parametrize(
    "question",
    [
        "第一条高速什么时候开工",
        "第三条生产线有补贴吗",
        "第二条铁路经过哪里",
        "民营经济31条怎么落地",
        "稳经济20条",
        "两条措施",
        "这65条措施",
        "有28条生产线",
        "新建2条道路",
        "一条龙服务",
        "条例",
        "几条",
        "28家企业",
    ],
)
def test_other_things_that_are_counted_are_no_clauses(
    understanding: Understanding, question: str
) -> None:
    assert understanding.read(question).clauses == ()


@pytest.mark.parametrize("question", ["十条措施", "32条政策"])
def test_a_number_of_measures_is_no_clause(understanding: Understanding, question: str) -> None:
    assert understanding.read(question).clauses == ()
