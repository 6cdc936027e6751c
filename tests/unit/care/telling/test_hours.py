"""At which hours somebody may be written to, and what must be said first."""

import pytest

from alongside.care.telling import rules
from alongside.care.telling.types import HourChoice

WITHIN, ANYWAY = HourChoice.WITHIN, HourChoice.ANYWAY
TIMES = "not while he is at home"


@pytest.mark.parametrize(
    ("hour", "night"),
    [(0, True), (7, True), (8, False), (12, False), (20, False), (21, True)],
)
def test_the_night_begins_and_ends(hour, night):
    assert rules.is_night(hour, from_hour=8, until_hour=21) is night


@pytest.mark.parametrize(
    ("given", "choices"),
    [
        ({}, ()),
        ({"child": True}, ()),
        ({"guarded": True}, ()),
        ({"night": True}, (ANYWAY,)),
        ({"times": TIMES}, (WITHIN, ANYWAY)),
        ({"times": "  "}, ()),
        ({"night": True, "times": TIMES}, (WITHIN, ANYWAY)),
        # Where there is danger only their own times count, at night too.
        ({"times": TIMES, "guarded": True}, (WITHIN,)),
        ({"night": True, "times": TIMES, "guarded": True}, (WITHIN,)),
        ({"times": TIMES, "child": True}, (WITHIN,)),
    ],
)
def test_what_an_hour_asks_for(given, choices):
    asked = {"night": False, "times": "", "child": False, "guarded": False} | given
    hour = rules.judge_hour(**asked)
    assert (hour.choices, hour.refused) == (choices, "")
    assert bool(hour.asks) is bool(choices)
    assert (TIMES in hour.asks) is (given.get("times") == TIMES)


@pytest.mark.parametrize(
    "given",
    [
        {"child": True},
        {"child": True, "times": TIMES},
        {"child": True, "guarded": True, "times": TIMES},
        {"guarded": True},
    ],
)
def test_what_is_never_sent_at_night_whatever_is_said(given):
    asked = {"night": True, "times": "", "child": False, "guarded": False} | given
    hour = rules.judge_hour(**asked)
    assert hour.refused and not hour.choices
