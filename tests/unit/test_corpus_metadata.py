import dataclasses
from datetime import date

import pytest

from corpus.metadata.dates import date_of_name, find_dates, years_later
from corpus.metadata.front import _place
from corpus.metadata.propose import propose
from corpus.records import Document
from corpus.structure.numerals import to_int, year_to_int
from tests.support import D23, D24

_LETTER = "海门市人民政府关于印发海门市人才政策的通知\n海政发〔2024〕3号\n各镇人民政府：\n"


def _end(sentence: str) -> date | None:
    return propose(f"海门市人才若干措施\n一、甲。乙。\n{sentence}\n", "").term_end.value


def _start(sentence: str) -> date | None:
    return propose(f"海门市人才若干措施\n一、甲。乙。\n{sentence}\n", "").term_start.value


def test_the_shipped_documents_propose_their_own_catalog(documents: tuple[Document, ...]) -> None:
    for document in documents:
        entry = document.entry
        found = propose(document.text, entry.file)
        assert found.title.value == entry.title
        assert found.number.value == entry.number
        assert found.issuer.value == entry.issuer
        assert found.region.value == entry.region
        assert found.issued.value == entry.issued
        assert found.status == entry.status
        assert (found.term_start.value, found.term_end.value) == (entry.term_start, entry.term_end)
        assert found.term_end.quote == entry.term_quote
        assert found.year.value == entry.year
        assert found.withdrawn.value is None
    assert {d.document_id for d in documents} == {D23, D24}


def test_what_is_not_stated_stays_none_with_its_reason() -> None:
    found = propose("", "")
    for field in dataclasses.fields(found):
        item = getattr(found, field.name)
        assert (item.value, item.confidence, item.reason) == (None, None, "not_stated")
    assert found.status == "未载明"


def test_a_file_name_gives_guesses_only() -> None:
    found = propose("没有标题的文字。", "人才政策（征求意见稿）2024-03-01.txt")
    assert found.title.confidence == found.issued.confidence == found.stage.confidence == "guessed"
    assert found.issued.value == date(2024, 3, 1)
    assert found.title.line is None
    assert found.status == "征求意见稿"


def test_a_number_within_the_text_is_another_documents() -> None:
    text = (
        "海门市人才若干措施\n根据《省人才政策》（浙政发〔2023〕1号），制定本措施。\n一、甲。乙。\n"
    )
    assert propose(text, "").number.value is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("海政发〔2024〕3号", "海政发〔2024〕3号"),
        ("海政办发[2024]15号", "海政办发[2024]15号"),
        ("（海财企〔2024〕 7 号）", "海财企〔2024〕7号"),
        ("海政发〔2024〕3号　　签发人：王某", "海政发〔2024〕3号"),
    ],
)
def test_numbers_of_documents(line: str, number: str) -> None:
    text = f"海门市人民政府文件\n{line}\n海门市人民政府关于人才工作的意见\n一、甲。乙。\n"
    assert propose(text, "").number.value == number


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("本措施自2024年4月1日起施行，有效期2年。", date(2024, 4, 1), date(2026, 3, 31)),
        ("本措施自2024年4月1日起施行，有效期为五年。", date(2024, 4, 1), date(2029, 3, 31)),
        ("本措施自2024年2月29日起施行，有效期1年。", date(2024, 2, 29), date(2025, 2, 27)),
        ("本办法自二〇二四年三月一日起实施。", date(2024, 3, 1), None),
        ("本办法自２０２４年３月１日起实施。", date(2024, 3, 1), None),
        ("本政策有效期至2025年12月31日。", None, date(2025, 12, 31)),
        ("本政策有效期自2024年1月1日至2025年12月31日。", date(2024, 1, 1), date(2025, 12, 31)),
        ("本政策自2024年1月1日起至2024年12月31日止。", date(2024, 1, 1), date(2024, 12, 31)),
        ("以上政策均为2024年全年实施有效。", date(2024, 1, 1), date(2024, 12, 31)),
        ("本细则自2024年5月1日起试行，试行期一年。", date(2024, 5, 1), date(2025, 4, 30)),
        ("申请人的资格证书有效期至2025年12月31日。", None, None),
        ("项目自2024年1月1日起施行改造。", None, None),
    ],
)
def test_terms(sentence: str, start: date | None, end: date | None) -> None:
    assert (_start(sentence), _end(sentence)) == (start, end)


