"""Who is one person, and which crimes are one part in one case."""

import pytest

from tests.support.receiving import FIRST, LATER, ask, codes, count, send

pytestmark = pytest.mark.django_db
OTHER_CRIME = {"crime_ref": "26011009999", "person_ref": "N1"}
NEXT_DAY = {"reported_at": "2026-04-01T20:00:00"}
WEEKS_ON = {"reported_at": "2026-05-20T05:24:00", "occurred_from": ""}
LAST_WEEKS_ON = {"at": LATER, "extract": "LEI-2"}


@pytest.mark.parametrize("apart", [False, True], ids=["one file", "two files"])
def test_the_same_crime_again_within_a_day_is_a_possible_duplicate(apart):
    if apart:
        send({})
        send({**OTHER_CRIME, **NEXT_DAY}, **LAST_WEEKS_ON)
        found = codes() + codes("LEI-2")
    else:
        send({}, {**OTHER_CRIME, **NEXT_DAY})
        found = codes()

    assert found == ["created", "possible_duplicate"]
    assert (count("people_person"), count("casework_case")) == (1, 1)
    assert ask("SELECT state FROM intake_referral ORDER BY id") == [
        ("live",),
        ("held",),
    ]


@pytest.mark.parametrize(
    "change",
    [{"offence_code": "34B"}, WEEKS_ON, {"record_type": "incident"}],
    ids=["another offence", "weeks later", "an incident"],
)
def test_what_only_looks_like_the_same_crime_is_not_held(change):
    send({}, {**OTHER_CRIME, **NEXT_DAY, **change})

    assert codes() == ["created", "created"]


@pytest.mark.parametrize("apart", [False, True], ids=["one file", "two files"])
def test_two_crimes_of_one_person_are_one_case(apart):
    second = {**OTHER_CRIME, **WEEKS_ON}
    if apart:
        send({})
        send(second, **LAST_WEEKS_ON)
    else:
        send({}, second)

    assert (count("people_person"), count("casework_case")) == (1, 1)
    assert ask("SELECT count(*), count(DISTINCT case_id) FROM casework_victimisation")[
        0
    ] == (2, 1)
    assert ask("SELECT matched_on FROM linking_linkdecision")
    assert count("journey_clock", "rule = 'FC-FIRST'") == 1


def test_a_victim_who_is_also_a_witness_is_held_once():
    send({}, {"person_ref": "N2", "role": "witness"})

    assert codes() == ["created", "created"]
    assert (count("people_person"), count("casework_case")) == (1, 1)
    assert count("casework_victimisation", "same_as_id IS NULL") == 1
    of_parts = ask(
        "SELECT victimisation_id, rule, count(*) FROM journey_clock"
        " WHERE replaced_by_id IS NULL GROUP BY 1, 2"
    )
    assert all(times == 1 for _, _, times in of_parts)


@pytest.mark.parametrize(
    "change",
    [
        {"given_names": "Paula"},
        {"date_of_birth": "1985-11-30"},
        {"date_of_birth": "1900-01-01"},
    ],
    ids=["name", "birth", "birth not known"],
)
def test_who_differs_in_what_links_people_is_another_person(change):
    send({}, {**OTHER_CRIME, **WEEKS_ON, **change})

    assert (count("people_person"), count("casework_case")) == (2, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"date_of_birth": "1973-07-07"},
        {"mobile_phone": "07700 900999", "postcode": "LE1 1AA"},
        {"given_names": "Paul", "mobile_phone": ""},
    ],
    ids=["a slip in the date", "moved, and another phone", "without the second name"],
)
def test_who_differs_in_little_is_the_same_person(change):
    send({}, {**OTHER_CRIME, **WEEKS_ON, **change})

    assert (count("people_person"), count("casework_case")) == (1, 1)


def test_the_case_of_each_person_is_seen_by_the_agency_that_holds_it():
    send({}, {**OTHER_CRIME, "given_names": "Paula"}, at=FIRST)

    assert count("casework_caseaccess", "why = 'owner' AND until IS NULL") == 2
