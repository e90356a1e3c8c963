import pytest

from corpus.benefits.roles import ROLES, number_roles
from tests.support import bare_measure


def _roles(text: str) -> list[tuple[str, str]]:
    return [(n.quantity.text, n.role) for n in number_roles(bare_measure(text))]


_CASES = [
    ("给予10万元奖励。", [("10万元", "benefit")]),
    ("按投资额的10%给予补助，单个项目最高300万元。", [("10%", "benefit"), ("300万元", "benefit")]),
    ("对营收1亿元以上的企业奖励10万元。", [("1亿元", "condition"), ("10万元", "benefit")]),
    ("企业连续两年在库的，奖励5万元。", [("两年", "condition"), ("5万元", "benefit")]),
    ("购买2.0升以下车辆的个人，给予1万元补贴。", [("2.0升", "condition"), ("1万元", "benefit")]),
    ("统筹安排5亿元，其中农业2亿元。", [("5亿元", "budget"), ("2亿元", "budget")]),
    ("力争新增规上企业100家、增加值增长8%。", [("100家", "target"), ("8%", "target")]),
    ("盘活存量用地500亩。", [("500亩", "area")]),
    ("2024年1-6月完成改造。", [("2024年", "date"), ("1-6月", "date")]),
    ("建设228国道，办好“12345”热线。", [("228", "label"), ("12345", "label")]),
    ("申请人年龄不超过45周岁。", [("45周岁", "condition")]),
    ("审批时限压缩至3个工作日。", [("3个工作日", "target")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "roles"), _CASES)
def test_the_role_of_every_number(text: str, roles: list[tuple[str, str]]) -> None:
    assert _roles(text) == roles


def test_there_is_a_case_of_every_role() -> None:
    assert {role for _, roles in _CASES for _, role in roles} == set(ROLES)


def test_a_budget_is_never_money_for_the_asker() -> None:
    assert ("5000万元", "budget") in _roles("每年安排5000万元专项资金，用于奖励企业。")
