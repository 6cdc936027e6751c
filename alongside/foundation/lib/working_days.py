"""Counting working days: Monday to Friday, less public holidays.

The day of the event is day 0 and the due day is the Nth working day after it
(the common reading of the Victims' Code, which does not say how to count).
`closed` holds the public holidays; the caller says which apply.
"""

from collections.abc import Container
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, closed: Container[date]) -> bool:
    """Whether offices are open on the day."""
    return day.weekday() < SATURDAY and day not in closed


def add_working_days(start: date, days: int, closed: Container[date]) -> date:
    """The Nth working day after `start`, which may itself be any day.

    Raises ValueError when `days` is negative. Nought working days after a day is
    that day, open or not.
    """
    if days < 0:
        raise ValueError("Working days are counted forwards")
    day, left = start, days
    while left:
        day += ONE_DAY
        if is_working_day(day, closed):
            left -= 1
    return day


def working_days_between(start: date, end: date, closed: Container[date]) -> int:
    """How many working days lie after `start`, up to and including `end`.

    Nought when `end` is not after `start`. The inverse of `add_working_days`.
    """
    days = (end - start).days
    return sum(
        is_working_day(start + timedelta(days=ahead), closed)
        for ahead in range(1, days + 1)
    )
