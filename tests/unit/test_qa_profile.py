"""A firm's profile from a sentence, from JSON and from files."""

import json
from pathlib import Path

import pytest

from corpus.errors import MissingFileError, UsageError
from qa.profile import (
    Profile,
    general,
    profile_from_json,
    profile_from_text,
    profile_to_json,
    read_profile,
    terms,
    vocabulary,
)

_FIRM = Profile(("制造业", "电气"), "规上", ("高新技术企业",), "柳市镇", 2019, ("研发", "用地"))


def test_a_sentence_gives_what_it_says() -> None:
    text = "我们是做低压电器的规上企业，去年研发花了500万，想扩厂房"
    expected = Profile(("制造业", "电气"), "规上", (), None, None, ("研发", "用地"))
    assert profile_from_text(text) == expected


@pytest.mark.parametrize("text", ["", " ", "？", "今天天气怎么样", "我想问一下", "2024"])
def test_what_says_nothing_of_a_firm_gives_an_empty_profile(text: str) -> None:
    assert profile_from_text(text) == Profile()
    assert profile_from_text(text).is_empty


@pytest.mark.parametrize(
    ("text", "founded"),
    [
        ("2019年成立的软件公司", 2019),
        ("我们1998年创办", 1998),
        ("19年注册的", 2019),
        ("２０２１年刚成立", 2021),
        ("开了15年的厂", None),
        ("厂里有2019个工人", None),
    ],
)
def test_the_year_of_founding_is_told_from_other_numbers(text: str, founded: int | None) -> None:
    assert profile_from_text(text).founded == founded


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("规上企业", "规上"),
        ("还没上规", "规下"),
        ("规模以下工业", "规下"),
        ("小微企业", "小微"),
        ("街上的个体户", "个体"),
        ("一家公司", None),
    ],
)
def test_the_size_is_what_it_says(text: str, size: str | None) -> None:
    assert profile_from_text(text).size == size


def test_a_branch_brings_its_trade_and_replaces_services() -> None:
    assert profile_from_text("做继电器的").industry == ("制造业", "电气")
    assert profile_from_text("做服务业，开软件公司").industry == ("软件信息",)
    assert profile_from_text("物业公司").industry == ("服务业",)


@pytest.mark.parametrize("text", ["乐清经济开发区的企业", "虹桥镇办厂", "位于柳市镇", "在城东街道"])
def test_a_place_is_found_at_the_sentences_beginning(text: str) -> None:
    location = profile_from_text(text).location
    assert location is not None and not location.startswith(("在", "位于"))


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("我们在虹桥镇办厂", "虹桥镇"),
        ("公司位于乐清经济开发区", "乐清经济开发区"),
        ("我在网上看到镇里有补贴", None),
        ("听说虹桥镇有补贴", "虹桥镇"),
        ("我们是柳市镇的", "柳市镇"),
    ],
)
def test_a_place_holds_no_words_before_it(text: str, location: str | None) -> None:
    assert profile_from_text(text).location == location


@pytest.mark.parametrize(
    "text", ["我们不是规上企业", "没有高新技术企业资质", "我们不出口", "没有贷款"]
)
def test_what_is_denied_is_not_in_the_profile(text: str) -> None:
    assert profile_from_text(text).is_empty


def test_json_goes_back_and_forth() -> None:
    written = json.loads(json.dumps(profile_to_json(_FIRM)))
    assert profile_from_json(written) == _FIRM
    assert profile_from_json({}) == Profile()


def test_one_text_stands_for_a_list_and_values_count_once() -> None:
    assert profile_from_json({"needs": "研发"}).needs == ("研发",)
    assert profile_from_json({"needs": ["研发", "研发"]}).needs == ("研发",)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"x": 1}, "unknown fields"),
        ({"founded": "2019"}, "founded"),
        ({"founded": True}, "founded"),
        ({"founded": 1800}, "founded"),
        ({"size": "大"}, "no size '大'"),
        ({"size": ["规上", "规下"]}, "one value"),
        ({"needs": ["航天"]}, "no needs '航天'"),
        ({"needs": [1]}, "list of texts"),
        ({"industry": {}}, "list of texts"),
        ({"location": 3}, "location"),
    ],
)
def test_what_is_no_profile_is_refused(table: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        profile_from_json(table)


def test_toml_and_json_files_are_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    toml, plain = tmp_path / "firm.toml", tmp_path / "firm.json"
    toml.write_text('﻿industry = ["电气"]\nsize = "规上"\n', "utf-8")
    plain.write_text('{"industry": ["电气"], "size": "规上"}', "utf-8")
    assert read_profile(toml) == read_profile(plain) == Profile(("电气",), "规上")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.toml", b"industry = "),
        ("x.toml", b"\xff\xfe\x00"),
        ("x.json", b"{"),
        ("x.json", b"[1]"),
        ("x.json", b'"text"'),
        pytest.param("x.json", b"[" * 100_000, id="too deep"),
    ],
)
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UsageError, match=name):
        read_profile(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_profile(tmp_path / "none.toml")
    with pytest.raises(UsageError):
        read_profile(tmp_path)


def test_the_vocabulary_is_whole() -> None:
    assert {name: tuple(values) for name, values in terms().items()} == vocabulary()
    trades = vocabulary()["industry"]
    for term in terms()["industry"].values():
        assert set(term.within) <= set(trades)
    assert all(term.trade in (None, *trades) for term in terms()["needs"].values())
    assert general()["needs"] <= set(vocabulary()["needs"])
    assert general()["bodies"] <= set(vocabulary()["qualifications"])
