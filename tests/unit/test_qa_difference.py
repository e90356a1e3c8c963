"""Numbers with what they count, their differences, and which two a question compares."""

from collections.abc import Callable

import pytest

from corpus.benefits.quantities import Quantity, find_quantities
from corpus.records import Document, Measure
from qa.difference import Difference, compares, find_difference
from qa.facts import difference, facts, is_total, same_unit, value
from qa.understand import Understanding
from tests.support import D23, D24, bare_measure

Find = Callable[..., Difference | None]


def _number(text: str) -> Quantity:
    [quantity] = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("2.94亿元", "3.54亿元", "+0.6亿元"),
        ("5580万元", "0.37亿元", "-0.188亿元"),
        ("4.13 亿元", "6.84亿元", "+2.71亿元"),
        ("8%", "9.5%", "+1.5个百分点"),
        ("8%", "6%", "-2个百分点"),
        ("8％", "8%", "0"),
        ("5000亩", "0.6万亩", "+0.1万亩"),
        ("30万亩", "31.72万亩", "+1.72万亩"),
        ("4600套", "4804套", "+204套"),
        ("115名", "120人", "+5人"),
        ("10家", "12个", "+2个"),
        ("1.75", "1.67", "-0.08"),
        ("0.1亿元", "0.3亿元", "+0.2亿元"),
        ("1亿美元", "8000万美元", "-2000万美元"),
        ("5到10万元", "8到20万元", "+10万元"),
        ("10个", "10个", "0"),
    ],
)
def test_differences_are_exact_and_in_the_newers_unit(
    older: str, newer: str, expected: str
) -> None:
    assert difference(_number(older), _number(newer)) == expected


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("100亩", "100元"),
        ("100元", "100美元"),
        ("10个", "10户"),
        ("10个", "10%"),
        ("2023年", "2024年"),
        ("3个月", "5个月"),
    ],
)
def test_what_cannot_be_subtracted_has_no_difference(older: str, newer: str) -> None:
    assert difference(_number(older), _number(newer)) is None


def test_counting_words_of_one_kind_are_one_unit() -> None:
    assert same_unit(_number("10名"), _number("10位"))
    assert same_unit(_number("10家"), _number("10处"))
    assert not same_unit(_number("10家"), _number("10户"))


def test_a_bounds_number_counts_and_a_range_by_its_upper_end() -> None:
    [least] = find_quantities("不低于50%")
    [most] = find_quantities("最高200万元")
    assert value(least) == 50
    assert value(most) == 2_000_000
    assert value(_number("2024年")) is None


@pytest.mark.parametrize(
    ("measure_id", "text", "what"),
    [
        (f"{D24}:3", "186亿元", "专项债"),
        (f"{D24}:62", "22万人", "健康体检"),
        (f"{D24}:50", "31.72万亩", "粮食播种面积"),
        (f"{D24}:52", "86.4％", "主要农作物"),
        (f"{D24}:52", "93.4％", "水稻"),
        (f"{D24}:S6", "6%", "外贸出口"),
    ],
)
def test_a_number_says_what_it_counts(
    measures: dict[str, Measure], measure_id: str, text: str, what: str
) -> None:
    [fact] = [f for f in facts(measures[measure_id]) if f.quantity.text == text]
    assert what in fact.what


@pytest.mark.parametrize(
    ("measure_id", "text", "what"),
    [(f"{D24}:50", "12.73万吨", "产量"), (f"{D24}:52", "2个", "示范基地")],
)
def test_so_does_a_later_number_of_a_list(
    measures: dict[str, Measure], measure_id: str, text: str, what: str
) -> None:
    [fact] = [f for f in facts(measures[measure_id]) if f.quantity.text == text]
    assert what in fact.what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("粮食播种面积和产量稳定在30万亩、12万吨以上。", ["粮食播种面积", "产量"]),
        ("主要作物和水稻机械化率分别达90%、90%。", ["主要作物", "水稻机械化率"]),
        ("布局建设1个创新平台和2个示范基地。", ["布局建设", "示范基地"]),
        ("新开工老旧小区2个、15栋。", ["新开工老旧小区"] * 2),
        ("集体收入和经营性收入达50万元、20万元、9万元。", ["集体收入和经营性收入"] * 3),
        ("集体收入和经营性收入达50万元以上、利润达20万元。", ["集体收入和经营性收入", "利润"]),
    ],
)
def test_the_numbers_of_a_list_share_or_part_its_words(text: str, what: list[str]) -> None:
    assert [fact.what for fact in facts(bare_measure(text))] == what


def test_a_whole_budget_is_a_total(measures: dict[str, Measure]) -> None:
    totals = [f.quantity.text for f in facts(measures[f"{D24}:58"]) if is_total(f)]
    assert totals == ["6.84亿元"]


def test_facts_are_neither_dates_nor_names(measures: dict[str, Measure]) -> None:
    for measure in measures.values():
        for fact in facts(measure):
            assert fact.role not in ("date", "label")
            start, end = fact.sentence
            assert measure.start <= start <= fact.quantity.start < fact.quantity.end <= end


@pytest.fixture(scope="module")
def find(documents: tuple[Document, ...]) -> Find:
    understanding = Understanding(documents)
    newer, older = documents

    def find_(text: str, *order: str) -> Difference | None:
        by_id = {m.measure_id: m for d in documents for m in d.measures}
        question = understanding.read(text)
        return find_difference(question, text, [by_id[i] for i in order], older, newer)

    return find_


def test_the_numbers_that_a_question_names_are_compared(find: Find) -> None:
    found = find("健康体检人数2024年比2023年多多少", f"{D24}:62", f"{D23}:55")
    assert found is not None and found.older is not None and found.newer is not None
    assert found.older.quantity.text.startswith("14万")
    assert (found.newer.quantity.text, found.difference) == ("22万人", "+8万人")


def test_a_number_of_one_year_only_has_no_difference(find: Find) -> None:
    found = find("高标准农田2023年和2024年对比", f"{D24}:50", f"{D23}:46")
    assert found is None or found.difference is None


def test_nothing_is_compared_without_a_question_for_it(find: Find) -> None:
    assert find("健康体检要完成多少", f"{D24}:62", f"{D23}:55") is None
    assert find("火星基地两年对比", f"{D24}:62", f"{D23}:55") is None
    assert find("健康体检两年对比") is None


def test_budgets_of_different_sections_are_not_set_side_by_side(find: Find) -> None:
    found = find("2024年比2023年民生资金多多少", f"{D24}:58", f"{D23}:28")
    assert found is None or found.difference is None


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("2024年比2023年多多少", True),
        ("两年的目标", True),
        ("去年和今年哪个多", True),
        ("2023年和2024年的奖励", True),
        ("2024年的奖励", False),
        ("小升规奖励多少", False),
    ],
)
def test_questions_that_compare_are_told_from_others(
    documents: tuple[Document, ...], question: str, wanted: bool
) -> None:
    assert compares(Understanding(documents).read(question)) is wanted
