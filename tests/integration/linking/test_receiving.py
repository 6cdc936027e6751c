"""A delivery comes to the same people as its rows would one by one."""

import pytest
from django.db import connections, transaction

from alongside.care.linking.operations.arriving import add_standards
from alongside.care.linking.types import NewStandard
from alongside.care.matching.types import Standard
from alongside.walls.context import acting_as
from alongside.workflows.rekey import rekey, rekey_if_none
from tests.support import databases
from tests.support.receiving import NOW, ask, count, receiver, send

ROWS: tuple[dict[str, str], ...] = (
    {},
    {"given_names": "Paul", "mobile_phone": "07700 900124"},
    {"given_names": "P C", "postcode": "LE1 5YA", "address_line_1": "1 New Walk"},
    {"given_names": "Petra", "gender": "female"},
    {"given_names": "Sian", "surname": "Rees", "date_of_birth": "1990-02-01"},
    {"given_names": "Siân", "surname": "Rees", "date_of_birth": "1990-01-02"},
    {"surname": "Unknown", "given_names": "Unknown", "date_of_birth": "1900-01-01"},
    {"date_of_birth": "1973-07-16"},
    {"date_of_birth": "2001-07-06"},
)


def numbered(place, row):
    return {"crime_ref": f"C{place}", "person_ref": f"N{place}", **row}


def partition():
    """Which rows are one person's, whatever their numbers; and what is asked."""
    people: dict[int, set[str]] = {}
    for crime, person in ask(
        "SELECT v.crime_ref, r.person_id FROM casework_victimisation v"
        " JOIN people_personrecord r ON r.id = v.record_id"
    ):
        people.setdefault(person, set()).add(crime)
    decisions = ask(
        "SELECT v.crime_ref, d.band, d.why, round(d.weight::numeric, 6), d.levels"
        " FROM linking_linkdecision d"
        " JOIN casework_victimisation v ON v.record_id = d.record_id ORDER BY 1"
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT v.crime_ref, w.crime_ref, t.why FROM linking_reviewtask t"
            " JOIN casework_victimisation v ON v.record_id = t.record_id"
            " JOIN casework_victimisation w ON w.record_id = t.other_id ORDER BY 1, 2"
        )
        reviews = cursor.fetchall()
    return sorted(map(sorted, people.values())), decisions, reviews


@pytest.fixture
def one_by_one(fresh_database):
    for place, row in enumerate(ROWS):
        at = f"2026-09-{10 + place}T02:15:00"
        send(numbered(place, row), extract=f"LEI-{place}", at=at)
    return partition()


def test_a_delivery_comes_to_what_its_rows_come_to_one_by_one(one_by_one):
    reach = databases.copy_template("alongside_linking_whole")
    with databases.pointed_at(reach):
        send(*[numbered(place, row) for place, row in enumerate(ROWS)])
        whole = partition()
    databases.drop_database("alongside_linking_whole")

    assert whole == one_by_one
    people, _, reviews = whole
    assert 1 < len(people) < len(ROWS)
    assert reviews


def forms():
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(r) - 'id' FROM linking_linkrecord r ORDER BY record_id"
        )
        records = cursor.fetchall()
        cursor.execute("SELECT record_id, key FROM linking_blockkey ORDER BY 1, 2")
        return records, cursor.fetchall()


@pytest.mark.usefixtures("fresh_database")
def test_forms_and_keys_made_anew_are_those_that_were_made_on_arrival():
    send(*[numbered(place, row) for place, row in enumerate(ROWS)])
    before = forms()
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE linking_linkrecord SET surname = 'other'")
        cursor.execute("DELETE FROM linking_blockkey")
    told: list[int] = []
    done = rekey(actor=None, now=NOW, on_progress=told.append)

    assert done.records == told[-1] == count("people_personrecord")
    records, keys = forms()
    assert records == before[0]
    assert set(keys) >= set(before[1])
    assert rekey(actor=None, now=NOW, after=done.last).records == 0

    rekey_if_none(actor=None, now=NOW)
    assert forms() == (records, keys)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM linking_linkrecord")
    rekey_if_none(actor=None, now=NOW)
    assert forms() == (records, keys)


@pytest.mark.parametrize("number", [2, 400])
def test_keys_are_put_in_in_the_order_of_their_index(fresh_database, number):
    """Few in one statement, many through a temporary table."""
    keys = [200 - key * 79 % 401 for key in range(number)]
    actor = receiver()
    with acting_as(actor), transaction.atomic():
        add_standards(
            actor=actor,
            now=NOW,
            area_id=actor.area_id,
            records=[NewStandard(10, 1, Standard(given="ada"), keys)],
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT key FROM linking_blockkey ORDER BY ctid")
        found = [key for (key,) in cursor.fetchall()]

    assert found == sorted(keys) != keys
