"""Whole months: what is counted for others begins and ends with one.

Of two times that differ by a day the difference would be the counts of that day, and
of a time that ends today, looked at again tomorrow, so it would be: one person's.
"""

from datetime import date

MONTHS = 12


def months_on(day: date, months: int) -> date:
    """The first day of the month that is so many months from a day's; before it, where
    they are fewer than none."""
    place = day.year * MONTHS + day.month - 1 + months
    return date(place // MONTHS, place % MONTHS + 1, 1)


def last_whole_month(on: date) -> date:
    """Where the last whole month before a day ends: the first day after it."""
    return months_on(on, 0)


def a_year_before(until: date) -> date:
    """The first day of twelve whole months that end before a first day of a month."""
    return months_on(until, -MONTHS)


def is_whole_months(since: date, until: date, *, on: date) -> bool:
    """Whether a time (`until` excluded) is of whole months that are over on a day."""
    return since.day == until.day == 1 and until <= last_whole_month(on)
