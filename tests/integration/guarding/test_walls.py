"""Walls inside the agency: put up, taken down, passed, and counted."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.care.casework.operations import working
from alongside.care.casework.queries import get_case
from alongside.care.guarding import queries
from alongside.care.guarding.operations import compartments
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.operations import clearances
from alongside.foundation.accounts.queries import (
    get_actor,
    list_clearances,
    list_notices,
)
from alongside.foundation.lib.errors import NotAllowed
from alongside.walls.context import acting_as
from tests.integration.guarding.conftest import ASHA, KIT, OMAR, sees

pytestmark = pytest.mark.django_db


def wall(actor, now, case, *chosen, reason="She asked us to"):
    with acting_as(actor):
        version = get_case(actor=actor, public_id=case).version
        return compartments.set_compartments(
            actor=actor,
            now=now,
            case_id=case,
            version=version,
            chosen=chosen,
            reason=reason,
        )


def clear(actor, now, name, compartment="high_profile"):
    user = User.objects.get(email=f"{name}@llr.example")
    with acting_as(actor):
        clearances.give_clearance(
            actor=actor,
            now=now,
            user_id=user.public_id,
            compartment=compartment,
            reason="Works this one case",
            until=now + timedelta(days=7),
        )


def test_what_arrives_goes_behind_its_wall_by_itself(act, case_of):
    for row, worker in ((ASHA, "specialist"), (KIT, "children")):
        assert not sees(act("worker"), case_of(row))
        assert sees(act(worker), case_of(row))
        assert sees(act("supervisor"), case_of(row))
    assert sees(act("worker"), case_of(OMAR))


def test_a_case_put_behind_a_wall_leaves_who_is_not_cleared(act, case_of, now):
    sarah, tom, case = act("supervisor"), act("worker"), case_of(OMAR)
    with acting_as(tom):
        working.take_case(actor=tom, now=now, case_id=case)

    assert not wall(sarah, now, case, "high_profile")

    for name in ("worker", "supervisor", "specialist"):
        assert not sees(act(name), case)
    assert sees(act("information"), case)
    bea = act("information")
    with acting_as(bea):
        assert get_case(actor=bea, public_id=case).worker_id is None
    with acting_as(tom):
        told = [one.words for one in list_notices(actor=tom, limit=9)]
    assert any("wall that you are not cleared for" in words for words in told)


def test_only_governance_takes_the_highest_walls_down(act, case_of, now):
    bea, case = act("information"), case_of(OMAR)
    wall(bea, now, case, "police_employee")
    clear(bea, now, "supervisor", "police_employee")
    sarah = act("supervisor")
    assert sees(sarah, case)
    with pytest.raises(NotAllowed):
        wall(sarah, now, case)
    wall(bea, now, case)
    assert sees(act("worker"), case)


@pytest.mark.parametrize(
    ("chosen", "reason", "refusal"),
    [
        (("restricted",), "x", compartments.NotByHand),
        (("no such wall",), "x", compartments.NotByHand),
        ((), "x", compartments.NothingChosen),
        (("high_profile",), "  ", working.ReasonNeeded),
    ],
)
def test_what_makes_no_sense_is_refused(act, case_of, now, *, chosen, reason, refusal):
    with pytest.raises(refusal):
        wall(act("supervisor"), now, case_of(OMAR), *chosen, reason=reason)


def test_workers_put_up_no_walls(act, case_of, now):
    with pytest.raises(NotAllowed):
        wall(act("worker"), now, case_of(OMAR), "child")


def test_a_clearance_lets_one_person_in_until_it_ends(act, case_of, now):
    bea, case = act("information"), case_of(OMAR)
    wall(bea, now, case, "high_profile")
    clear(bea, now, "worker")
    tom = act("worker")
    assert sees(tom, case) and not sees(act("supervisor"), case)
    with acting_as(tom):
        working.take_case(actor=tom, now=now, case_id=case)
    with acting_as(bea):
        (line,) = list_clearances(actor=bea, now=now)
        clearances.end_clearance(actor=bea, now=now, clearance_id=line.clearance_id)
        assert compartments.return_uncleared(actor=bea, now=now, case_ids=None) == 1
        assert get_case(actor=bea, public_id=case).worker_id is None
    over = get_actor(user_id=tom.user_id, now=now + timedelta(minutes=1))
    assert not sees(over, case)


def test_nobody_clears_themselves_nor_without_the_role(act, now):
    bea, tom = act("information"), act("worker")
    with pytest.raises(NotAllowed):
        clear(bea, now, "information")
    with pytest.raises(NotAllowed):
        clear(tom, now, "supervisor")
    for actor, name in ((bea, "information"), (tom, "supervisor")):
        public_id = User.objects.get(email=f"{name}@llr.example").public_id
        with (
            acting_as(actor),
            pytest.raises(DatabaseError, match="not for this colleague"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT accounts_give_clearance"
                "(%s, 'child', 'x', now() + '1 day', now())",
                [public_id],
            )


def test_what_nobody_in_a_team_may_see_is_counted(act, case_of, now):
    bea, sarah = act("information"), act("supervisor")
    with acting_as(sarah):
        assert queries.count_uncovered(actor=sarah) == []
        assert queries.count_hidden(actor=sarah) == []
    wall(bea, now, case_of(OMAR), "high_profile")
    with acting_as(sarah):
        (uncovered,) = queries.count_uncovered(actor=sarah)
        (hidden,) = queries.count_hidden(actor=sarah)
    assert (uncovered.compartments, uncovered.cases) == (16, 1)
    assert (hidden.cases, hidden.open_cases) == (1, 1)
    provider = act("provider")
    with acting_as(provider):
        assert queries.count_hidden(actor=provider) == []
