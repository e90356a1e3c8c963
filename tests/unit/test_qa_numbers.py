import pytest

from corpus.records import Document
from index.text import fold
from qa.numerals import parse_number
from qa.understand import Understanding
from qa.years import find_years


@pytest.fixture(scope="module")
def understanding(documents: tuple[Document, ...]) -> Understanding:
    return Understanding(documents)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("28", 28),
        ("２８", 28),
        ("二十八", 28),
        ("十", 10),
        ("十二", 12),
        ("六十", 60),
        ("一百零三", 103),
        ("两百", 200),
        ("二〇二三", 2023),
        ("二零二四", 2024),
        ("九千九百九十九", 9999),
        ("零", 0),
        ("", None),
        ("几", None),
        ("²", None),
        ("2八x", None),
    ],
)
def test_numbers_are_read_in_every_spelling(text: str, number: int | None) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2023年研发补助", (2023,)),
        ("２０２４年的政策", (2024,)),
        ("23年研发补助多少", (2023,)),
        ("二〇二二年的奖励", (2022,)),
        ("二五年新增上市几家", (2025,)),
        ("二轮承包再延30年", ()),
        ("二零二四年预算", (2024,)),
        ("2024年比2023年多多少", (2023, 2024)),
        ("23和24年有什么不同", (2023, 2024)),
        ("做了15年", ()),
        ("做了15年的厂", ()),
        ("厂子开了20年，有补贴吗", ()),
        ("经营10年以上的企业", ()),
        ("新增2000亩用地", ()),
        ("今年和去年的奖励", ()),
        ("第23条", ()),
        ("给我2023万元", ()),
        ("编号120231号", ()),
    ],
)
def test_years_are_told_from_other_numbers(question: str, years: tuple[int, ...]) -> None:
    found = find_years(fold(question))
    assert found.named == years
    assert not found.beyond


@pytest.mark.parametrize("question", ["明年还有奖励吗", "后年的预算", "大前年发了多少"])
def test_relative_years_outside_any_document_are_beyond(question: str) -> None:
    found = find_years(question)
    assert found.beyond
    assert found.named == ()


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("第28条", (28,)),
        ("第２８条讲什么", (28,)),
        ("第二十八条", (28,)),
        ("第28、29条", (28, 29)),
        ("第28条和第29条", (28, 29)),
        ("第二十八和二十九条", (28, 29)),
        ("第28，29条", (28, 29)),
        ("第29条、第28条、第29条", (29, 28)),
        ("措施28讲什么", (28,)),
        ("政策第28条", (28,)),
        ("第28-30条", (28, 29, 30)),
        ("第28条到第30条讲什么", (28, 29, 30)),
        ("第 28 条", (28,)),
        ("第一条高速什么时候开工", ()),
        ("民营经济政策32条怎么落地", ()),
        ("第 28 条", (28,)),
        ("第99条", (99,)),
        ("有28条生产线", ()),
        ("28家企业", ()),
        ("第三产业", ()),
        ("政策28天到账吗", ()),
    ],
)
def test_clause_numbers_are_read_in_all_spellings(
    understanding: Understanding, question: str, clauses: tuple[int, ...]
) -> None:
    assert understanding.read(question).clauses == clauses


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", "empty"),
        (" \n　", "empty"),
        ("？！…", "empty"),
        ("\x00\x1b\u200b", "empty"),
        ("补", "too_short"),
        ("补贴", None),
        ("补" * 500, None),
        ("补" * 501, "too_long"),
    ],
)
def test_unusable_questions_are_told_by_their_problem(
    understanding: Understanding, raw: str, problem: str | None
) -> None:
    assert understanding.read(raw).problem == problem


def test_control_characters_are_dropped_and_line_breaks_become_spaces(
    understanding: Understanding,
) -> None:
    question = understanding.read("\ufeff海外仓\x00\n有\u202e扶持\ud800吗\t")
    assert question.raw == "海外仓 有扶持吗"


def test_procedural_details_are_recognised(understanding: Understanding) -> None:
    assert understanding.read("小升规奖励打哪个电话").details == ("phone",)
    assert "materials" in understanding.read("申请要准备什么材料").details
    assert understanding.read("小升规奖励多少").details == ()
