"""The times to choose from above counts: a year back, years from April, quarters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.foundation.lib.months import a_year_before, last_whole_month, months_on

YEAR, QUARTER, APRIL = 12, 3, 4


@dataclass(frozen=True, kw_only=True)
class Period:
    """A time that is counted over; `until` is excluded."""

    code: str
    label: str
    since: date
    until: date


def periods(on: date, *, whole_months: bool = False) -> tuple[Period, ...]:
    """The times to choose from on a day: the last twelve months, years from April, and
    their quarters.

    With `whole_months` each ends with the last month that is over: of two counts a day
    apart the difference would be one person's.
    """
    ends = last_whole_month(on) if whole_months else on + timedelta(days=1)
    since = a_year_before(ends) if whole_months else _a_year_before(on)
    label = "The last 12 whole months" if whole_months else "The last 12 months"
    last = Period(code="", label=label, since=since, until=ends)
    begun = [one for one in _from_april(on) if one.since < ends]
    if whole_months:
        return (last, *(_so_far(one, ends) for one in begun))
    return (last, *begun)


def period(code: str, on: date, *, whole_months: bool = False) -> Period:
    """The time of a code; the last twelve months where there is none."""
    found = periods(on, whole_months=whole_months)
    return next((one for one in found if one.code == code), found[0])


def _from_april(on: date) -> Iterator[Period]:
    year = on.year if on.month >= APRIL else on.year - 1
    for first in (year, year - 1):
        since = date(first, APRIL, 1)
        yield _period(f"y{first}", since, YEAR)
    for quarter in range(3, -5, -1):
        since = months_on(date(year, APRIL, 1), QUARTER * quarter)
        yield _period(f"q{since:%Y%m}", since, QUARTER)


def _period(code: str, since: date, months: int) -> Period:
    return Period(
        code=code,
        label=_label(since, months_on(since, months)),
        since=since,
        until=months_on(since, months),
    )


def _so_far(one: Period, ends: date) -> Period:
    if one.until <= ends:
        return one
    label = f"{_label(one.since, ends)}, so far"
    return Period(code=one.code, label=label, since=one.since, until=ends)


def _label(since: date, until: date) -> str:
    last = until - timedelta(days=1)
    if months_on(since, 1) == until:
        return f"{since:%B %Y}"
    if months_on(since, QUARTER) >= until and since.year == last.year:
        return f"{since:%B} to {last:%B %Y}"
    return f"{since:%B %Y} to {last:%B %Y}"


def _a_year_before(on: date) -> date:
    return months_on(on, -YEAR).replace(day=min(on.day, 28))
