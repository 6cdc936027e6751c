"""Looking through the register: what is found is proposed, and nothing is joined."""

import psycopg
import pytest
from django.db import transaction

from alongside.walls.context import acting_as
from alongside.workflows.relink import count_to_do, propose
from alongside.workflows.watch_access import watch_access
from tests.integration.linking.merging import (
    FIRST,
    LATER,
    SECOND,
    THIRD,
    person_of,
    take_in,
)
from tests.support.receiving import ask, receiver

ALIKE = """
    UPDATE people_personrecord r SET given_names = f.given_names, surname = f.surname,
           date_of_birth = f.date_of_birth
      FROM people_personrecord f WHERE r.id = %s AND f.id = %s
"""


def look():
    actor = receiver()
    with acting_as(actor), transaction.atomic():
        assert count_to_do(actor=actor, now=LATER) == 3
        return propose(actor=actor, now=LATER)


@pytest.mark.usefixtures("fresh_database")
def test_people_held_twice_are_proposed_once_and_stay_two(fresh_database):
    take_in(FIRST, SECOND, THIRD)
    ids = {row["crime_ref"]: person_of(row)[0] for row in (FIRST, SECOND)}
    ((first, second),) = ask(
        "SELECT min(r.id), max(r.id) FROM people_personrecord r"
        " WHERE r.person_id = ANY (%s)",
        [*ids.values()],
    )
    assert look().pairs == 0
    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        owner.execute(ALIKE, [second, first])

    done = look()

    assert (done.records, done.pairs, done.full) == (3, 1, False)
    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        tasks = owner.execute(
            "SELECT record_id, other_id, state FROM linking_reviewtask"
        )
        assert tasks.fetchall() == [(second, first, "open")]
    assert person_of(FIRST) != person_of(SECOND)
    assert look().pairs == 0


@pytest.mark.usefixtures("fresh_database")
def test_the_two_sides_of_a_crime_are_not_proposed(fresh_database):
    take_in(FIRST | {"suspect_ref": "N2"}, SECOND | {"person_ref": "N2"}, THIRD)
    assert watch_access(now=LATER) == 1
    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        ids = owner.execute("SELECT id FROM people_personrecord ORDER BY id").fetchall()
        for (record,) in ids:
            owner.execute(ALIKE, [record, ids[0][0]])
        # Also where nobody remembers any more that they were said to be two.
        owner.execute(
            "UPDATE linking_neverlink SET lifted_at = now(), lifted_by_id = 1"
        )
    look()
    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        pairs = owner.execute(
            "SELECT least(victim_id, suspect_id), greatest(victim_id, suspect_id)"
            " FROM casework_keptapart"
        ).fetchall()
        asked = owner.execute(
            "SELECT least(person_id, other_person_id),"
            " greatest(person_id, other_person_id) FROM linking_reviewtask"
        ).fetchall()
    assert asked
    assert not set(asked) & set(pairs)
