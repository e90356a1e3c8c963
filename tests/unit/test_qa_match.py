"""Which measures fit a firm, and what hangs on which condition."""

from collections.abc import Callable
from datetime import date

import pytest

from corpus.records import Document
from qa.match import Match, MatchResult, match, match_to_json
from qa.profile import Profile, profile_from_text, vocabulary
from tests.support import AFTER_BOTH, D23, D24, DURING_2024

Matched = Callable[[str], MatchResult]


@pytest.fixture(scope="module")
def matched(documents: tuple[Document, ...]) -> Matched:
    return lambda text: match(documents, profile_from_text(text), DURING_2024)


def _of(result: MatchResult, measure_id: str) -> Match | None:
    return next((m for m in result.matches if m.measure.measure_id == measure_id), None)


def _verdict(result: MatchResult, measure_id: str) -> str | None:
    found = _of(result, measure_id)
    return found.verdict if found else None


@pytest.mark.parametrize(
    ("text", "number", "verdict"),
    [
        ("开了家物业公司，今年头一回上规", f"{D24}:28", "fits"),
        ("做低压电器的规上工厂，今年头一回上规", f"{D24}:28", "not_fits"),
        ("高新技术企业，想研发", f"{D24}:10", "fits"),
        ("养猪的，想贷款", f"{D23}:43", "fits"),
        ("养猪的，想贷款", f"{D24}:48", "possible"),
        ("村集体办民宿", f"{D24}:32", "fits"),
        ("开了家物业公司，今年头一回上规", f"{D24}:10", None),
        ("开了家物业公司，今年头一回上规", f"{D24}:50", None),
    ],
)
def test_what_a_firm_gets(matched: Matched, text: str, number: str, verdict: str | None) -> None:
    assert _verdict(matched(text), number) == verdict


def test_what_the_firm_meets_is_met_and_what_it_does_not_say_is_unknown(matched: Matched) -> None:
    found = _of(matched("开了家物业公司，今年头一回上规"), f"{D24}:28")
    assert found is not None
    states = {c.text: c.state for c in found.conditions}
    assert states["服务业企业"] == "met"
    assert states["首次实现“小升规”"] == "met"
    assert states["连续两年在统"] == "unknown"


def test_another_trade_is_unmet(matched: Matched) -> None:
    found = _of(matched("做低压电器的规上工厂，今年头一回上规"), f"{D24}:28")
    assert found is not None
    assert ("服务业", "unmet") in {(c.text, c.state) for c in found.conditions}
    assert found.would_help == ()


def test_a_rank_that_is_not_stated_makes_a_benefit_possible_only(matched: Matched) -> None:
    found = _of(matched("我要研发补助"), f"{D24}:9")
    assert found is not None and found.verdict == "possible"
    assert "科技领军企业" in found.would_help


@pytest.mark.parametrize("text", ["", "今天天气怎么样", "在虹桥镇", "2019年成立的"])
def test_a_profile_that_says_nothing_matches_nothing(matched: Matched, text: str) -> None:
    assert matched(text).matches == ()


def test_what_fits_comes_first_and_what_does_not_last(documents: tuple[Document, ...]) -> None:
    order = ["fits", "possible", "not_fits"]
    for need in vocabulary()["needs"]:
        found = match(documents, Profile(needs=(need,)), DURING_2024).matches
        places = [(order.index(m.verdict), -m.score) for m in found]
        assert places == sorted(places)


def test_every_need_finds_something_somewhere(documents: tuple[Document, ...]) -> None:
    empty = {
        need
        for need in vocabulary()["needs"]
        if not match(documents, Profile(needs=(need,)), DURING_2024).matches
    }
    assert empty == set()


def test_only_measures_match_and_each_once(documents: tuple[Document, ...]) -> None:
    profile = Profile(industry=("制造业",), needs=("研发", "用地", "融资"))
    found = match(documents, profile, DURING_2024).matches
    assert {m.measure.kind for m in found} == {"measure"}
    assert len({m.measure.measure_id for m in found}) == len(found)


def test_benefits_and_helpful_qualifications_come_from_text_and_vocabulary(
    documents: tuple[Document, ...],
) -> None:
    texts = {d.document_id: d.text for d in documents}
    for need in vocabulary()["needs"]:
        for found in match(documents, Profile(needs=(need,)), DURING_2024).matches:
            text = texts[found.entry.document_id]
            assert all(text[b.start : b.end] == b.quote for b in found.benefits)
            assert set(found.would_help) <= set(vocabulary()["qualifications"])


def test_the_day_changes_validity_and_nothing_else(documents: tuple[Document, ...]) -> None:
    profile = Profile(needs=("研发",))
    during, after = (match(documents, profile, day) for day in (DURING_2024, AFTER_BOTH))
    assert [m.measure for m in during.matches] == [m.measure for m in after.matches]
    assert {m.validity for m in during.matches} == {"draft", "expired"}
    assert {m.validity for m in after.matches} == {"expired"}


def test_the_same_profile_matches_the_same(documents: tuple[Document, ...]) -> None:
    profile = Profile(industry=("电气",), size="规上", needs=("研发",))
    day = date(2024, 1, 1)
    assert match(documents, profile, day) == match(documents, profile, day)


def test_json_holds_what_was_found(matched: Matched) -> None:
    result = matched("开了家物业公司，今年头一回上规")
    written = match_to_json(result, ["一"])
    assert written["as_of"] == DURING_2024.isoformat()
    assert written["profile"]["needs"] == ["小升规"]
    assert [m["measure_id"] for m in written["matches"]] == [
        m.measure.measure_id for m in result.matches
    ]
    assert written["notices"] == ["一"]


def test_words_that_do_not_stand_in_one_piece_have_no_offsets(
    documents: tuple[Document, ...],
) -> None:
    texts = {d.document_id: d.text for d in documents}
    result = match(documents, Profile(industry=("制造业",), needs=("研发",)), DURING_2024)
    for found in match_to_json(result)["matches"]:
        for condition in found["conditions"]:
            start, end = condition["start"], condition["end"]
            assert (start is None) == (end is None)
            if start is not None:
                assert texts[found["document_id"]][start:end] == condition["text"]
