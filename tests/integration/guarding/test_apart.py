"""Two people on the two sides of one crime: nobody works both, nobody joins them."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.care.casework.operations import working
from alongside.care.guarding import queries
from alongside.care.guarding.operations import apart, conflicts
from alongside.care.guarding.types import Refusal
from alongside.foundation.accounts.queries import list_notices
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.walls.context import acting_as
from alongside.workflows.watch_access import watch_access
from tests.factories.feeds import receive
from tests.integration.guarding.conftest import OMAR, sees
from tests.integration.guarding.test_break_glass import ask

pytestmark = pytest.mark.django_db
NADIA = {"crime_ref": "26000000004", "given_names": "Nadia", "surname": "Quill"}
PAST_THE_FUNCTIONS = (
    "UPDATE casework_keptapart SET lifted_at = now()",
    "DELETE FROM casework_keptapart",
    """INSERT INTO casework_keptapart (area_id, agency_id, victim_id, suspect_id, found,
       reason, since) VALUES (1, 1, 1, 2, 'declared', '', now())""",
    "SELECT casework_set_apart('{1}', '{2}', 'declared', '', 1, NULL, now())",
    "SELECT casework_apart_from_me()",
)


@pytest.fixture
def two(case_of, now):
    """The cases of Nadia, who was harmed, and of Omar, whom she says it was."""
    receive([NADIA], now=now, extract_id="LEI-4")
    return case_of(NADIA), case_of(OMAR)


def take(actor, case, now):
    with acting_as(actor):
        working.take_case(actor=actor, now=now, case_id=case)


def note(actor, case, now, *, reference=OMAR["crime_ref"], reason="She told me"):
    with acting_as(actor):
        apart.note_suspect(
            actor=actor, now=now, case_id=case, reference=reference, reason=reason
        )


def standing(actor):
    with acting_as(actor), transaction.atomic():
        return queries.list_apart(actor=actor, standing=True, limit=9)


def rows(actor, sql):
    with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_whoever_works_with_one_is_barred_from_the_other(act, two, now):
    nadia, omar = two
    tom, sarah = act("worker"), act("supervisor")
    take(tom, nadia, now)
    assert sees(tom, omar)

    note(tom, nadia, now)

    assert not sees(tom, omar)
    assert sees(tom, nadia)
    assert sees(sarah, omar)
    with acting_as(tom), pytest.raises(NotFound):
        working.take_case(actor=tom, now=now, case_id=omar)
    with acting_as(sarah), pytest.raises(working.CannotHold):
        working.allocate_case(
            actor=sarah,
            now=now,
            case_id=omar,
            worker_id=tom.user_id,
            worker_name="Tom",
            team_id=tom.team_id,
        )
    assert ask(tom, now, OMAR["crime_ref"]).refusal is Refusal.UNKNOWN


def test_the_bar_follows_whoever_holds_the_case(act, two, now):
    nadia, omar = two
    tom, sarah = act("worker"), act("supervisor")
    note(tom, nadia, now)
    assert sees(tom, omar)
    assert sees(tom, nadia)

    take(tom, omar, now)
    assert not sees(tom, nadia)
    assert sees(sarah, nadia)

    with acting_as(sarah):
        working.allocate_case(
            actor=sarah,
            now=now,
            case_id=omar,
            worker_id=sarah.user_id,
            worker_name="Sarah",
            team_id=sarah.team_id,
        )
    assert sees(tom, nadia)
    assert not sees(sarah, nadia)
    # Who works with one learns of no pair, not even from the list.
    assert standing(sarah) == []


def test_who_holds_both_keeps_the_one_who_was_harmed(act, two, now):
    nadia, omar = two
    tom = act("worker")
    take(tom, nadia, now)
    take(tom, omar, now)

    note(tom, nadia, now)

    assert sees(tom, nadia)
    assert not sees(tom, omar)
    holder = "SELECT worker_id FROM casework_case WHERE public_id = '{}'"
    assert rows(act("supervisor"), holder.format(omar)) == [(None,)]
    assert rows(tom, holder.format(nadia)) == [(tom.user_id,)]


def test_they_are_never_taken_for_one_person(act, two, now):
    nadia, _ = two
    note(act("worker"), nadia, now)
    assert rows(
        act("supervisor"),
        "SELECT count(*) FROM linking_neverlink n"
        " JOIN people_personrecord a ON a.id = n.low_id"
        " JOIN people_personrecord b ON b.id = n.high_id"
        " WHERE n.lifted_at IS NULL AND a.person_id <> b.person_id",
    ) == [(1,)]


def test_those_who_govern_are_told_and_nobody_else(act, two, now):
    nadia, omar = two
    note(act("worker"), nadia, now)
    for name, told in (("supervisor", 1), ("information", 1), ("worker", 0)):
        actor = act(name)
        with acting_as(actor), transaction.atomic():
            found = [
                one
                for one in list_notices(actor=actor, limit=20)
                if "two sides" in one.words
            ]
        assert len(found) == told, name
        assert len(standing(actor)) == told
        assert not any("Nadia" in one.words or "Omar" in one.words for one in found)
    (line,) = standing(act("supervisor"))
    assert (line.victim_case, line.suspect_case) == (nadia, omar)
    assert (line.found, line.made_by) == ("declared", "Tom Hollis")


@pytest.mark.parametrize("reference", ["26099999999", "", "%", NADIA["crime_ref"]])
def test_nobody_learns_whether_there_was_anything(act, two, now, reference):
    nadia, _ = two
    note(act("worker"), nadia, now, reference=reference)
    assert standing(act("supervisor")) == []


def test_only_who_sees_the_case_says_who_is_suspected(act, two, now):
    nadia, _ = two
    with pytest.raises((NotAllowed, DatabaseError)), transaction.atomic():
        note(act("fitter"), nadia, now)
    with pytest.raises(conflicts.ReasonNeeded):
        note(act("worker"), nadia, now, reason=" ")
    outsider = replace(act("information"), permissions=act("worker").permissions)
    with pytest.raises(DatabaseError), transaction.atomic():
        note(outsider, nadia, now)
    assert standing(act("supervisor")) == []


def test_it_is_lifted_by_those_who_govern(act, two, now):
    nadia, omar = two
    tom, sarah = act("worker"), act("supervisor")
    take(tom, nadia, now)
    note(tom, nadia, now)
    (line,) = standing(sarah)
    lift = {"now": now, "pair_id": line.public_id, "reason": "Somebody else was named"}
    with acting_as(tom), pytest.raises(NotAllowed):
        apart.lift_apart(actor=tom, **lift)
    with acting_as(sarah):
        apart.lift_apart(actor=sarah, **lift)
        with pytest.raises(NotFound):
            apart.lift_apart(actor=sarah, **lift)
    assert sees(tom, omar)
    assert standing(sarah) == []


def test_nobody_writes_pairs_past_the_functions(act, two, now):
    sarah = act("supervisor")
    for sql in PAST_THE_FUNCTIONS:
        with (
            acting_as(sarah),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_force_that_names_its_victim_as_a_suspect_is_believed(act, two, case_of, now):
    again = {
        "crime_ref": "26000000005",
        "given_names": "Wren",
        "surname": "Fell",
        "suspect_ref": "N4410",
    }
    known = {
        "crime_ref": "26000000006",
        "given_names": "Piers",
        "surname": "Lane",
        "person_ref": "N4410",
    }
    receive([again, known], now=now, extract_id="LEI-5")
    wren, piers = case_of(again), case_of(known)
    tom, sarah = act("worker"), act("supervisor")
    take(tom, wren, now)
    assert sees(tom, piers)

    watch_access(now=now)
    watch_access(now=now)

    assert not sees(tom, piers)
    (line,) = standing(sarah)
    assert (line.found, line.victim_case) == ("matched", wren)
    # What somebody looked at and lifted is not found again.
    with acting_as(sarah):
        apart.lift_apart(
            actor=sarah, now=now, pair_id=line.public_id, reason="Not the same man"
        )
    watch_access(now=now)
    assert standing(sarah) == []