def test_a_term_since_issue_needs_the_day_of_issue() -> None:
    unknown = propose("海门市人才若干措施\n一、甲。乙。\n本措施自印发之日起施行，有效期2年。", "")
    assert unknown.term_start.reason == unknown.term_end.reason == "start_unknown"
    assert unknown.term_end.quote == "本措施自印发之日起施行，有效期2年。"
    signed = "\n海门市人民政府\n2024年3月1日\n"
    known = propose(
        "海门市人才若干措施\n一、甲。乙。\n本措施自印发之日起30日后施行，有效期2年。" + signed, ""
    )
    assert (known.term_start.value, known.term_start.confidence) == (date(2024, 3, 31), "guessed")
    assert (known.term_end.value, known.term_end.confidence) == (date(2026, 3, 30), "guessed")


@pytest.mark.parametrize(
    ("title", "stage", "status"),
    [
        ("海门市人才若干措施（征求意见稿）", "征求意见稿", "征求意见稿"),
        ("海门市人才管理办法（试行）", "试行", "正式印发"),
        ("海门市人才管理暂行办法", "暂行", "正式印发"),
        ("海门市人才管理办法", None, "未载明"),
    ],
)
def test_stages_of_a_title(title: str, stage: str | None, status: str) -> None:
    found = propose(f"{title}\n第一条　为了人才，制定本办法。\n", "")
    assert (found.stage.value, found.status) == (stage, status)


def test_a_number_states_that_a_document_is_issued_and_a_signature_suggests_it() -> None:
    assert propose(_LETTER + "一、甲。乙。\n", "").stage.confidence == "stated"
    signed = "海门市人才若干措施\n一、甲。乙。\n海门市人民政府\n2024年3月1日\n"
    assert propose(signed, "").stage.confidence == "guessed"


def test_a_title_is_that_of_the_document_and_not_of_its_covering_letter() -> None:
    text = (
        "海门市人民政府关于印发《海门市人才管理办法》的通知\n海政发〔2024〕3号\n各镇人民政府：\n"
        "现将《海门市人才管理办法》印发给你们。\n海门市人民政府\n2024年3月1日\n"
        "海门市人才管理办法\n第一条　为了人才，制定本办法。\n"
    )
    assert propose(text, "").title.value == "海门市人才管理办法"
    only_letter = "海门市人民政府关于印发《海门市人才管理办法》的通知\n一、甲。乙。\n"
    assert propose(only_letter, "").title.value == "海门市人才管理办法"


def test_ending_other_documents_is_no_withdrawal() -> None:
    other = propose("海门市人才办法\n第一条　本办法施行后，《旧办法》同时废止。\n", "")
    assert other.withdrawn.value is None
    assert other.repeals.value == ("旧办法",)
    assert propose("海门市人才办法（已废止）\n第一条　为了人才。\n", "").withdrawn.value is True
    assert (
        propose("海门市人才办法\n本文件已废止。\n第一条　为了人才。\n", "").withdrawn.value is True
    )


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("温州市鹿城区人民政府", "鹿城区"),
        ("上海市市场监管局", "上海市"),
        ("景德镇市财政局", "景德镇市"),
        ("广西壮族自治区人民政府", "广西壮族自治区"),
        ("全市民营经济", None),
        ("财政部", None),
    ],
)
def test_places(name: str, place: str | None) -> None:
    assert _place(name) == place


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("一百零三", 103),
        ("一千二百六十", 1260),
        ("１２", 12),
        ("⑫", 12),
        ("⑴", 1),
        ("（3）", 3),
        ("二三", None),
        ("甲", None),
        ("", None),
    ],
)
def test_numerals(numeral: str, number: int | None) -> None:
    assert to_int(numeral) == number


def test_dates() -> None:
    text = "二○二四年十二月三十一日至2025年 1月 1日，2024年2月30日不存在"
    assert [found.day for found in find_dates(text)] == [date(2024, 12, 31), date(2025, 1, 1)]
    assert year_to_int("二〇二四") == 2024
    assert year_to_int("二四") is None
    assert years_later(date(2024, 1, 1), 1) == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("政策20240301", date(2024, 3, 1)),
        ("政策2024.3.1", date(2024, 3, 1)),
        ("2024年3月1日政策", date(2024, 3, 1)),
        ("政策2024", None),
        ("政策20241301", None),
    ],
)
def test_dates_of_file_names(name: str, day: date | None) -> None:
    assert date_of_name(name) == day
