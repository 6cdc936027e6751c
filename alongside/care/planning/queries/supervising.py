"""Workloads, what is overdue, what waits, and what supervisors wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection

from alongside.care.planning.models import SupervisionNote
from alongside.care.planning.types import Found, SupervisionKind
from alongside.foundation.accounts.types import Actor


class Watched(StrEnum):
    """What a supervisor can look down into."""

    ALL = "all"
    OVERDUE = "overdue"  # the next action is past
    NO_PLAN = "no_plan"
    LATE_ACTIONS = "late_actions"
    APPROVALS = "approvals"
    WARNINGS = "warnings"


@dataclass(frozen=True, kw_only=True)
class LoadLine:
    """Open cases of one worker in one team, of one tier and risk.

    `worker_id` is nobody's where they wait in the queue.
    """

    team_id: int
    worker_id: int | None
    tier: str
    high_risk: bool
    cases: int
    overdue: int
    no_plan: int


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """What waits or is late in one team besides its cases' next actions."""

    late_actions: int
    approvals: int
    warnings: int


@dataclass(frozen=True, kw_only=True)
class WatchedCase:
    """One case of a list that a supervisor looks down into."""

    case_key: int
    case_id: UUID
    person_key: int
    tier: str
    high_risk: bool
    worker: str
    team: str
    opened_at: datetime
    what: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class SupervisionLine:
    """What a supervisor wrote about a case."""

    note_id: UUID
    kind: SupervisionKind
    at: datetime
    by: str
    words: str
    found: Mapping[str, Found]
    asks: str
    act_by: date | None
    done_at: datetime | None
    done_by: str


# Row security first says which cases those are; the rest joins to them once.
LOADS = """
    SELECT c.team_id, c.worker_id, c.tier, c.high_risk, count(*),
           count(*) FILTER (WHERE c.next_action_on < %(on)s),
           count(*) FILTER (WHERE p.case_id IS NULL AND c.worker_id IS NOT NULL
                              AND c.opened_at < %(planned_by)s)
      FROM casework_case c
      LEFT JOIN planning_plan p ON p.case_id = c.id AND p.state <> 'closed'
     WHERE c.agency_id = %(agency)s AND c.status = 'open'
     GROUP BY 1, 2, 3, 4
"""
WAITING = """
    SELECT team_id, sum(late), sum(waits), sum(lapsed) FROM (
        SELECT c.team_id, count(*) AS late, 0 AS waits, 0 AS lapsed
          FROM planning_action a JOIN casework_case c ON c.id = a.case_id
          JOIN planning_goal g ON g.id = a.goal_id
          JOIN planning_plan p ON p.id = g.plan_id AND p.state <> 'closed'
         WHERE a.state = 'to_do' AND a.due_on < %(on)s AND c.agency_id = %(agency)s
           AND c.status <> 'closed' GROUP BY 1
        UNION ALL
        SELECT c.team_id, 0, count(*), 0
          FROM planning_plan p JOIN casework_case c ON c.id = p.case_id
         WHERE p.state = 'waiting' AND c.agency_id = %(agency)s
           AND c.status <> 'closed' GROUP BY 1
        UNION ALL
        SELECT c.team_id, 0, 0, count(*)
          FROM planning_warningnote w JOIN casework_case c ON c.person_id = w.person_id
         WHERE w.ended_at IS NULL AND w.until <= %(on)s AND w.agency_id = %(agency)s
           AND c.agency_id = %(agency)s AND c.status <> 'closed' GROUP BY 1
    ) AS parts GROUP BY 1
"""
# What makes a case one of a list: words for each of `Watched`.
PARTS: Mapping[Watched, str] = {
    Watched.ALL: "SELECT c.id, c.next_action, c.next_action_on FROM chosen c",
    Watched.OVERDUE: "SELECT c.id, c.next_action, c.next_action_on FROM chosen c"
    " WHERE c.next_action_on < %(on)s",
    Watched.NO_PLAN: "SELECT c.id, 'No plan', c.next_action_on FROM chosen c"
    " WHERE c.worker_id IS NOT NULL AND c.opened_at < %(planned_by)s AND NOT EXISTS"
    " (SELECT 1 FROM planning_plan p WHERE p.case_id = c.id AND p.state <> 'closed')",
    Watched.LATE_ACTIONS: "SELECT c.id, min(a.words), min(a.due_on) FROM chosen c"
    " JOIN planning_action a ON a.case_id = c.id AND a.state = 'to_do'"
    " AND a.due_on < %(on)s JOIN planning_goal g ON g.id = a.goal_id"
    " JOIN planning_plan p ON p.id = g.plan_id AND p.state <> 'closed' GROUP BY c.id",
    Watched.APPROVALS: "SELECT c.id, 'Plan waits for approval',"
    " (p.asked_at AT TIME ZONE 'Europe/London')::date FROM chosen c"
    " JOIN planning_plan p ON p.case_id = c.id AND p.state = 'waiting'",
    Watched.WARNINGS: "SELECT c.id, 'A warning has lapsed', min(w.until)"
    " FROM chosen c JOIN planning_warningnote w ON w.person_id = c.person_id"
    " AND w.ended_at IS NULL AND w.until <= %(on)s GROUP BY c.id",
}
CASES = """
    WITH chosen AS (
        SELECT c.* FROM casework_case c
         WHERE c.agency_id = %(agency)s AND c.status {status}
           AND (%(team)s::bigint IS NULL OR c.team_id = %(team)s)
           AND (%(worker)s::bigint IS NULL OR c.worker_id = %(worker)s)
           AND (NOT %(nobody)s OR c.worker_id IS NULL)
    ), found (id, what, due_on) AS ({part})
    SELECT c.id, c.public_id, c.person_id, c.tier, c.high_risk, coalesce(u.name, ''),
           t.name, c.opened_at, f.what, f.due_on
      FROM found f JOIN casework_case c ON c.id = f.id
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN accounts_user u ON u.id = c.worker_id
     ORDER BY f.due_on NULLS FIRST, c.id LIMIT %(limit)s OFFSET %(skip)s
"""
STATUS = {
    Watched.ALL: "= 'open'",
    Watched.OVERDUE: "= 'open'",
    Watched.NO_PLAN: "= 'open'",
}


