from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundation.lib.working_days import (
    add_working_days,
    is_working_day,
    working_days_between,
)
from alongside.foundation.reference.tables import CLOSED_DAYS

FRIDAY = date(2026, 6, 5)
DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2026, 6, 8)),
        (FRIDAY, 2, date(2026, 6, 9)),
        (date(2026, 6, 6), 1, date(2026, 6, 8)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 4, 2), 5, date(2026, 4, 13)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # over Christmas
        (date(2026, 12, 24), 5, date(2027, 1, 5)),
        (date(2022, 6, 1), 1, date(2022, 6, 6)),  # jubilee: two days moved together
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # a one-off day
        (date(2023, 5, 5), 2, date(2023, 5, 10)),
    ],
)
def test_counts_over_weekends_and_holidays(start, days, due):
    assert add_working_days(start, days, CLOSED_DAYS) == due


def test_does_not_count_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(FRIDAY, -1, CLOSED_DAYS)


def test_saturdays_sundays_and_holidays_are_not_working_days():
    week = [date(2026, 8, 24) + timedelta(days=ahead) for ahead in range(8)]

    assert [is_working_day(day, CLOSED_DAYS) for day in week] == [
        *(True, True, True, True, True, False, False, False)
    ]


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert working_days_between(FRIDAY, FRIDAY, ()) == 0
    assert working_days_between(FRIDAY, date(2026, 6, 1), ()) == 0


@given(start=DAYS, days=st.integers(1, 60))
def test_between_is_the_inverse_of_adding(start, days):
    due = add_working_days(start, days, CLOSED_DAYS)

    assert is_working_day(due, CLOSED_DAYS)
    assert working_days_between(start, due, CLOSED_DAYS) == days
    assert working_days_between(start, due - timedelta(days=1), CLOSED_DAYS) == days - 1
