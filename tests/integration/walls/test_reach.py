"""Who sees which rows: by the database's word, whatever the code above asks for."""

import time
from contextlib import nullcontext

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from alongside.walls.context import SETTING, acting_as, sign
from alongside.walls.tables import WALLED, Sight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("delivery")]

OF_AREA = {name for name, wall in WALLED.items() if wall.sight is Sight.AREA}
FILLED = (
    *("people_person", "people_personrecord", "people_contactpoint"),
    *("linking_linkrecord", "linking_blockkey", "intake_delivery", "intake_feedrow"),
    *("intake_referral", "intake_hold", "casework_case", "casework_caseaccess"),
    *("casework_victimisation", "journey_clock"),
)


def seen(actor):
    """Tables of which the actor sees a row. Nobody acts where it is None."""
    with acting_as(actor) if actor else nullcontext(), connection.cursor() as cursor:
        found = set()
        for table in WALLED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            if cursor.fetchone()[0]:
                found.add(table)
        return found


def test_the_service_sees_what_it_received(service):
    assert set(FILLED) <= seen(service)


def test_without_somebody_acting_nothing_is_seen():
    assert seen(None) == set()


def test_another_area_sees_nothing_at_all(elsewhere):
    assert seen(elsewhere) == set()


def test_another_agency_sees_only_that_there_are_people(provider):
    """Their keys, so that who is one person is decided once for an area; no fact."""
    assert seen(provider) <= OF_AREA


def token(actor, *, expires=60, kid=None, key=None):
    newest, signing_key = max(settings.CONTEXT_KEYS.items())
    return sign(
        actor,
        key=key or signing_key,
        kid=kid or newest,
        expires=int(time.time()) + expires,
    )


def answer(text):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SETTING, [text])
        cursor.execute("SELECT count(*) FROM casework_case")
        return cursor.fetchone()[0]


def test_a_token_we_signed_is_believed(service):
    assert answer(token(service)) == 1


@pytest.mark.parametrize("place", range(8))
def test_a_token_altered_anywhere_is_refused(service, place):
    parts = token(service).split("|")
    parts[place] = str(int(parts[place]) + 1) if place < 5 else "0" * 64
    with pytest.raises(DatabaseError, match="bad context"):
        answer("|".join(parts))


@pytest.mark.parametrize("text", ["x", "1|2|3", "1|2|3|4|5|", "'; SELECT 1; --"])
def test_what_is_no_token_is_refused(text):
    with pytest.raises(DatabaseError, match="bad context"):
        answer(text)


def test_a_token_that_has_run_out_is_refused(service):
    with pytest.raises(DatabaseError, match="bad context"):
        answer(token(service, expires=-3600))


def test_a_token_signed_with_another_key_is_refused(service):
    with pytest.raises(DatabaseError, match="bad context"):
        answer(token(service, key=b"k" * 32))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT surname FROM people_personrecord",
        "SELECT given_names FROM people_personrecord",
        "SELECT date_of_birth FROM people_personrecord",
        "SELECT guardian_name FROM people_personrecord",
        "SELECT value FROM people_contactpoint",
        "SELECT postcode FROM people_contactpoint",
        "SELECT * FROM people_personrecord",
        "SELECT r FROM people_personrecord r",
        "SELECT * FROM ctx.signing_key",
        "SELECT * FROM audit.entry",
        "INSERT INTO audit.entry (at, action, subject_kind) VALUES (now(), 'x', 'y')",
        "UPDATE audit.entry SET purpose = ''",
        "DELETE FROM audit.entry",
        "TRUNCATE audit.entry",
        "DELETE FROM casework_case",
        "TRUNCATE people_person CASCADE",
        "UPDATE casework_case SET person_id = 1",
        "UPDATE intake_referral SET sender_id = 1",
        "ALTER TABLE casework_case DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE mine (id int)",
        "SET ROLE alongside_owner",
        (
            "INSERT INTO casework_caseaccess (area_id, case_id, agency_id, why, since)"
            " SELECT area_id, id, agency_id, 'owner', now() FROM casework_case"
        ),
    ],
)
def test_the_application_may_not(statement, service):
    with (
        acting_as(service),
        pytest.raises(DatabaseError, match="permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_another_agency_cannot_add_to_a_case_it_does_not_see(service, provider):
    with acting_as(service), connection.cursor() as cursor:
        cursor.execute("SELECT id, area_id FROM casework_case")
        case_id, area_id = cursor.fetchone()
    with (
        acting_as(provider),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO casework_note (area_id, case_id, at, by_id, kind, text)"
            " VALUES (%s, %s, now(), %s, 'shared', 'x')",
            [area_id, case_id, provider.user_id],
        )


def test_another_agency_changes_no_case_it_does_not_see(provider):
    with acting_as(provider), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_case SET status = 'suspended'")
        assert cursor.rowcount == 0
