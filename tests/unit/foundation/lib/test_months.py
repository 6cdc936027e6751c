"""Whole months, worked out by hand."""

from datetime import date

import pytest

from alongside.foundation.lib.months import (
    a_year_before,
    is_whole_months,
    last_whole_month,
    months_on,
)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        ("2026-11-22", 0, "2026-11-01"),
        ("2026-11-22", 2, "2027-01-01"),
        ("2026-12-31", 1, "2027-01-01"),
        ("2026-01-31", -1, "2025-12-01"),
        ("2024-02-29", -12, "2023-02-01"),
        ("2026-03-15", -15, "2024-12-01"),
    ],
)
def test_months_on(day: str, months: int, found: str) -> None:
    assert months_on(date.fromisoformat(day), months) == date.fromisoformat(found)


def test_the_last_whole_month_is_over() -> None:
    assert last_whole_month(date(2026, 11, 30)) == date(2026, 11, 1)
    assert last_whole_month(date(2026, 12, 1)) == date(2026, 12, 1)
    assert a_year_before(date(2026, 12, 1)) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("since", "until", "whole"),
    [
        (date(2026, 4, 1), date(2026, 11, 1), True),
        (date(2026, 4, 1), date(2026, 12, 1), False),
        (date(2026, 4, 2), date(2026, 11, 1), False),
        (date(2026, 4, 1), date(2026, 10, 31), False),
    ],
)
def test_whole_months(since: date, until: date, *, whole: bool) -> None:
    assert is_whole_months(since, until, on=date(2026, 11, 22)) is whole
