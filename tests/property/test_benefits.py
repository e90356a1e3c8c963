from hypothesis import given
from hypothesis import strategies as st

from corpus.benefits.extract import find_benefits
from corpus.benefits.quantities import find_quantities
from corpus.benefits.roles import ROLES, number_roles
from corpus.records import Measure

_PIECES = [
    *(
        "对",
        "的",
        "，",
        "、",
        "；",
        "。",
        "\n",
        "给予",
        "按",
        "每",
        "最高",
        "不超过",
        "分别",
        "企业",
    ),
    *("奖励", "补助", "补贴", "贴息", "免征", "税", "免收租金", "优先", "统筹安排", "争取", "农户"),
    *(
        "５",
        "0.5",
        "1,000",
        "万元",
        "亿",
        "元",
        "％",
        "‰",
        "折",
        "六五折",
        "三分之二",
        "百分之",
        "5:5",
    ),
    *(
        "2024年",
        "1-6月",
        "两年",
        "亩",
        "平方米",
        "至",
        "—",
        "~",
        "（含）",
        "以上",
        "“",
        "”",
        "《",
        "》",
    ),
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=80)


def _measure(text: str) -> Measure:
    none: tuple[str, ...] = ()
    return Measure(
        *("x:1", "x", "measure", 1, "", "", none, none, "none", text, 0, len(text), 0, len(text))
    )


@given(_TEXTS)
def test_numbers_are_literal_and_do_not_overlap(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.low is None or found.high is None or found.low <= found.high
        end = found.end


@given(_TEXTS)
def test_benefits_and_roles_are_literal(text: str) -> None:
    measure = _measure(text)
    for benefit in find_benefits(measure):
        assert benefit.quote == text[benefit.start : benefit.end]
        for amount in (benefit.amount, benefit.cap):
            assert amount is None or amount.text == text[amount.start : amount.end]
    for number in number_roles(measure):
        assert number.role in ROLES
        assert number.quantity.text == text[number.quantity.start : number.quantity.end]
