import pytest

from corpus.records import Document
from qa.units import UnitNames


@pytest.fixture(scope="module")
def names(documents: tuple[Document, ...]) -> UnitNames:
    return UnitNames(documents)


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("市残联", "市残联"),
        ("残联负责哪些工作", "市残联"),
        ("人社局牵头什么", "市人力社保局"),
        ("人力社保局", "市人力社保局"),
        ("体育中心负责哪条", "市体育事业发展中心"),
        ("公安参与哪些", "市公安局"),
        ("组织部负责哪些", "市委组织部〈市委人才办〉"),
        ("宣传部牵头什么", "市委宣传部"),
        ("人才办", "市委组织部〈市委人才办〉"),
        ("供销社", "市供销社"),
        ("海关", "温州海关乐清办事处"),
        ("文旅局负责什么", "市文化和广电旅游体育局"),
    ],
)
def test_a_short_name_finds_its_unit(names: UnitNames, said: str, unit: str) -> None:
    assert unit in names.named(said)


@pytest.mark.parametrize("said", ["", "局", "今天天气怎么样", "补贴多少"])
def test_what_names_no_unit_finds_none(names: UnitNames, said: str) -> None:
    assert names.named(said) == ()


def test_every_unit_is_found_by_its_full_name(
    names: UnitNames, documents: tuple[Document, ...]
) -> None:
    for unit in {u for d in documents for m in d.measures for u in m.units}:
        assert unit in names.named(unit)


def test_a_full_name_finds_no_other_unit(names: UnitNames) -> None:
    assert names.named("市财政局负责哪些条目") == ("市财政局",)
    assert names.named("市金融工作服务中心") == ("市金融工作服务中心",)
