"""Emergencies, conflicts and walls in the demonstration, so that its pages hold some.

Done by the demonstration's own staff through the operations their pages call. Done
once; a second `make demo` finds it done. `strong` pretends that a second factor was
given: there is nobody to give one.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.types import ConflictKind
from alongside.care.guarding import queries
from alongside.care.guarding.operations import compartments, conflicts, emergency
from alongside.care.guarding.types import Finding, StaffDetails
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission, Role
from alongside.foundation.organisations import queries as organisations
from alongside.walls.context import acting_as
from alongside.workflows.staff_conflicts import register_details

ASKED = (
    ("danger_to_life", "Her mother rang: he is out of custody and on his way to her"),
    ("court_or_hospital", "The ward asks who may come to him, and discharge is at two"),
)


def play_guarding(*, now: datetime) -> int:
    """Play the scenes; how many. None where that was done before."""
    feed = organisations.get_feed(force_code="leicestershire")
    cast = _cast(feed.receiver_id, now)
    governor = _governor(feed.receiver_id, now)
    with acting_as(governor), transaction.atomic():
        seen = queries.list_emergencies(actor=governor, waiting=True, limit=1)
    if seen or not cast:
        return 0
    supervisor = cast[Role.SUPERVISOR]
    worker = replace(cast[Role.CONTACT_WORKER], strong_at=int(now.timestamp()))
    hidden = _hidden_from(worker, supervisor)
    for asked, case_id in zip(ASKED, hidden, strict=False):
        _open(worker, now, asked, case_id)
    _review_one(governor, now)
    _bar(cast[Role.SPECIALIST_WORKER], supervisor, now)
    _wall(supervisor, now)
    with acting_as(worker), transaction.atomic():
        register_details(
            actor=worker,
            now=now,
            details=StaffDetails(
                given_names=("Tom",),
                surnames=("Hollis",),
                date_of_birth=date(1990, 1, 1),
            ),
        )
    return len(hidden) + 2


def _cast(agency_id: int, now: datetime) -> dict[Role, Actor]:
    workers = accounts.list_workers(agency_id=agency_id, now=now)
    actors = [accounts.get_actor(user_id=one.user_id, now=now) for one in workers]
    return {actor.role: actor for actor in actors}


def _governor(agency_id: int, now: datetime) -> Actor:
    receiver = accounts.get_receiver(agency_id=agency_id, now=now)
    staff = accounts.list_colleagues(actor=receiver, now=now)
    actors = (accounts.get_actor(user_id=one.user_id, now=now) for one in staff)
    return next(actor for actor in actors if actor.has(Permission.EMERGENCY_REVIEW))


def _hidden_from(worker: Actor, supervisor: Actor) -> list[UUID]:
    """Cases that the supervisor sees and the worker does not."""
    found = []
    with acting_as(supervisor), transaction.atomic():
        teams = organisations.list_teams(agency_id=supervisor.agency_id)
        for team in teams:
            for case in casework.list_team_cases(
                actor=supervisor, team_id=team.team_id, limit=40
            ):
                facts = casework.find_case_facts(case_id=case.case_id)
                if facts and facts.compartments & ~worker.clearance:
                    found.append(case.public_id)
    return found[: len(ASKED)]


def _open(worker: Actor, now: datetime, asked: tuple[str, str], case_id: UUID) -> None:
    category, reason = asked
    with acting_as(worker):
        outcome = emergency.open_in_emergency(
            actor=worker,
            now=now,
            reference=case_id.hex[:8],
            born=None,
            category=category,
            reason=reason,
        )
        if outcome.access_id is not None:
            emergency.close_emergency(
                actor=worker, now=now, access_id=outcome.access_id
            )


def _review_one(governor: Actor, now: datetime) -> None:
    with acting_as(governor), transaction.atomic():
        for use in queries.list_emergencies(actor=governor, waiting=True, limit=9)[1:]:
            emergency.review_emergency(
                actor=governor,
                now=now,
                access_id=use.access_id,
                finding=Finding.JUSTIFIED,
                words="The call is on the duty log",
            )


def _bar(worker: Actor, supervisor: Actor, now: datetime) -> None:
    with acting_as(supervisor), transaction.atomic():
        waiting = casework.list_queue(
            actor=supervisor, team_id=worker.team_id or 0, limit=1
        )
    for case in waiting:
        with acting_as(worker):
            conflicts.declare_conflict(
                actor=worker,
                now=now,
                reference=case.public_id.hex[:8],
                kind=ConflictKind.RELATED,
                reason="We were at school together and our children are friends",
            )


def _wall(supervisor: Actor, now: datetime) -> None:
    with acting_as(supervisor), transaction.atomic():
        waiting = casework.list_queue(
            actor=supervisor, team_id=supervisor.team_id or 0, limit=1
        )
    for case in waiting:
        with acting_as(supervisor):
            compartments.set_compartments(
                actor=supervisor,
                now=now,
                case_id=case.public_id,
                version=case.version,
                chosen=["high_profile"],
                reason="A councillor: the local press has asked after her",
            )
