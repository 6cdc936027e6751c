from dataclasses import replace
from datetime import date

import pytest

from alongside.care.assessment import rules
from alongside.care.assessment.tables import BOOKS
from alongside.care.assessment.types import CrimeFacts
from alongside.care.casework.types import Tier

NOTHING = CrimeFacts(
    flags=(),
    offence_code="49",
    occurred_on=date(2026, 6, 1),
    reported_on=date(2026, 6, 2),
    date_of_birth=date(1990, 3, 4),
    repeat_victim=None,
    special_measures_discussed=None,
    record_type="crime",
    relationship_to_suspect="",
    dash_yes_count=None,
    asb_risk="",
)


def found(**changes):
    return [
        f"{one.ground} {one.basis} {one.value}"
        for one in rules.grounds_for(replace(NOTHING, **changes), BOOKS)
    ]


def test_an_ordinary_theft_raises_nothing():
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"flags": ("domestic_abuse",)}, "A flag domestic_abuse"),
        ({"flags": ("hate_disability",)}, "A flag hate_disability"),
        ({"flags": ("honour_based",)}, "A flag honour_based"),
        ({"flags": ("child_abuse",)}, "D flag child_abuse"),
        ({"offence_code": "2"}, "A offence 2"),
        ({"offence_code": "36"}, "A offence 36"),
        ({"offence_code": "56A"}, "A offence 56A"),
        ({"offence_code": "5D"}, "A offence 5D"),
        ({"offence_code": "19C"}, "A offence 19C"),
        ({"offence_code": "106"}, "A offence 106"),
        ({"offence_code": "58J"}, "A offence 58J"),
        ({"offence_code": "8Q"}, "B offence 8Q"),
        ({"offence_code": "8L"}, "B offence 8L"),
        ({"repeat_victim": True}, "B field repeat_victim y"),
        ({"date_of_birth": date(2008, 6, 2)}, "C1 age under 18"),
        ({"special_measures_discussed": True}, "C2 field special_measures_discussed y"),
        ({"dash_yes_count": 14}, "D field dash_yes_count at least 14"),
        ({"asb_risk": "high"}, "D field asb_risk high"),
        (
            {"relationship_to_suspect": "ex_partner"},
            "D field relationship_to_suspect ex_partner",
        ),
    ],
)
def test_what_raises_which_ground(changes, ground):
    assert found(**changes) == [ground]


@pytest.mark.parametrize(
    "changes",
    [
        {"repeat_victim": False},
        {"special_measures_discussed": False},
        {"dash_yes_count": 13},
        {"asb_risk": "medium"},
        {"relationship_to_suspect": "stranger"},
        {"flags": ("knife", "alcohol")},
        {"date_of_birth": None},
        {"offence_code": ""},
    ],
)
def test_what_raises_nothing(changes):
    assert found(**changes) == []


@pytest.mark.parametrize(
    ("born", "occurred", "child"),
    [
        (date(2008, 6, 1), date(2026, 6, 1), False),  # eighteenth birthday
        (date(2008, 6, 2), date(2026, 6, 1), True),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (date(2008, 6, 3), None, True),  # not yet 18 on the day of the report
        (date(2008, 6, 2), None, False),
    ],
)
def test_the_age_is_that_on_the_day_of_the_offence(born, occurred, child):
    grounds = found(date_of_birth=born, occurred_on=occurred)

    assert grounds == (["C1 age under 18"] if child else [])


def test_every_reason_is_kept_in_order_and_once():
    assert found(
        offence_code="8M",
        flags=("stalking", "hate_race", "stalking"),
        repeat_victim=True,
        date_of_birth=date(2015, 1, 1),
    ) == [
        *("A offence 8M", "A flag hate_race"),
        *("B offence 8M", "B flag stalking", "B field repeat_victim y"),
        "C1 age under 18",
    ]


def test_each_ground_says_in_words_what_it_rests_on():
    (one,) = rules.grounds_for(replace(NOTHING, flags=("domestic_abuse",)), BOOKS)

    assert one.words == "The police flagged this as domestic abuse"


def test_an_old_crime_referred_today_is_owed_support_today():
    grounds = found(
        reported_on=date(2012, 1, 2), occurred_on=date(2012, 1, 1), flags=("sexual",)
    )

    assert grounds == ["A flag sexual"]


def test_any_ground_is_enough():
    grounds = rules.grounds_for(replace(NOTHING, repeat_victim=True), BOOKS)

    assert rules.tier_for(()) is Tier.STANDARD
    assert rules.tier_for(grounds) is Tier.ENHANCED


@pytest.mark.parametrize(
    ("crimes", "by_suspect", "raised"),
    [(1, 0, False), (2, 1, False), (2, 2, True), (3, 0, True), (3, 3, True)],
)
def test_persistently_targeted_by_anybody_or_by_one_suspect(crimes, by_suspect, raised):
    raises = found(crimes_lately=crimes, suspect_crimes_lately=by_suspect)

    assert any(one.startswith("B ") for one in raises) is raised


@pytest.mark.parametrize(
    ("counts", "raised"),
    [
        ({}, []),
        ({"crimes_lately": 2}, []),
        ({"crimes_lately": 3}, ["crimes_lately at least 3"]),
        ({"suspect_crimes_lately": 1}, []),
        ({"suspect_crimes_lately": 2}, ["suspect_crimes_lately at least 2"]),
        ({"address_crimes_lately": 3}, []),
        ({"address_crimes_lately": 4}, ["address_crimes_lately at least 4"]),
        ({"dash_yes_count": 24}, []),
    ],
)
def test_what_other_crimes_raise_by_themselves(counts, raised):
    found = rules.grounds_in_history(counts, reported_on=date(2026, 6, 2), books=BOOKS)
    assert [one.value for one in found] == raised
    assert {(one.ground, one.basis) for one in found} <= {("B", "history")}


def test_crimes_of_before_the_first_book_are_judged_by_it():
    counts = {"crimes_lately": 9}
    old = rules.grounds_in_history(counts, reported_on=date(1999, 1, 1), books=BOOKS)
    assert old == ()
