"""Lists of cases, ordered by what is due. Each is one statement, whatever the data."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.care.casework.models import Case
from alongside.care.casework.types import CaseStatus, Tier
from alongside.foundation.accounts.types import Actor

# A page never counts further than this; it then says "more than".
COUNT_LIMIT = 1000

COUNT_QUEUE = """
    SELECT count(*) FROM (
        SELECT 1 FROM casework_case c
         WHERE c.team_id = %s AND c.status = 'open' AND c.worker_id IS NULL
         LIMIT %s) AS first_ones
"""


@dataclass(frozen=True, kw_only=True)
class WorkCase:
    """A case as a list of work shows it, without the person's name."""

    case_id: int
    public_id: UUID
    person_id: int
    status: CaseStatus
    tier: Tier
    high_risk: bool
    team_id: int
    worker_id: int | None
    worker_name: str
    next_action: str
    next_action_on: date | None
    version: int


def _line(case: Case) -> WorkCase:
    return WorkCase(
        case_id=case.pk,
        public_id=case.public_id,
        person_id=case.person_id,
        status=CaseStatus(case.status),
        tier=Tier(case.tier),
        high_risk=case.high_risk,
        team_id=case.team_id,
        worker_id=case.worker_id,
        worker_name=case.worker.name if case.worker else "",
        next_action=case.next_action,
        next_action_on=case.next_action_on,
        version=case.version,
    )


def _page(
    rows: QuerySet[Case], *, after: tuple[date, int] | None, limit: int
) -> list[WorkCase]:
    if after:
        due, case_id = after
        rows = rows.filter(next_action_on__gte=due).filter(
            Q(next_action_on__gt=due) | Q(pk__gt=case_id)
        )
    rows = rows.select_related("worker").order_by("next_action_on", "pk")
    return [_line(case) for case in rows[:limit]]


def list_my_cases(*, actor: Actor, limit: int) -> list[WorkCase]:
    """Every case the actor holds, soonest due first. A caseload is bounded."""
    rows = Case.objects.filter(worker_id=actor.user_id, agency_id=actor.agency_id)
    rows = rows.exclude(status=CaseStatus.CLOSED)
    return _page(rows, after=None, limit=limit)


def count_my_cases(*, actor: Actor) -> int:
    """How many cases the actor holds."""
    rows = Case.objects.filter(worker_id=actor.user_id, agency_id=actor.agency_id)
    return rows.exclude(status=CaseStatus.CLOSED).count()


def list_queue(
    *,
    actor: Actor,
    team_id: int,
    limit: int,
    after: tuple[date, int] | None = None,
    tier: Tier | None = None,
) -> list[WorkCase]:
    """The team's cases that nobody holds yet, soonest due first."""
    rows = Case.objects.filter(team_id=team_id, status=CaseStatus.OPEN, worker=None)
    if tier:
        rows = rows.filter(tier=tier)
    return _page(rows, after=after, limit=limit)


def list_team_cases(
    *,
    actor: Actor,
    team_id: int,
    limit: int,
    after: tuple[date, int] | None = None,
) -> list[WorkCase]:
    """All the team's open cases, soonest due first."""
    rows = Case.objects.filter(team_id=team_id, status=CaseStatus.OPEN)
    return _page(rows, after=after, limit=limit)


def count_queue(*, actor: Actor, team_id: int) -> int:
    """How many cases wait in the team's queue, counted up to COUNT_LIMIT + 1."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_QUEUE, [team_id, COUNT_LIMIT + 1])
        return int(cursor.fetchone()[0])
