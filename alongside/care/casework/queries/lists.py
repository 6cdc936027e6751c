"""Lists of cases, ordered by what is due. Each is one statement, whatever the data."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Subquery

from alongside.care.casework.models import Case
from alongside.care.casework.types import CaseStatus, Tier
from alongside.foundation.accounts.types import Actor

# A page never counts further than this; it then says "more than".
COUNT_LIMIT = 1000

COUNT_TEAM = """
    SELECT count(*) FROM (
        SELECT 1 FROM casework_case c
         WHERE c.team_id = %(team)s AND c.status = 'open'
           AND (c.worker_id IS NULL OR NOT %(waiting)s)
           AND (c.tier = %(tier)s OR %(tier)s = '')
         LIMIT %(limit)s) AS first_ones
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
    opened_at: datetime
    team_id: int
    worker_id: int | None
    worker_name: str
    next_action: str
    next_action_on: date | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a list a page begins: after one case, or before it."""

    due: date
    case_id: UUID
    before: bool = False


def work_case(case: Case) -> WorkCase:
    """A case read with its worker, as a list of work shows it."""
    return WorkCase(
        case_id=case.pk,
        public_id=case.public_id,
        person_id=case.person_id,
        status=CaseStatus(case.status),
        tier=Tier(case.tier),
        high_risk=case.high_risk,
        opened_at=case.opened_at,
        team_id=case.team_id,
        worker_id=case.worker_id,
        worker_name=case.worker.name if case.worker else "",
        next_action=case.next_action,
        next_action_on=case.next_action_on,
        version=case.version,
    )


def _page(rows: QuerySet[Case], *, place: Place | None, limit: int) -> list[WorkCase]:
    rows = rows.select_related("worker")
    if place is None:
        return [
            work_case(case) for case in rows.order_by("next_action_on", "pk")[:limit]
        ]
    case = Subquery(Case.objects.filter(public_id=place.case_id).values("pk")[:1])
    due = place.due
    if place.before:
        rows = rows.filter(next_action_on__lte=due)
        rows = rows.filter(Q(next_action_on__lt=due) | Q(pk__lt=case))
        found = list(rows.order_by("-next_action_on", "-pk")[:limit])
        return [work_case(case) for case in reversed(found)]
    rows = rows.filter(next_action_on__gte=due)
    rows = rows.filter(Q(next_action_on__gt=due) | Q(pk__gt=case))
    return [work_case(case) for case in rows.order_by("next_action_on", "pk")[:limit]]


def _mine(actor: Actor) -> QuerySet[Case]:
    rows = Case.objects.filter(worker_id=actor.user_id, agency_id=actor.agency_id)
    return rows.exclude(status=CaseStatus.CLOSED)


def list_my_cases(*, actor: Actor, limit: int) -> list[WorkCase]:
    """Every case the actor holds, soonest due first. A caseload is bounded."""
    return _page(_mine(actor), place=None, limit=limit)


def count_my_cases(*, actor: Actor) -> int:
    """How many cases the actor holds."""
    return _mine(actor).count()


def list_queue(
    *,
    actor: Actor,
    team_id: int,
    limit: int,
    place: Place | None = None,
    tier: Tier | None = None,
) -> list[WorkCase]:
    """The team's cases that nobody holds yet, soonest due first.

    Before a place they are the nearest to it, still soonest first.
    """
    rows = _of_team(team_id, tier).filter(worker=None)
    return _page(rows, place=place, limit=limit)


def list_team_cases(
    *,
    actor: Actor,
    team_id: int,
    limit: int,
    place: Place | None = None,
    tier: Tier | None = None,
) -> list[WorkCase]:
    """All the team's open cases, as `list_queue`."""
    return _page(_of_team(team_id, tier), place=place, limit=limit)


def _of_team(team_id: int, tier: Tier | None) -> QuerySet[Case]:
    rows = Case.objects.filter(team_id=team_id, status=CaseStatus.OPEN)
    return rows.filter(tier=tier) if tier else rows


def list_chosen(*, actor: Actor, case_ids: list[UUID]) -> list[WorkCase]:
    """The cases ticked on a list, soonest due first; none the actor may not see."""
    rows = Case.objects.filter(public_id__in=case_ids)
    return _page(rows, place=None, limit=len(case_ids))


def count_queue(*, actor: Actor, team_id: int, tier: Tier | None = None) -> int:
    """How many cases wait in the team's queue, counted up to COUNT_LIMIT + 1."""
    return _count(team_id, tier, waiting=True)


def count_team_cases(*, actor: Actor, team_id: int, tier: Tier | None = None) -> int:
    """How many open cases the team has, counted up to COUNT_LIMIT + 1."""
    return _count(team_id, tier, waiting=False)


def _count(team_id: int, tier: Tier | None, *, waiting: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT_TEAM,
            {
                "team": team_id,
                "waiting": waiting,
                "tier": tier or "",
                "limit": COUNT_LIMIT + 1,
            },
        )
        return int(cursor.fetchone()[0])


def count_caseloads(*, actor: Actor) -> dict[int, int]:
    """How many cases each worker of the agency holds. One statement."""
    rows = Case.objects.filter(agency_id=actor.agency_id, worker__isnull=False)
    rows = rows.exclude(status=CaseStatus.CLOSED)
    return dict(rows.values_list("worker_id").annotate(Count("pk")))