def count_loads(*, actor: Actor, on: date, planned_by: datetime) -> list[LoadLine]:
    """The open cases of the actor's agency by team, worker, tier and risk.

    Without a plan are those that somebody holds and that opened before `planned_by`.
    One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            LOADS, {"agency": actor.agency_id, "on": on, "planned_by": planned_by}
        )
        return [
            LoadLine(
                team_id=team,
                worker_id=worker,
                tier=tier,
                high_risk=high_risk,
                cases=cases,
                overdue=overdue,
                no_plan=no_plan,
            )
            for team, worker, tier, high_risk, cases, overdue, no_plan in (
                cursor.fetchall()
            )
        ]


def count_waiting(*, actor: Actor, on: date) -> dict[int, TeamLine]:
    """By team: late actions, plans that wait, warnings that lapsed. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"agency": actor.agency_id, "on": on})
        return {
            team: TeamLine(
                late_actions=int(late), approvals=int(waits), warnings=int(lapsed)
            )
            for team, late, waits, lapsed in cursor.fetchall()
        }


def watched_statement(watched: Watched) -> str:
    """What asks for the cases of a list."""
    return CASES.format(status=STATUS.get(watched, "<> 'closed'"), part=PARTS[watched])


def list_watched(
    *,
    actor: Actor,
    watched: Watched,
    on: date,
    planned_by: datetime,
    team_id: int | None = None,
    worker_id: int | None = None,
    nobody: bool = False,
    limit: int,
    skip: int = 0,
) -> list[WatchedCase]:
    """The cases behind a number of the workload page, soonest due first.

    `nobody` asks for those that no worker holds. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            watched_statement(watched),
            {
                "agency": actor.agency_id,
                "on": on,
                "planned_by": planned_by,
                "team": team_id,
                "worker": worker_id,
                "nobody": nobody,
                "limit": limit,
                "skip": skip,
            },
        )
        return [_watched(row) for row in cursor.fetchall()]


def _watched(row: tuple[object, ...]) -> WatchedCase:
    names = WatchedCase.__dataclass_fields__
    return WatchedCase(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]


def list_supervision(*, case_id: int) -> list[SupervisionLine]:
    """What supervisors wrote about a case, where the actor may read it."""
    rows = SupervisionNote.objects.filter(case_id=case_id)
    rows = rows.select_related("by", "done_by").order_by("-at", "-pk")
    return [
        SupervisionLine(
            note_id=row.public_id,
            kind=SupervisionKind(row.kind),
            at=row.at,
            by=row.by.name,
            words=row.words,
            found={code: Found(answer) for code, answer in row.found.items()},
            asks=row.asks,
            act_by=row.act_by,
            done_at=row.done_at,
            done_by=row.done_by.name if row.done_by else "",
        )
        for row in rows
    ]
