from dataclasses import replace
from datetime import date

import pytest

from corpus.catalog import load_catalog
from corpus.records import CatalogEntry
from qa.compose import notices
from qa.validity import Validity, validity

_DRAFT, _ISSUED = load_catalog()


def test_the_two_documents_are_a_draft_and_an_issued_one() -> None:
    assert (_DRAFT.status, _ISSUED.status) == ("征求意见稿", "正式印发")


@pytest.mark.parametrize(
    ("entry", "day", "expected"),
    [
        (_DRAFT, date(2023, 12, 31), "draft"),
        (_DRAFT, date(2024, 1, 1), "draft"),
        (_DRAFT, date(2024, 12, 31), "draft"),
        (_DRAFT, date(2025, 1, 1), "expired"),
        (_ISSUED, date(2022, 12, 31), "not_yet"),
        (_ISSUED, date(2023, 1, 1), "in_force"),
        (_ISSUED, date(2023, 12, 31), "in_force"),
        (_ISSUED, date(2024, 1, 1), "expired"),
        (replace(_ISSUED, term_end=None), date(2030, 1, 1), "unknown"),
        (replace(_ISSUED, term_start=None, issued=None), date(2023, 6, 1), "unknown"),
        (replace(_ISSUED, term_start=None), date(2023, 4, 2), "not_yet"),
        (replace(_ISSUED, term_start=None), date(2023, 4, 3), "in_force"),
        (replace(_DRAFT, term_start=None, term_end=None), date(2030, 1, 1), "draft"),
    ],
)
def test_validity_follows_status_and_term(
    entry: CatalogEntry, day: date, expected: Validity
) -> None:
    assert validity(entry, day) == expected


@pytest.mark.parametrize(
    ("entry", "day", "parts"),
    [
        (_DRAFT, date(2024, 6, 1), ["征求意见稿", "未载明已正式印发", "不能作为办理依据"]),
        (_DRAFT, date(2025, 6, 1), ["征求意见稿", "2024-12-31届满", "2025-06-01"]),
        (_ISSUED, date(2024, 6, 1), ["乐政发〔2023〕6号", "2023-12-31届满", "2024-06-01"]),
        (_ISSUED, date(2022, 6, 1), ["尚未开始施行"]),
        (replace(_ISSUED, term_end=None), date(2024, 6, 1), ["未载明有效期"]),
    ],
)
def test_a_notice_says_why_a_document_is_no_basis(
    entry: CatalogEntry, day: date, parts: list[str]
) -> None:
    [notice] = notices([entry], day)
    assert [part for part in parts if part not in notice] == []
    assert entry.title in notice
    assert "\n" not in notice


def test_a_document_in_force_needs_no_notice() -> None:
    assert notices([_ISSUED], date(2023, 6, 1)) == ()


def test_each_document_has_one_notice_in_order() -> None:
    found = notices([_ISSUED, _DRAFT], date(2026, 1, 1))
    assert [_ISSUED.title in found[0], _DRAFT.title in found[1]] == [True, True]
    assert len(found) == 2
