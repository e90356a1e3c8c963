import pytest

from corpus.records import Document
from eval.questions import DEVELOPMENT, load_questions
from index.text import fold
from qa.places import Places, short


@pytest.fixture(scope="module")
def places(documents: tuple[Document, ...]) -> Places:
    return Places(documents)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("瑞安的海外仓补贴有多少", "瑞安"),
        ("杭州研发补助最高多少", "杭州"),
        ("上海南京的企业有奖励吗", "上海"),
        ("宁波海外仓怎么扶持", "宁波"),
        ("珠海人才购房补贴最高多少", "珠海"),
        ("温州今年要建几个老年食堂", "温州"),
        ("我在温州，开五金厂能拿补贴吗", "温州"),
        ("浙江省对小微企业贴息多少", "浙江省"),
    ],
)
def test_another_place_that_is_asked_about_is_found(
    places: Places, question: str, place: str
) -> None:
    assert places.other(question) == place


@pytest.mark.parametrize(
    "question",
    [
        "我在上海读完博士想回老家，有没有补贴",
        "从杭州回来创业有补贴吗",
        "乐清的企业去宁波参展有补助吗",
        "乐清和瑞安哪个好",
        "温州市的政策里研发补助多少",
        "浙江省里要求的人才补贴",
        "杭州户口能申请吗",
        "海外仓有扶持吗",
        "雁荡山旅游有什么措施",
        "服务业企业首次小升规有奖励吗",
    ],
)
def test_a_place_that_is_only_mentioned_is_none(places: Places, question: str) -> None:
    assert places.other(question) is None


def test_the_prefecture_citys_own_districts_are_another_place(places: Places) -> None:
    assert (places.other("温州市区的购房补贴") or "").startswith("温州")


def test_a_name_inside_two_others_is_no_place(places: Places) -> None:
    found = places.other("上海南京")
    assert found != "海南"
    assert places.other("海南的补贴") == "海南"


@pytest.mark.parametrize(
    ("place", "name"),
    [("乐清市", "乐清"), ("浙江省", "浙江"), ("吉县", "吉县"), ("永嘉县", "永嘉")],
)
def test_a_places_short_name_has_no_level_but_two_characters(place: str, name: str) -> None:
    assert short(place) == name


def test_no_question_of_ours_that_is_answerable_is_taken_for_another_place(places: Places) -> None:
    wrong = [
        (q.question, places.other(fold(q.question)))
        for q in load_questions(DEVELOPMENT)
        if q.answerable and places.other(fold(q.question))
    ]
    assert wrong == []
