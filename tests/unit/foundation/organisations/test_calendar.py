"""Which days a closing adds, for whom they hold, and when bank holidays run out."""

from datetime import date, timedelta

import pytest

from alongside.foundation.lib.datafile import BadDataFile
from alongside.foundation.lib.working_days import add_working_days
from alongside.foundation.organisations.rules import (
    ClosedDayImpossible,
    check_closing,
    days_added,
    is_late,
    renewal,
)
from alongside.foundation.organisations.tables import (
    CALENDAR_LIMITS,
    load_calendar_limits,
)
from alongside.foundation.organisations.types import (
    EVERYBODY,
    THE_SERVICE,
    Calendar,
    NewClosing,
)
from alongside.foundation.reference.tables import CALENDAR_ENDS, CLOSED_DAYS

TODAY = date(2026, 12, 14)  # a Monday
CHRISTMAS, BOXING_DAY_OFF = date(2026, 12, 25), date(2026, 12, 28)


def closing(first, last=None, **changes):
    said = {"title": "Flood", "reason": "Under water", "holders": (THE_SERVICE,)}
    return NewClosing(first=first, last=last or first, **{**said, **changes})


def added(first, last=None, known=()):
    return days_added(closing(first, last), known=known, today=TODAY)


def test_a_day_of_some_closes_their_offices_alone():
    calendar = Calendar(frozenset({CHRISTMAS})).with_days([(TODAY, ["police", "wcu"])])

    assert calendar.closed_for("police") == {CHRISTMAS, TODAY}
    assert calendar.closed_for("wcu") == {CHRISTMAS, TODAY}
    assert calendar.closed_for("service") == calendar.public == {CHRISTMAS}


def test_a_day_of_everybody_is_everybodys_whoever_is_closed_besides():
    other = TODAY + timedelta(days=1)
    days = [(TODAY, ["police"]), (other, [EVERYBODY])]
    either = Calendar(frozenset()).with_days(days)

    assert either == Calendar(frozenset()).with_days(days[::-1])
    assert either == Calendar(frozenset()).with_days(days[:1]).with_days(days[1:])
    assert either.public == either.closed_for("cps") == {other}
    assert either.closed_for("police") == {TODAY, other}


def test_a_stretch_leaves_out_what_is_not_worked():
    assert added(date(2026, 12, 24), date(2026, 12, 29)) == (
        date(2026, 12, 24),
        date(2026, 12, 29),  # between: Christmas, a weekend, the substitute day
    )
    assert added(TODAY) == (TODAY,)
    assert added(TODAY, date(2026, 12, 15), known={TODAY}) == (date(2026, 12, 15),)


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        (date(2026, 12, 19), None, "first", "That day is a weekend already"),
        (CHRISTMAS, None, "first", "That day is a bank holiday already"),
        (
            *(CHRISTMAS, BOXING_DAY_OFF, "first"),
            "Every one of these days is a bank holiday or a weekend already",
        ),
        (
            *(date(2026, 12, 19), date(2026, 12, 20), "first"),
            "Every one of these days is a weekend already",
        ),
        (
            *(TODAY - timedelta(days=1), TODAY, "first"),
            "That day has passed. Promises of the past stay as they were",
        ),
        (
            *(TODAY + timedelta(days=2), TODAY, "last"),
            "The last day must be the same as the first, or after it",
        ),
        (
            *(TODAY, TODAY + timedelta(days=31), "last"),
            "Offices can be closed for 31 days at most. Add longer times in parts",
        ),
        (
            *(TODAY + timedelta(days=731), None, "last"),
            "A closed day can be added up to 730 days ahead",
        ),
    ],
)
def test_what_cannot_be_is_said_of_its_field(first, last, field, words):
    with pytest.raises(ClosedDayImpossible, match=words) as refusal:
        added(first, last)
    assert refusal.value.field == field


def test_the_longest_stretch_is_taken():
    assert len(added(TODAY, TODAY + timedelta(days=30))) == 20


def test_a_day_twice_is_refused():
    with pytest.raises(ClosedDayImpossible, match="That day is on the list already"):
        added(TODAY, known={TODAY})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 500}, "reason"),
        ({"holders": ()}, "holders"),
        ({"holders": (EVERYBODY, "police")}, "holders"),
    ],
)
def test_a_closing_says_what_why_and_whose(changes, field):
    with pytest.raises(ClosedDayImpossible) as refusal:
        check_closing(closing(TODAY, **changes))
    assert refusal.value.field == field


def test_it_is_said_in_time_that_bank_holidays_run_out():
    soon = CALENDAR_ENDS - timedelta(days=CALENDAR_LIMITS["renewal_soon"])
    late = CALENDAR_ENDS - timedelta(days=CALENDAR_LIMITS["renewal_late"])

    assert renewal(soon - timedelta(days=1)) == ""
    assert "known up to 26 December 2028" in renewal(soon)
    assert not is_late(late - timedelta(days=1))
    assert is_late(late)
    # By then no limit of 30 working days that starts today ends beyond the list.
    before = late - timedelta(days=1)
    assert add_working_days(before, 30, CLOSED_DAYS) < CALENDAR_ENDS


def test_beyond_the_list_a_limit_may_be_a_day_short_until_the_area_adds_the_day():
    start, new_year = date(2028, 12, 27), date(2029, 1, 1)
    assert add_working_days(start, 3, CLOSED_DAYS) == new_year

    calendar = Calendar(CLOSED_DAYS).with_days([(new_year, [EVERYBODY])])

    assert add_working_days(start, 3, calendar.closed_for("police")) > new_year


def test_a_limit_that_is_lacking_or_unknown_stops_the_start():
    with pytest.raises(BadDataFile, match="calendar.toml: "):
        load_calendar_limits("limit = []")
