"""Looks at people in the demonstration, so that who has seen them has something to say.

Done by the demonstration's own staff through what their pages call: most of it in the
course of work, some of it more than anybody would expect. Done once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.people import queries as people
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission, Role
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows.find_people import find_people
from alongside.workflows.read_case import read_case
from alongside.workflows.read_person import read_person
from alongside.workflows.who_has_seen import read_unusual

# The owner's look, then each colleague's with the reason they gave.
REASONS = (
    (Role.SUPERVISOR, "supervision"),
    (Role.SPECIALIST_WORKER, "covering"),
    (Role.WITNESS_CARE_WORKER, "complaint"),
)
OWN_CASES = 3
MANY_LOOKED_AT = "many_looked_at"
# More people than one worker has reason to open: the limit that calls it unusual is 20.
CURIOUS_ABOUT = 24
STEP = timedelta(minutes=7)


def play_looking(*, now: datetime) -> int:
    """Play the looks; how many cases were looked at. None where it was done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    workers = accounts.list_workers(agency_id=feed.receiver_id, now=now)
    cast = {
        actor.role: actor
        for actor in (
            accounts.get_actor(user_id=one.user_id, now=now) for one in workers
        )
    }
    if not cast or _played(feed.receiver_id, now):
        return 0
    worker, supervisor = cast[Role.CONTACT_WORKER], cast[Role.SUPERVISOR]
    with acting_as(worker), transaction.atomic():
        mine = casework.list_my_cases(actor=worker, limit=OWN_CASES)
    for place, case in enumerate(mine):
        at = now - STEP * (len(mine) - place)
        _work_on(worker, case.public_id, at)
        for role, why in REASONS[: OWN_CASES - place]:
            _look(cast[role], [case], why, at + STEP / 2)
    with acting_as(supervisor), transaction.atomic():
        others = casework.list_queue(
            actor=supervisor, team_id=worker.team_id or 0, limit=CURIOUS_ABOUT
        )
    _look(cast[Role.WITNESS_CARE_WORKER], others, "covering", now)
    return len(mine) + len(others)


def _played(agency_id: int, now: datetime) -> bool:
    receiver = accounts.get_receiver(agency_id=agency_id, now=now)
    staff = accounts.list_colleagues(actor=receiver, now=now)
    actors = (accounts.get_actor(user_id=one.user_id, now=now) for one in staff)
    watcher = next(actor for actor in actors if actor.has(Permission.TRAIL_WATCH))
    with acting_as(watcher), transaction.atomic():
        found = read_unusual(actor=watcher, now=now)
    return any(one.kind == MANY_LOOKED_AT for one in found)


def _work_on(worker: Actor, case_id: UUID, at: datetime) -> None:
    """Find somebody by name and open their case, as their worker does each day."""
    with acting_as(worker), transaction.atomic():
        view = read_case(actor=worker, now=at, case_id=case_id, limit=1)
        label = view.person.label
        find_people(
            actor=worker,
            now=at,
            text=f"{label.given_names} {label.surname}",
            size=1,
        )


def _look(
    actor: Actor, cases: Sequence[casework.WorkCase], why: str, at: datetime
) -> None:
    for person_id in _people_of(actor, cases):
        # Whom a wall hides is refused, and the try is on the trail as it would be.
        try:
            with acting_as(actor), transaction.atomic():
                read_person(actor=actor, now=at, person_id=person_id, why=why)
        except NotFound:
            continue


def _people_of(actor: Actor, cases: Sequence[casework.WorkCase]) -> list[UUID]:
    with acting_as(actor), transaction.atomic():
        return [
            people.get_person_key_by_id(person_id=case.person_id)[0] for case in cases
        ]
