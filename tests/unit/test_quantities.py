import pytest

from corpus.benefits.quantities import (
    Quantity,
    chinese_number,
    find_quantities,
    half_width,
    with_bound,
)


def _only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "dimension", "low", "high", "unit"),
    [
        ("给予5万元", "5万元", "money", 50_000, 50_000, "元"),
        ("给予５万元", "５万元", "money", 50_000, 50_000, "元"),
        ("奖励1,500元", "1,500元", "money", 1500, 1500, "元"),
        ("共33.74亿元", "33.74亿元", "money", 3_374_000_000, 3_374_000_000, "元"),
        ("奖励二百万元", "二百万元", "money", 2_000_000, 2_000_000, "元"),
        ("奖励五千元", "五千元", "money", 5000, 5000, "元"),
        ("出口额100万美元", "100万美元", "money", 1_000_000, 1_000_000, "美元"),
        ("给予5到10万元", "5到10万元", "money", 50_000, 100_000, "元"),
        ("给予5万元至10万元", "5万元至10万元", "money", 50_000, 100_000, "元"),
        ("给予5—10万元", "5—10万元", "money", 50_000, 100_000, "元"),
        ("最高200万元", "200万元", "money", None, 2_000_000, "元"),
        ("单车不超5万元", "5万元", "money", None, 50_000, "元"),
        ("30万元封顶", "30万元", "money", None, 300_000, "元"),
        ("5亿元以上", "5亿元", "money", 500_000_000, None, "元"),
        ("不低于50%", "50%", "rate", 50, None, "%"),
        ("按不低于最低价标准的70%", "70%", "rate", 70, None, "%"),
        ("补助５０％", "５０％", "rate", 50, 50, "%"),
        ("按5‰补助", "5‰", "rate", 0.5, 0.5, "%"),
        ("六五折优惠", "六五折", "rate", 65, 65, "%"),
        ("八折优惠", "八折", "rate", 80, 80, "%"),
        ("打8.5折", "8.5折", "rate", 85, 85, "%"),
        ("减半征收", "减半", "rate", 50, 50, "%"),
        ("利率的一半", "一半", "rate", 50, 50, "%"),
        ("全额补助", "全额", "rate", 100, 100, "%"),
        ("百分之三十", "百分之三十", "rate", 30, 30, "%"),
        ("三分之二", "三分之二", "rate", 66.67, 66.67, "%"),
        ("贴息2个百分点", "2个百分点", "rate", 2, 2, "%"),
        ("占地20亩", "20亩", "area", 20, 20, "亩"),
        ("80万平方米", "80万平方米", "area", 800_000, 800_000, "平方米"),
        ("1.3万头猪", "1.3万头", "count", 13_000, 13_000, "头"),
        ("年满60周岁", "60周岁", "count", 60, None, "周岁"),
        ("用气400立方米", "400立方米", "count", 400, 400, "立方米"),
        ("连续两年", "两年", "duration", None, None, ""),
        ("自2024年5月1日", "2024年5月1日", "date", None, None, ""),
        ("2024—2027年", "2024—2027年", "date", None, None, ""),
    ],
)
def test_a_number_is_read(
    text: str, words: str, dimension: str, low: float | None, high: float | None, unit: str
) -> None:
    found = _only(text)
    assert (found.text, found.dimension) == (words, dimension)
    assert (found.low, found.high, found.unit) == (low, high, unit)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text", ["", "三农", "一批", "第三产业", "二人转", "统一", "万元", "．％～"]
)
def test_words_are_no_numbers(text: str) -> None:
    assert find_quantities(text) == ()


def test_a_ratio_is_one_number_and_no_money() -> None:
    found = _only("按6:4分享")
    assert (found.text, found.dimension) == ("6:4", "count")


def test_a_name_with_a_letter_is_a_count() -> None:
    assert _only("沿G60走廊").dimension == "count"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("奖励最高200万元", "最高200万元"),
        ("补助不低于50%", "不低于50%"),
        ("补助1000元以上", "1000元以上"),
        ("补助1000元", "1000元"),
    ],
)
def test_the_words_that_bound_a_number_belong_to_it(text: str, words: str) -> None:
    bound = with_bound(text, _only(text))
    assert bound.text == text[bound.start : bound.end] == words


def test_half_width_keeps_every_offset() -> None:
    assert half_width("５０．５％～〇") == "50.5%~零"


@pytest.mark.parametrize(
    ("text", "value"), [("二十", 20), ("十", 10), ("一百零五", 105), ("甲", None), ("", None)]
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert chinese_number(text) == value
