"""今年, 去年, 两年: which years they mean on the day of asking."""

from datetime import date

import pytest

from qa.years import Years, find_years, resolve

_KNOWN = {2023, 2024}


def _resolved(question: str, day: date, known: set[int] = _KNOWN) -> tuple[int, ...]:
    return resolve(find_years(question), question, day, known).named


@pytest.mark.parametrize(
    ("question", "day", "years"),
    [
        ("今年的奖励", date(2024, 1, 1), (2024,)),
        ("今年的奖励", date(2024, 12, 31), (2024,)),
        ("今年的奖励", date(2023, 6, 1), (2023,)),
        ("去年的奖励", date(2024, 6, 30), (2023,)),
        ("去年的奖励", date(2025, 1, 1), (2024,)),
        ("上一年的奖励", date(2024, 6, 30), (2023,)),
        ("本年度的奖励", date(2024, 6, 30), (2024,)),
        ("今年和去年差多少", date(2024, 6, 30), (2023, 2024)),
        ("去年和今年哪个多", date(2024, 6, 30), (2023, 2024)),
        ("两年对比", date(2024, 6, 30), (2023, 2024)),
    ],
)
def test_relative_years_are_counted_from_the_day_of_asking(
    question: str, day: date, years: tuple[int, ...]
) -> None:
    assert _resolved(question, day) == years


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2019, 6, 30)])
@pytest.mark.parametrize("question", ["今年的奖励", "去年的奖励", "今年和去年"])
def test_years_without_a_document_are_not_named(question: str, day: date) -> None:
    assert _resolved(question, day) == ()


def test_of_two_years_only_that_at_hand_is_named() -> None:
    assert _resolved("今年比去年多多少", date(2025, 6, 30)) == (2024,)


def test_a_year_named_outright_wins() -> None:
    assert _resolved("今年第28条，2023年的", date(2024, 6, 30)) == (2023,)
    assert _resolved("去年比2024年多吗", date(2024, 6, 30)) == (2024,)


def test_a_question_without_a_year_names_none() -> None:
    assert _resolved("小升规奖励多少", date(2024, 6, 30)) == ()


def test_what_lies_beyond_stays_beyond() -> None:
    years = resolve(Years((), beyond=True), "明年和今年", date(2024, 6, 30), _KNOWN)
    assert years == Years((2024,), beyond=True)


def test_without_documents_no_year_is_named() -> None:
    assert _resolved("今年的奖励", date(2024, 6, 30), set()) == ()
