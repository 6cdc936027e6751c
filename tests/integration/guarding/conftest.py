"""Staff who act with a second factor just given, and cases they may or may not open."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor, list_memberships
from alongside.walls.context import acting_as
from tests.factories.feeds import receive
from tests.support.receiving import receiver

REASON = "Her father rang: he has been let out and she must be warned"
ASHA = {
    "crime_ref": "26000000001",
    "given_names": "Asha",
    "surname": "Reed",
    "date_of_birth": "1992-02-03",
    "flags": "sexual",
    "consent_referral": "given",
    "safe_phone": "y",
    "mobile_phone": "07700 900111",
    "address_line_1": "Flat 2, 14 Elm Row",
    "postcode": "LE1 1AA",
    "suspect_ref": "S-77",
}
OMAR = {"crime_ref": "26000000002", "given_names": "Omar", "surname": "Bell"}
KIT = {
    "crime_ref": "26000000003",
    "given_names": "Kit",
    "surname": "Moss",
    "date_of_birth": "2014-05-01",
    "guardian_name": "Jo Moss",
    "guardian_phone": "07700 900222",
}


@pytest.fixture
def now():
    return datetime.now(tz=UTC)


@pytest.fixture
def act(now):
    """An actor by the name before the @, with a second factor given now."""

    def actor(name, *, strong=0, role=None):
        user = User.objects.get(email=f"{name}@llr.example")
        found = list_memberships(user_id=user.pk, now=now)
        known = get_actor(user_id=user.pk, now=now, membership_id=found[0][0])
        strong_at = int(time.time()) - strong
        return replace(known, strong_at=strong_at, role=role or known.role)

    return actor


@pytest.fixture
def received(db, now):
    """Asha (behind the wall for sexual violence), Omar and Kit (a child)."""
    receive([ASHA, OMAR, KIT], now=now - timedelta(days=10))


@pytest.fixture
def case_of(received):
    """The id of a person's case, whoever may see it."""

    def find(row):
        with acting_as(receiver()), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.public_id FROM casework_case c"
                " JOIN casework_victimisation v ON v.case_id = c.id"
                " WHERE v.crime_ref = %s",
                [row["crime_ref"]],
            )
            return cursor.fetchone()[0]

    return find


def sees(actor, case_id):
    """Whether the database shows an actor a case, and whether it opens the person."""
    with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.person_id FROM casework_case c WHERE c.public_id = %s", [case_id]
        )
        row = cursor.fetchone()
        if row is None:
            return False
        cursor.execute(
            "SELECT count(*) FROM people_open_labels(%s::bigint[], %s, NULL, now())",
            [[row[0]], "test"],
        )
        return bool(cursor.fetchone()[0])
