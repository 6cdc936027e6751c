"""Who carries how much, what is late, and what waits, for those who supervise."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from alongside.care.people import queries as people
from alongside.care.planning import rules
from alongside.care.planning.queries import supervising
from alongside.care.planning.queries.supervising import (
    LoadLine,
    TeamLine,
    Watched,
    WatchedCase,
)
from alongside.care.planning.tables import LIMITS, WEIGHTS
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.queries import TeamChoice

PURPOSE = "workload"
NOTHING = TeamLine(late_actions=0, approvals=0, warnings=0)


@dataclass(frozen=True, kw_only=True)
class WorkerLoad:
    """What one worker carries, in all teams. `share` 1 is a full load."""

    worker_id: UUID
    name: str
    cases: int
    high_risk: int
    enhanced: int
    points: int
    share: float
    overdue: int
    no_plan: int


@dataclass(frozen=True, kw_only=True)
class TeamLoad:
    """What one team carries. `queue` are the cases that nobody holds."""

    team: TeamChoice
    cases: int
    queue: int
    points: int
    overdue: int
    no_plan: int
    waiting: TeamLine


@dataclass(frozen=True, kw_only=True)
class Workload:
    """The page for those who supervise: the fullest worker first."""

    workers: tuple[WorkerLoad, ...]
    teams: tuple[TeamLoad, ...]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which cases are looked down into: of a team, of a worker, or of nobody."""

    watched: Watched
    team: UUID | None = None
    worker: UUID | None = None
    nobody: bool = False


@dataclass(frozen=True, kw_only=True)
class WatchedPage:
    """Cases behind a number, with the names of their people by key."""

    cases: tuple[WatchedCase, ...]
    has_more: bool
    names: Mapping[int, str]
    of: str  # whose they are, in words


def read_workload(*, actor: Actor, now: datetime) -> Workload:
    """Workloads by worker and team. Four statements, whatever the number of cases.

    Raises:
        NotAllowed: the actor does not supervise.
    """
    permissions.check_has(actor, Permission.CASE_SUPERVISE)
    on = local_day(now)
    lines = supervising.count_loads(actor=actor, on=on, planned_by=_planned_by(now))
    waiting = supervising.count_waiting(actor=actor, on=on)
    workers = accounts.list_workers(agency_id=actor.agency_id, now=now)
    by_worker: dict[int | None, list[LoadLine]] = defaultdict(list)
    by_team: dict[int, list[LoadLine]] = defaultdict(list)
    for line in lines:
        by_worker[line.worker_id].append(line)
        by_team[line.team_id].append(line)
    loads = [
        _worker(one.public_id, one.name, by_worker[one.user_id]) for one in workers
    ]
    return Workload(
        workers=tuple(sorted(loads, key=lambda one: (-one.points, one.name))),
        teams=tuple(
            _team(team, by_team[team.team_id], waiting.get(team.team_id, NOTHING))
            for team in organisations.list_teams(agency_id=actor.agency_id)
        ),
    )


def _planned_by(now: datetime) -> datetime:
    return now - timedelta(days=LIMITS["plan_days"].number)


def _points(lines: list[LoadLine]) -> int:
    counted: dict[tuple[str, bool], int] = defaultdict(int)
    for line in lines:
        counted[line.tier, line.high_risk] += line.cases
    return rules.points(counted, WEIGHTS)


def _worker(public_id: UUID, name: str, lines: list[LoadLine]) -> WorkerLoad:
    points = _points(lines)
    return WorkerLoad(
        worker_id=public_id,
        name=name,
        cases=sum(line.cases for line in lines),
        high_risk=sum(line.cases for line in lines if line.high_risk),
        enhanced=sum(line.cases for line in lines if line.tier == "enhanced"),
        points=points,
        share=points / LIMITS["full_points"].number,
        overdue=sum(line.overdue for line in lines),
        no_plan=sum(line.no_plan for line in lines),
    )


def _team(team: TeamChoice, lines: list[LoadLine], waiting: TeamLine) -> TeamLoad:
    return TeamLoad(
        team=team,
        cases=sum(line.cases for line in lines),
        queue=sum(line.cases for line in lines if line.worker_id is None),
        points=_points(lines),
        overdue=sum(line.overdue for line in lines),
        no_plan=sum(line.no_plan for line in lines),
        waiting=waiting,
    )


def read_watched(
    *, actor: Actor, now: datetime, chosen: Chosen, limit: int, skip: int = 0
) -> WatchedPage:
    """The cases behind one number. At most four statements; the names are looked at.

    Raises:
        NotAllowed: the actor does not supervise.
        NotFound: the agency has no such team or worker.
    """
    permissions.check_has(actor, Permission.CASE_SUPERVISE)
    team, worker, words = _whose(actor, now, chosen)
    found = supervising.list_watched(
        actor=actor,
        watched=chosen.watched,
        on=local_day(now),
        planned_by=_planned_by(now),
        team_id=team,
        worker_id=worker,
        nobody=chosen.nobody,
        limit=limit + 1,
        skip=skip,
    )
    shown = found[:limit]
    labels = people.open_labels(
        person_ids=[one.person_key for one in shown], purpose=PURPOSE, now=now
    )
    return WatchedPage(
        cases=tuple(shown),
        has_more=len(found) > limit,
        names={key: label.name for key, label in labels.items()},
        of=words,
    )


def _whose(
    actor: Actor, now: datetime, chosen: Chosen
) -> tuple[int | None, int | None, str]:
    if chosen.worker is not None:
        workers = accounts.list_workers(agency_id=actor.agency_id, now=now)
        for one in workers:
            if one.public_id == chosen.worker:
                return None, one.user_id, one.name
        raise NotFound("We could not find that worker")
    if chosen.team is not None:
        for team in organisations.list_teams(agency_id=actor.agency_id):
            if team.public_id == chosen.team:
                return team.team_id, None, team.name
        raise NotFound("We could not find that team")
    return None, None, actor.agency_name


def record_export(*, actor: Actor, now: datetime, case_ids: tuple[UUID, ...]) -> None:
    """Note that workloads, or these cases, were saved as a file."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.WORKLOAD_EXPORTED,
        subject=Subject(kind="case", public_id=case_ids[0] if case_ids else None),
    )
