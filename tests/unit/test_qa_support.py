"""What a clause plainly states of what is asked; the budget sum for just what is asked."""

from collections.abc import Callable

import pytest

from corpus.benefits.extract import Benefit
from corpus.records import Document, Measure
from qa.facts import Fact
from qa.support import Support, find_support
from qa.totals import find_total
from qa.understand import Understanding
from tests.support import D23, D24

Supported = Callable[[str, str], Support]


@pytest.fixture(scope="module")
def understanding(documents: tuple[Document, ...]) -> Understanding:
    return Understanding(documents)


@pytest.fixture(scope="module")
def supported(understanding: Understanding, measures: dict[str, Measure]) -> Supported:
    return lambda text, best: find_support(understanding.read(text), measures[best])


@pytest.mark.parametrize(
    ("question", "best", "amount"),
    [
        ("服务业企业首次小升规奖励多少", f"{D24}:28", "5万元"),
        ("出口信用保险保费补助多少", f"{D24}:44", "50%"),
        ("出口信保保费补几成", f"{D24}:44", "50%"),
        ("研发投入后补助最高多少", f"{D24}:10", "200万元"),
    ],
)
def test_a_benefits_sum_is_stated(
    supported: Supported, question: str, best: str, amount: str
) -> None:
    stated = supported(question, best).stated
    assert isinstance(stated, Benefit) and stated.amount is not None
    assert amount in stated.amount.text


@pytest.mark.parametrize(
    ("question", "best", "number"),
    [
        ("首贷户目标多少", f"{D23}:17", "1000户"),
        ("海外仓要新增几个", f"{D24}:45", "1个"),
        ("铁皮石斛产值目标多少亿", f"{D24}:53", "60亿元"),
    ],
)
def test_a_target_is_stated(supported: Supported, question: str, best: str, number: str) -> None:
    stated = supported(question, best).stated
    assert isinstance(stated, Fact) and stated.quantity.text == number


def test_a_benefit_without_a_sum_is_named_where_the_sum_is_asked_for(supported: Supported) -> None:
    found = supported("科技特派员资金补助多少", f"{D24}:52")
    assert found.stated is None
    assert found.unstated is not None and "资金补助" in found.unstated.quote


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("服务业小升规奖励什么时候到账", f"{D24}:28"),  # a detail of procedure
        ("小升规奖励打哪个电话", f"{D24}:28"),
        ("奖励", f"{D24}:28"),  # says not what for
        ("机器人补贴多少", f"{D24}:28"),
        ("小升规奖励多少", f"{D24}:50"),
        ("小升规归谁管", f"{D24}:28"),
    ],
)
def test_nothing_is_claimed_for_anything_else(
    supported: Supported, question: str, best: str
) -> None:
    assert supported(question, best) == Support()


@pytest.mark.parametrize(
    ("question", "order", "number"),
    [
        ("2024年民生领域安排多少资金", [f"{D24}:58"], "6.84亿元"),
        ("学有优教安排多少", [f"{D24}:58"], "2.79亿元"),
        ("民生安排了多少资金", [f"{D23}:28", f"{D24}:58"], "6.84亿元"),
        ("消费券预算多少", [f"{D23}:34"], "4580万元"),
    ],
)
def test_the_sum_is_that_for_what_is_asked(
    understanding: Understanding,
    measures: dict[str, Measure],
    question: str,
    order: list[str],
    number: str,
) -> None:
    found = find_total(understanding.read(question), [measures[i] for i in order])
    assert found is not None and found.quantity.text == number


@pytest.mark.parametrize("question", ["小升规奖励多少", "火星基地预算多少", "预算多少", "资金安排"])
def test_no_sum_is_given_for_anything_else(
    understanding: Understanding, measures: dict[str, Measure], question: str
) -> None:
    assert find_total(understanding.read(question), list(measures.values())) is None
