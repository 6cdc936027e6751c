"""People who may live together: shown to who may see both, and said by who knows."""

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.care.casework.operations.household import HowKnown, say_household
from alongside.care.casework.queries import list_household
from alongside.care.linking.types import HouseholdSaid
from alongside.care.people.queries import get_person_key
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.walls.context import acting_as
from alongside.workflows.read_case import read_case
from alongside.workflows.read_person import read_person
from tests.factories.feeds import receive
from tests.integration.guarding.conftest import ASHA, OMAR
from tests.support.receiving import receiver

pytestmark = pytest.mark.django_db
NADIA = {"crime_ref": "26000000004", "given_names": "Nadia", "surname": "Quill"}


def person_of(crime_ref):
    """The key and the id of whoever a crime's referral is about."""
    with acting_as(receiver()), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.public_id FROM people_person p"
            " JOIN people_personrecord r ON r.person_id = p.id"
            " JOIN casework_victimisation v ON v.record_id = r.id"
            " WHERE v.crime_ref = %s",
            [crime_ref],
        )
        return cursor.fetchone()


@pytest.fixture
def home(received, now):
    """Nadia, who may live with Omar and with Asha (behind a wall)."""
    receive([NADIA], now=now, extract_id="LEI-4")
    people = {row["given_names"]: person_of(row["crime_ref"]) for row in HOME}
    nadia = people["Nadia"][0]
    with acting_as(receiver()), transaction.atomic(), connection.cursor() as cursor:
        for other in ("Omar", "Asha"):
            low, high = sorted((nadia, people[other][0]))
            cursor.execute(
                "INSERT INTO linking_householdhint (area_id, low_id, high_id, why,"
                " since) SELECT area_id, %s, %s, 'the same address', %s"
                " FROM people_person WHERE id = %s",
                [low, high, now, nadia],
            )
    return people


HOME = (NADIA, OMAR, ASHA)


def lines(actor, person, now):
    with acting_as(actor), transaction.atomic():
        return list_household(person_id=person[0], now=now)


def say(actor, home, now, *, other="Omar", said=HouseholdSaid.TOGETHER, reason="Said"):
    with acting_as(actor):
        say_household(
            actor=actor,
            now=now,
            person_id=home["Nadia"][1],
            other_id=home[other][1],
            said=said,
            reason=reason,
        )


def test_only_who_may_see_both_is_shown_the_hint(act, home, now):
    (seen,) = lines(act("worker"), home["Nadia"], now)
    assert seen.other.public_id == home["Omar"][1]
    assert (seen.other.given_initial, seen.other.surname_initial) == ("O", "B")
    assert seen.said is None
    both = lines(act("specialist"), home["Nadia"], now)
    assert {line.other.public_id for line in both} == {home["Omar"][1], home["Asha"][1]}
    assert lines(act("worker"), home["Asha"], now) == []
    assert lines(act("fitter"), home["Nadia"], now) == []


def test_what_is_said_is_added_and_the_newest_counts(act, home, now):
    tom = act("worker")
    say(tom, home, now)
    say(tom, home, now, said=HouseholdSaid.NOT, reason="He moved out")
    (line,) = lines(tom, home["Nadia"], now)
    assert (line.said, line.said_by) == (HouseholdSaid.NOT, "Tom Hollis")
    (mirrored,) = lines(tom, home["Omar"], now)
    assert mirrored.said is HouseholdSaid.NOT


def test_nothing_is_said_of_whom_one_may_not_see(act, home, now):
    with pytest.raises(NotFound):
        say(act("worker"), home, now, other="Asha")
    with pytest.raises(HowKnown):
        say(act("worker"), home, now, reason=" ")
    with pytest.raises(NotAllowed):
        say(act("fitter"), home, now)


def test_nobody_writes_or_unsays_it_past_the_function(act, home, now):
    say(act("worker"), home, now)
    for sql in (
        "UPDATE linking_householdword SET said = 'not'",
        "DELETE FROM linking_householdword",
        """INSERT INTO linking_householdword (area_id, hint_id, said, reason, at, by_id)
           SELECT area_id, hint_id, 'not', '', at, by_id FROM linking_householdword""",
    ):
        with (
            acting_as(act("supervisor")),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_the_pages_carry_it(act, home, case_of, now):
    tom = act("worker")
    with acting_as(tom), transaction.atomic():
        assert get_person_key(public_id=home["Nadia"][1])[0] == home["Nadia"][0]
        case = read_case(actor=tom, now=now, case_id=case_of(NADIA), limit=5)
        person = read_person(
            actor=tom, now=now, person_id=home["Nadia"][1], why="audit"
        )
    assert [one.other.public_id for one in case.household] == [home["Omar"][1]]
    assert [one.other.public_id for one in person.household] == [home["Omar"][1]]
