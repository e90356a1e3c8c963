"""Whatever is typed or combined: profiles, matches, parts, differences, spans."""

import re
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.benefits.quantities import find_quantities
from corpus.records import Document, Measure
from index.static import StaticEncoder
from qa.compare import compare
from qa.difference import find_difference
from qa.facts import difference, facts
from qa.match import match
from qa.parts import split
from qa.profile import Profile, profile_from_json, profile_from_text, profile_to_json, vocabulary
from qa.special import Specials
from qa.understand import Understanding
from tests.strategies import questions
from tests.support import DURING_2024

_SCALES = {"": 1, "千": 1000, "万": 10**4, "亿": 10**8}
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*([千万亿]?)")
# From here a float has no six exact places left.
_ROUNDED = 2**32
_OWNERS = [
    *("我们", "厂", "做电器", "规上", "没上规", "头一回上规", "养猪", "在", "虹桥镇", "2019年成立"),
    *(
        "想贷款",
        "不",
        "出口",
        "高新技术企业",
        "个体户",
        "，",
        "\x00",
        "\u202e",
        "😀",
        "％",
        "{{7*7}}",
    ),
]


def _sentences() -> st.SearchStrategy[str]:
    return st.one_of(questions(), st.lists(st.sampled_from(_OWNERS), max_size=10).map("".join))


def _profiles() -> st.SearchStrategy[Profile]:
    words = vocabulary()

    def some(name: str, most: int) -> st.SearchStrategy[tuple[str, ...]]:
        values = st.lists(st.sampled_from(words[name]), max_size=most, unique=True)
        return values.map(tuple)

    return st.builds(
        Profile,
        industry=some("industry", 3),
        size=st.sampled_from([None, *words["size"]]),
        qualifications=some("qualifications", 3),
        needs=some("needs", 3),
    )


def _literal(text: str) -> Decimal:
    """The number that a literal or a difference states, scaled; of a range the last one."""
    number, scale = _NUMBER.findall(text)[-1]
    return Decimal(number) * _SCALES[scale]


def _is_plain(text: str) -> bool:
    """Whether a literal is one number in digits: no 六五折, 1/3, 1:2."""
    return len(_NUMBER.findall(text)) == 1 and not re.search(r"[折成‰/:：百十]", text)


@given(text=_sentences())
def test_any_text_gives_a_profile_and_always_the_same(text: str) -> None:
    profile = profile_from_text(text)
    assert profile == profile_from_text(text)
    assert profile.location is None or profile.location in text


@given(text=_sentences())
def test_any_drawn_profile_can_be_written_and_read(text: str) -> None:
    profile = profile_from_text(text)
    assert profile_from_json(profile_to_json(profile)) == profile


@settings(max_examples=60)
@given(profile=_profiles())
def test_nothing_fits_with_an_unmet_condition(
    documents: tuple[Document, ...], profile: Profile
) -> None:
    for found in match(documents, profile, DURING_2024).matches:
        unmet = any(c.state == "unmet" for c in found.conditions)
        assert unmet == (found.verdict == "not_fits")


@settings(max_examples=60)
@given(profile=_profiles())
def test_every_span_of_a_match_is_verbatim(
    documents: tuple[Document, ...], profile: Profile
) -> None:
    texts = {d.document_id: d.text for d in documents}
    for found in match(documents, profile, DURING_2024).matches:
        text = texts[found.entry.document_id]
        spans = [(b.start, b.end, b.quote) for b in found.benefits]
        spans += [(c.start, c.end, c.text) for c in found.conditions if c.start >= 0]
        assert all(text[start:end] == words for start, end, words in spans)


@settings(max_examples=60)
@given(profile=_profiles())
def test_reasons_and_helpful_qualifications_are_of_the_vocabulary(
    documents: tuple[Document, ...], profile: Profile
) -> None:
    known = {value for values in vocabulary().values() for value in values}
    for found in match(documents, profile, DURING_2024).matches:
        assert {*found.reasons, *found.would_help} <= known
        assert not set(found.would_help) & set(profile.qualifications)


