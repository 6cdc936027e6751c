"""Calendar months, as time limits for rights are counted.

A month runs from the day of receipt to the same day of the next month; where that
month has no such day, to its last. A last day that is no working day moves to the
next that is (the Information Commissioner's guidance on time limits).
"""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta

from alongside.foundation.lib.working_days import is_working_day

MONTHS = 12


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month.

    Raises ValueError when `months` is negative.
    """
    if months < 0:
        raise ValueError("Months are counted forwards")
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def answer_by(start: date, *, months: int, closed: Container[date]) -> date:
    """The last day on which an answer is in time.

    `closed` are the public holidays that apply. That an office is shut moves nothing.
    """
    day = add_months(start, months)
    while not is_working_day(day, closed):
        day += timedelta(days=1)
    return day


def extend_by(
    start: date, *, months: int, further: int, closed: Container[date]
) -> date:
    """The last day after an extension: counted from the start, not from the first."""
    return answer_by(start, months=months + further, closed=closed)
