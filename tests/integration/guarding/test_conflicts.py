"""A member of staff in conflict sees the same as nobody: everywhere, at once."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import working
from alongside.care.casework.types import ConflictKind
from alongside.care.guarding import queries
from alongside.care.guarding.operations import conflicts
from alongside.care.guarding.types import Refusal, StaffDetails
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import list_notices
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.walls.context import acting_as
from alongside.workflows.pass_on import read_hands
from alongside.workflows.staff_conflicts import register_details, register_suspect
from tests.factories.feeds import receive
from tests.integration.guarding.conftest import ASHA, OMAR, sees
from tests.integration.guarding.test_break_glass import ask
from tests.support.feed import REFERRAL

pytestmark = pytest.mark.django_db
TOM = StaffDetails(given_names=("Tom",), surnames=("Hollis",))


def declare(actor, now, row=OMAR, **other):
    said = {"kind": ConflictKind.RELATED, "reason": "My brother", **other}
    with acting_as(actor):
        conflicts.declare_conflict(
            actor=actor, now=now, reference=row["crime_ref"], **said
        )


def standing(actor):
    with acting_as(actor):
        return queries.list_conflicts(actor=actor, standing=True, limit=20)


def register(actor, now, **details):
    said = {"given_names": ("Tom",), "surnames": ("Hollis",), **details}
    with acting_as(actor):
        register_details(actor=actor, now=now, details=StaffDetails(**said))


def test_who_declares_a_conflict_is_barred_at_once(act, case_of, now):
    tom, case = act("worker"), case_of(OMAR)
    assert sees(tom, case)

    declare(tom, now)

    assert not sees(tom, case)
    assert sees(act("supervisor"), case)
    with acting_as(tom), pytest.raises(NotFound):
        working.take_case(actor=tom, now=now, case_id=case)
    (line,) = standing(act("information"))
    assert (line.staff, line.kind, line.found) == ("Tom Hollis", "related", "declared")


def test_the_barred_do_not_learn_that_they_are(act, case_of, now):
    tom = act("worker")
    case_of(OMAR)
    declare(tom, now)

    assert standing(tom) == []
    governs = replace(tom, permissions=act("information").permissions)
    assert standing(governs) == []
    assert ask(tom, now, OMAR["crime_ref"]).refusal is Refusal.UNKNOWN
    assert ask(tom, now, "26099999999").refusal is Refusal.UNKNOWN
    # Declared again, or of something there is not: the same answer.
    declare(tom, now)
    declare(tom, now, {"crime_ref": "26099999999"})
    assert len(standing(act("information"))) == 1


def test_a_barred_worker_loses_the_case_to_the_team(act, case_of, now):
    tom, sarah, case = act("worker"), act("supervisor"), case_of(OMAR)
    with acting_as(tom):
        working.take_case(actor=tom, now=now, case_id=case)

    declare(tom, now)

    with acting_as(sarah), connection.cursor() as cursor:
        cursor.execute(
            "SELECT worker_id FROM casework_case WHERE public_id = %s", [case]
        )
        assert cursor.fetchone() == (None,)
        told = [one.words for one in list_notices(actor=sarah, limit=9)]
    assert any("has lost its worker" in words for words in told)
    with acting_as(tom):
        assert list_notices(actor=tom, limit=9) == []


def test_nobody_gives_a_case_to_who_is_barred_or_not_cleared(act, case_of, now):
    sarah, tom = act("supervisor"), act("worker")
    declare(tom, now)
    for row in (OMAR, ASHA):
        with (
            acting_as(sarah),
            transaction.atomic(),
            pytest.raises(working.CannotHold) as refusal,
        ):
            working.allocate_case(
                actor=sarah,
                now=now,
                case_id=case_of(row),
                worker_id=tom.user_id,
                worker_name=tom.label,
                team_id=tom.team_id,
            )
        assert str(refusal.value) == "This case cannot be given to that worker"
        with acting_as(sarah):
            case = casework.get_case(actor=sarah, public_id=case_of(row))
            offered = read_hands(actor=sarah, now=now, case_key=case.pk).workers
        assert tom.user_id not in {one.user_id for one, _ in offered}
        assert sarah.user_id in {one.user_id for one, _ in offered}


def test_another_lifts_it_and_never_the_barred(act, case_of, now):
    tom, bea, case = act("worker"), act("information"), case_of(OMAR)
    declare(tom, now)
    (line,) = standing(bea)
    forced = replace(tom, permissions=bea.permissions)
    with acting_as(forced), pytest.raises(NotFound):
        conflicts.lift_conflict(
            actor=forced, now=now, conflict_id=line.public_id, reason="No"
        )
    with acting_as(tom), pytest.raises(NotAllowed):
        conflicts.lift_conflict(
            actor=tom, now=now, conflict_id=line.public_id, reason="No"
        )
    with acting_as(bea):
        with pytest.raises(conflicts.ReasonNeeded):
            conflicts.lift_conflict(
                actor=bea, now=now, conflict_id=line.public_id, reason=" "
            )
        conflicts.lift_conflict(
            actor=bea, now=now, conflict_id=line.public_id, reason="Another Omar"
        )
    assert sees(tom, case)


def test_a_supervisor_bars_a_colleague_and_a_worker_does_not(act, case_of, now):
    sarah, tom, case = act("supervisor"), act("worker"), case_of(OMAR)
    of_tom = User.objects.get(pk=tom.user_id).public_id
    with pytest.raises(NotAllowed):
        declare(act("specialist"), now, colleague=of_tom)
    forced = replace(act("specialist"), permissions=sarah.permissions)
    with (
        pytest.raises(DatabaseError, match="not for this colleague"),
        transaction.atomic(),
    ):
        declare(forced, now, colleague=of_tom)
    declare(sarah, now, colleague=of_tom)
    assert not sees(tom, case) and sees(sarah, case)


@pytest.mark.parametrize(
    ("details", "kind"),
    [
        ({"given_names": ("Asha",), "surnames": ("Reed",), "born": True}, "self"),
        ({"phones": ("+447700900111",)}, "related"),
        ({"house": "14", "postcode": "LE1 1AA"}, "related"),
        ({"surnames": ("Hollis", "Réed"), "postcode": "LE1 1AA"}, "related"),
        ({"surnames": ("REED",), "postcode": "LE1 1AA"}, "related"),
        ({"house": "15", "postcode": "LE1 1AA"}, None),
        ({}, None),
    ],
)
@pytest.mark.parametrize("first", ["staff", "record"])
def test_what_staff_register_is_matched_either_way(
    act, now, db, *, details, kind, first
):
    """Registered before the referral comes, or after: the same."""
    said = dict(details)
    if said.pop("born", False):
        said["date_of_birth"] = now.replace(year=1992, month=2, day=3).date()
    priya = act("specialist")
    if first == "record":
        receive([ASHA], now=now)
        register(priya, now, **said)
    else:
        register(priya, now, **said)
        receive([ASHA], now=now)
    found = [(one.staff, one.kind, one.found) for one in standing(act("information"))]
    assert found == ([("Priya Raval", kind, "matched")] if kind else [])


def test_a_member_of_staff_whom_the_force_suspects_is_barred(act, case_of, now):
    bea, priya, case = act("information"), act("specialist"), case_of(ASHA)
    of_priya = User.objects.get(pk=priya.user_id).public_id
    assert sees(priya, case)
    said = {"colleague": of_priya, "force_code": "leicestershire", "reference": "S-77"}
    with acting_as(priya), pytest.raises(NotAllowed):
        register_suspect(actor=priya, now=now, **said)
    with acting_as(bea):
        register_suspect(actor=bea, now=now, **said)
    assert not sees(priya, case)
    receive(
        [{**OMAR, "crime_ref": "26000000009", "suspect_ref": "S-77", "surname": "New"}],
        now=now,
        extract_id="LEI-2",
    )
    assert {one.kind for one in standing(bea)} == {"suspect"}
    assert len(standing(bea)) == 2 and REFERRAL


def test_nobody_reads_back_what_was_registered(act, now, db):
    tom = act("worker")
    register(tom, now, phones=("+447700900111",))
    for name in ("worker", "supervisor", "information"):
        actor = act(name)
        with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM guarding_staffmark")
            assert cursor.fetchone() == (0,)
    with acting_as(tom):
        kinds = [kind for kind, _, _ in queries.list_my_marks(actor=tom)]
    assert kinds == ["phone"]