def test_every_number_is_verbatim_where_it_says(
    documents: tuple[Document, ...], measures: dict[str, Measure]
) -> None:
    texts = {d.document_id: d.text for d in documents}
    for measure in measures.values():
        for fact in facts(measure):
            quantity = fact.quantity
            assert texts[measure.document_id][quantity.start : quantity.end] == quantity.text


@given(text=questions() | _sentences())
def test_parts_come_from_the_question_in_its_order(text: str) -> None:
    letters = iter(c for c in text if c.isalnum())
    said = [c for part in split(text) for c in part.text if c.isalnum()]
    assert all(c in letters for c in said)
    assert len(split(text)) in (0, 2, 3, 4)


@given(
    sides=st.tuples(
        *[st.tuples(st.integers(0, 10**8), st.integers(0, 4), st.sampled_from("千万亿 "))] * 2
    ),
    unit=st.sampled_from(["元", "亩", "个", "人", "套"]),
)
def test_a_difference_is_that_of_the_literals(
    sides: tuple[tuple[int, int, str], ...], unit: str
) -> None:
    texts = [f"{Decimal(n).scaleb(-places):f}{scale.strip()}{unit}" for n, places, scale in sides]
    found = [find_quantities(text) for text in texts]
    assert [len(quantities) for quantities in found] == [1, 1]
    assume(all(map(_literal, texts)) and max(map(_literal, texts)) < _ROUNDED)
    told = difference(found[0][0], found[1][0])
    assert told is not None
    assert _literal(told) == _literal(texts[1]) - _literal(texts[0])


@pytest.mark.parametrize(("older", "newer"), [("70亿元", "77.615亿元"), ("60亿元", "64.1亿元")])
def test_so_is_one_of_large_sums(older: str, newer: str) -> None:
    [a], [b] = find_quantities(older), find_quantities(newer)
    assert _literal(difference(a, b) or "") == _literal(newer) - _literal(older)


def test_so_are_all_of_the_comparison(
    documents: tuple[Document, ...], encoder: StaticEncoder
) -> None:
    checked = 0
    for pair in (pair for row in compare(documents, encoder).rows for pair in row.numbers):
        if pair.older and pair.newer and pair.difference:
            older, newer = pair.older.quantity.text, pair.newer.quantity.text
            if _is_plain(older) and _is_plain(newer):
                checked += 1
                assert _literal(pair.difference) == _literal(newer) - _literal(older)
    assert checked > 30


@settings(max_examples=60)
@given(data=st.data())
def test_a_question_gets_the_difference_of_its_two_literals(
    documents: tuple[Document, ...], measures: dict[str, Measure], data: st.DataObject
) -> None:
    newer, older = documents
    subjects = sorted({f.what for m in measures.values() for f in facts(m) if len(f.what) > 3})
    asked = data.draw(st.sampled_from(subjects)) + "2024年比2023年多多少"
    order = data.draw(st.permutations(list(measures.values())))
    found = find_difference(Understanding(documents).read(asked), asked, order, older, newer)
    if found is None or found.older is None or found.newer is None or found.difference is None:
        return
    assert found.older.measure.document_id == older.document_id
    assert found.newer.measure.document_id == newer.document_id
    told = [f.quantity.text for f in (found.older, found.newer)]
    if all(map(_is_plain, told)):
        assert _literal(found.difference) == _literal(told[1]) - _literal(told[0])


@given(raw=questions() | _sentences())
def test_any_text_is_understood_or_is_no_special_question(
    documents: tuple[Document, ...], raw: str
) -> None:
    question = Understanding(documents).read(raw)
    measures = [m for d in documents for m in d.measures]
    special = Specials(documents).find(question, measures)
    assert special == Specials(documents).find(question, measures)


def test_long_input_takes_no_long_time(documents: tuple[Document, ...]) -> None:
    understanding = Understanding(documents)
    for word, size in product(
        ["第28条、", "镇", "建平台", "没有？", "，还有", "1-", "“"], [500, 5000]
    ):
        text = (word * size)[:size]
        understanding.read(text)
        split(text)
        profile_from_text(text)
