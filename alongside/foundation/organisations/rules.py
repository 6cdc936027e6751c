"""Which days a closing adds to the calendar, and what no closing can be."""

from collections.abc import Collection
from datetime import date, timedelta

from alongside.foundation.lib.errors import DomainError
from alongside.foundation.organisations.tables import CALENDAR_LIMITS
from alongside.foundation.organisations.types import EVERYBODY, NewClosing
from alongside.foundation.reference.tables import CALENDAR_ENDS, CLOSED_DAYS

FRIDAY = 5
ONE_DAY = timedelta(days=1)


class ClosedDayImpossible(DomainError):
    """The days cannot be added or taken back. `field` says what is at fault."""

    def __init__(self, message: str, *, field: str = "first") -> None:
        super().__init__(message)
        self.field = field


def days_added(
    closing: NewClosing, *, known: Collection[date], today: date
) -> tuple[date, ...]:
    """The days that a closing adds: those of its stretch that would be working days.

    `known` are the days that the area added before.

    Raises:
        ClosedDayImpossible: there is none, or the stretch cannot be so.
    """
    first, last = closing.first, closing.last
    _check_stretch(first, last, today=today)
    days = [first + ONE_DAY * ahead for ahead in range((last - first).days + 1)]
    weekdays = [day for day in days if day.isoweekday() <= FRIDAY]
    working = [day for day in weekdays if day not in CLOSED_DAYS]
    fresh = tuple(day for day in working if day not in known)
    if fresh:
        return fresh
    if working:
        what = "on the list"
    elif weekdays:
        what = "a bank holiday" if len(days) == 1 else "a bank holiday or a weekend"
    else:
        what = "a weekend"
    one = "That day is" if len(days) == 1 else "Every one of these days is"
    raise ClosedDayImpossible(f"{one} {what} already")


def check_closing(closing: NewClosing) -> None:
    """See that a closing says what it is, why, and for whom it holds.

    Raises:
        ClosedDayImpossible: it does not.
    """
    if not closing.title.strip():
        raise ClosedDayImpossible("Say what the day is called", field="title")
    if not closing.reason.strip():
        raise ClosedDayImpossible("Say why offices are closed", field="reason")
    if len(closing.title) + len(closing.reason) > 2 * CALENDAR_LIMITS["words"]:
        raise ClosedDayImpossible("Say it in fewer words", field="reason")
    holders = closing.holders
    if not holders or (EVERYBODY in holders and len(holders) > 1):
        raise ClosedDayImpossible("Choose whose offices are closed", field="holders")


def renewal(today: date) -> str:
    """What is said of bank holidays that run out; empty while they reach far enough."""
    left = (CALENDAR_ENDS - today).days
    if left > CALENDAR_LIMITS["renewal_soon"]:
        return ""
    day = f"{CALENDAR_ENDS.day} {CALENDAR_ENDS:%B %Y}"
    return (
        f"Bank holidays are known up to {day}. A limit that runs past it may end a day"
        " too soon. Install a version that knows later ones; until then, add them as"
        " closed days of everybody"
    )


def is_late(today: date) -> bool:
    """Whether limits that start today can end beyond the last bank holiday known."""
    return (CALENDAR_ENDS - today).days <= CALENDAR_LIMITS["renewal_late"]


def _check_stretch(first: date, last: date, *, today: date) -> None:
    most, ahead = CALENDAR_LIMITS["longest_range"], CALENDAR_LIMITS["furthest_ahead"]
    if first < today:
        raise ClosedDayImpossible(
            "That day has passed. Promises of the past stay as they were"
        )
    if last < first:
        raise ClosedDayImpossible(
            "The last day must be the same as the first, or after it", field="last"
        )
    if (last - first).days >= most:
        raise ClosedDayImpossible(
            f"Offices can be closed for {most} days at most. Add longer times in parts",
            field="last",
        )
    if (last - today).days > ahead:
        raise ClosedDayImpossible(
            f"A closed day can be added up to {ahead} days ahead", field="last"
        )
