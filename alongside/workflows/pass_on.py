"""Who works a case next: taking, giving out, and handing over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import working
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.queries import WorkerChoice
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import TeamChoice


@dataclass(frozen=True, kw_only=True)
class Hands:
    """The teams and workers a case may be passed to, with how much each holds."""

    teams: tuple[TeamChoice, ...]
    workers: tuple[tuple[WorkerChoice, int], ...]


@dataclass(frozen=True, kw_only=True)
class Passed:
    """How many cases changed hands, and why others did not, one sentence each."""

    cases: int
    refusals: tuple[str, ...] = ()


def read_hands(*, actor: Actor, now: datetime, case_key: int | None = None) -> Hands:
    """Whom the agency's cases may be passed to. At most four statements.

    For one case, only those who may hold it are offered; nothing says why others are
    not.
    """
    bars = casework.find_bars(case_id=case_key) if case_key else casework.Bars()
    loads = casework.count_caseloads(actor=actor)
    workers = accounts.list_workers(agency_id=actor.agency_id, now=now)
    return Hands(
        teams=tuple(organisations.list_teams(agency_id=actor.agency_id)),
        workers=tuple(
            (one, loads.get(one.user_id, 0))
            for one in workers
            if bars.lets_hold(user_id=one.user_id, clearance=one.clearance)
        ),
    )


def take_cases(*, actor: Actor, now: datetime, case_ids: Sequence[UUID]) -> Passed:
    """Take every one of these cases that nobody holds."""
    refusals, taken = [], 0
    for case_id in case_ids:
        try:
            working.take_case(actor=actor, now=now, case_id=case_id)
        except working.CannotMove as refusal:
            refusals.append(refusal.user_message)
        else:
            taken += 1
    return Passed(cases=taken, refusals=tuple(dict.fromkeys(refusals)))


@transaction.atomic
def give_cases(
    *, actor: Actor, now: datetime, case_ids: Sequence[UUID], worker_id: UUID
) -> Passed:
    """Give cases to a worker of the agency; each stays with its team.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such worker.
    """
    workers = accounts.list_workers(agency_id=actor.agency_id, now=now)
    worker = _find_worker(workers, worker_id)
    refusals, given = [], 0
    for case in casework.list_chosen(actor=actor, case_ids=list(case_ids)):
        try:
            working.allocate_case(
                actor=actor,
                now=now,
                case_id=case.public_id,
                worker_id=worker.user_id,
                worker_name=worker.name,
                team_id=case.team_id,
            )
        except working.CannotMove as refusal:
            refusals.append(refusal.user_message)
        else:
            given += 1
    return Passed(cases=given, refusals=tuple(dict.fromkeys(refusals)))


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    team_id: UUID,
    worker_id: UUID | None,
    reason: str,
) -> None:
    """Pass a case to a team, and to one of the agency's workers where one is named.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such team or worker.
        CaseChanged, CannotMove, ReasonNeeded: as `working.hand_over`.
    """
    team = organisations.get_team(agency_id=actor.agency_id, public_id=team_id)
    worker = None
    if worker_id is not None:
        workers = accounts.list_workers(agency_id=actor.agency_id, now=now)
        worker = _find_worker(workers, worker_id)
    working.hand_over(
        actor=actor,
        now=now,
        case_id=case_id,
        version=version,
        team_id=team.team_id,
        team_name=team.name,
        worker_id=worker.user_id if worker else None,
        worker_name=worker.name if worker else "",
        reason=reason,
    )


def _find_worker(workers: Iterable[WorkerChoice], worker_id: UUID) -> WorkerChoice:
    for worker in workers:
        if worker.public_id == worker_id:
            return worker
    raise NotFound("We could not find that worker")
