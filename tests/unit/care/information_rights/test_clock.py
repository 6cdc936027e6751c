"""Calendar months, as time limits for rights are counted."""

from datetime import date

import pytest

from alongside.care.information_rights.rules import add_months, answer_by, extend_by

NEVER: frozenset[date] = frozenset()


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 9, 3), 1, date(2026, 10, 3)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 5, 9), 0, date(2026, 5, 9)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_there_is(start, months, end):
    assert add_months(start, months) == end


def test_months_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_months(date(2026, 1, 1), -1)


def test_a_last_day_that_is_no_working_day_moves_to_the_next():
    # 3 October 2026 is a Saturday; 25 and 28 December 2026 are public holidays.
    assert answer_by(date(2026, 9, 3), months=1, closed=NEVER) == date(2026, 10, 5)
    closed = {date(2026, 12, 25), date(2026, 12, 28)}
    assert answer_by(date(2026, 11, 25), months=1, closed=closed) == date(2026, 12, 29)


def test_an_extension_counts_from_the_start():
    end = extend_by(date(2026, 8, 31), months=1, further=2, closed=NEVER)
    assert end == date(2026, 11, 30)
