from pathlib import Path

import pytest

from corpus.benefits.extract import Benefit, find_benefits
from corpus.benefits.rules import BENEFIT_KINDS, benefit_rules
from corpus.errors import UsageError
from tests.support import bare_measure

_ONE_OF_EACH = {
    "奖励": "对首次上规的企业，给予10万元奖励。",
    "补助": "养老机构按设备投入的30%给予补助。",
    "补贴": "农户购置烘干机，每台补贴2万元。",
    "贴息": "企业获得专项贷款的，按利率的50%给予贴息。",
    "税收优惠": "残疾人就业企业免征城镇土地使用税。",
    "费用减免": "入驻园区的团队免收租金两年。",
    "融资支持": "符合条件的创业者可申请最高30万元创业担保贷款。",
    "用地保障": "对A类企业优先保障用地指标。",
    "用能保障": "有序用电期间，优先保障A类企业用电。",
    "人才支持": "博士可直接申报高级职称。",
    "采购支持": "对小微企业报价给予20%的价格扣除。",
    "资格/优先": "获评企业同等条件下优先推荐参评。",
    "其他": "为小微企业免费提供质量诊断。",
}


def _found(text: str) -> tuple[Benefit, ...]:
    return find_benefits(bare_measure(text))


def _amounts(text: str) -> list[str | None]:
    return [b.amount.text if b.amount else None for b in _found(text)]


def test_there_is_an_example_of_every_kind() -> None:
    assert tuple(_ONE_OF_EACH) == BENEFIT_KINDS


@pytest.mark.parametrize(("kind", "text"), _ONE_OF_EACH.items())
def test_each_kind_is_found(kind: str, text: str) -> None:
    assert [b.kind for b in _found(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("一次性奖励企业10万元。", ["10万元"]),
        ("硕士可申领最高15万元购房补贴。", ["最高15万元"]),
        ("对获评的饭店，分别给予100万元和50万元奖励。", ["100万元", "50万元"]),
        ("一等奖10万元、二等奖5万元。", ["10万元", "5万元"]),
        ("奖励标准为：国家级50万元；省级20万元。", ["50万元", "20万元"]),
        ("救助标准由每年1万元提高到2万元。", ["2万元"]),
        ("营收增长10%—20%的奖励5万元。", ["5万元"]),
        ("首年全额、第二年减半给予租金补贴。", ["全额", "减半"]),
        ("每亩补助300元，山区增加50元。", ["300元", "50元"]),
        ("给予10万元奖励；获评国家级的再给予20万元。", ["10万元", "20万元"]),
        ("奖励二百万元。", ["二百万元"]),
    ],
)
def test_every_amount_of_a_grant_is_found(text: str, amounts: list[str]) -> None:
    assert _amounts(text) == amounts


def test_a_cap_stands_beside_a_rate_and_is_no_benefit_of_its_own() -> None:
    (found,) = _found("按投资额的10%给予补助，单个企业每年补助不超过300万元。")
    assert found.cap is not None
    assert (found.cap.high, found.amount and found.amount.high) == (3_000_000, 10)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("博士每人每月补贴2000元。", "人·月"),
        ("按8万元/亩给予补助。", "亩"),
        ("每吨标准煤奖励400元。", "吨标准煤"),
        ("一次性奖励10万元。", None),
    ],
)
def test_what_an_amount_is_counted_by(text: str, per: str | None) -> None:
    assert [b.per for b in _found(text)] == [per]


def test_a_list_of_groups_gets_a_list_of_amounts() -> None:
    found = _found("博士、硕士分别按每月2000元、1000元发放租房补贴。")
    assert [(b.who, b.amount and b.amount.low) for b in found] == [("博士", 2000), ("硕士", 1000)]


def test_a_list_of_levels_gets_a_list_of_amounts() -> None:
    found = _found("对新认定的国家级、省级技术中心，分别给予50万元、30万元奖励。")
    assert [(b.who, b.condition) for b in found] == [
        ("技术中心", "新认定，国家级"),
        ("技术中心", "新认定，省级"),
    ]


@pytest.mark.parametrize(
    ("text", "who", "condition"),
    [
        ("对符合条件的企业给予奖励。", "企业", "符合条件"),
        ("企业获得专项贷款的，给予贴息。", "企业", "获得专项贷款"),
        ("在院线公映的电影，按每部10万元奖励。", "电影", "在院线公映"),
        ("对新开辟的航线，给予船公司每航次6万元补助。", "船公司", "新开辟，航线"),
        ("2024年1月1日至6月30日期间，企业新增设备的，给予补助。", "企业", "新增设备"),
        ("对列入《鼓励进口目录》的设备，给予补助。", "设备", "列入《鼓励进口目录》"),
    ],
)
def test_the_group_and_its_condition(text: str, who: str, condition: str) -> None:
    (found,) = _found(text)
    assert (found.who, found.condition) == (who, condition)


def test_a_group_goes_on_behind_a_semicolon() -> None:
    found = _found("企业自建海外仓的，补助30万元；首次获评省级的，奖励20万元。")
    assert [b.who for b in found] == ["企业", "企业"]


def test_what_is_only_striven_for_is_marked() -> None:
    (found,) = _found("争取符合条件的企业享受省级补贴。")
    assert found.sought


@pytest.mark.parametrize(
    "text",
    [
        "市财政统筹安排5000万元，用于补助企业。",
        "设立10亿元产业基金，支持企业发展。",
        "积极争取中央预算内资金2亿元。",
        "对骗取补助的企业，追回补助资金。",
        "对D类企业不予补助。",
        "与其他政策不重复享受。",
        "力争全年新增规上企业100家，增加值增长8%。",
        "逾期缴纳的企业，按20%收取滞纳金。",
    ],
)
def test_budgets_goals_and_denials_are_no_benefits(text: str) -> None:
    assert _found(text) == ()


def test_where_the_money_comes_from_does_not_take_a_grant_back() -> None:
    assert _amounts("对上规企业奖励10万元，所需资金由市财政统筹安排。") == ["10万元"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "。；\n", "给予", "奖励", "对对对", "给予给予奖励奖励", "按按%补助", "每每每元"),
        *(
            "对的给予奖励",
            "的，的，的",
            "、、、分别给予1元、2元奖励",
            "最高不超过最高",
            "⟦1⟧元奖励",
        ),
        "给予" * 500 + "1元奖励",
        "、".join(["1元"] * 200) + "奖励",
        "对" + "甲" * 2000 + "给予奖励",
    ],
)
def test_hostile_text_raises_nothing_and_quotes_are_literal(text: str) -> None:
    measure = bare_measure(text)
    for benefit in find_benefits(measure):
        assert 0 <= benefit.start <= benefit.end <= len(text)
        assert benefit.quote == text[benefit.start : benefit.end]


@pytest.mark.parametrize(
    "content", ["[", "trigger = 1", '[[trigger]]\nkind = "无"\npattern = ""', "[words]"]
)
def test_a_broken_rule_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=r"rules\.toml"):
        benefit_rules(file)
