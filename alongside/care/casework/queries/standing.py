"""No case without a known status: counts, and every case that has gone astray."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from alongside.care.casework.types import CaseStatus
from alongside.foundation.accounts.types import Actor

COUNTS = """
    SELECT c.status, c.tier, c.disposition,
           count(*),
           count(*) FILTER (WHERE c.status <> 'closed' AND c.worker_id IS NULL)
      FROM casework_case c
     WHERE c.agency_id = (SELECT ctx.claim(3))
     GROUP BY c.status, c.tier, c.disposition
     ORDER BY c.status, c.tier, c.disposition
"""
# S608 below: the one text put into the statements is this constant.
ASTRAY = """
           c.agency_id = (SELECT ctx.claim(3)) AND c.status <> 'closed'
       AND (c.next_action = '' OR c.next_action_on IS NULL
            OR c.touched_at < %(quiet_before)s
            OR c.worker_id IS NULL AND c.next_action_on < %(overdue_before)s)
"""
STRAYS = f"""
    SELECT c.public_id, c.person_id, c.status, t.name, coalesce(u.name, ''),
           c.touched_at, c.next_action = '' OR c.next_action_on IS NULL,
           c.next_action_on, c.touched_at < %(quiet_before)s
      FROM casework_case c
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN accounts_user u ON u.id = c.worker_id
     WHERE {ASTRAY}
     ORDER BY c.touched_at, c.id
     LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608
COUNT_STRAYS = f"SELECT count(*) FROM casework_case c WHERE {ASTRAY}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases stand like this. `unowned` wait in a team's queue."""

    status: CaseStatus
    tier: str
    disposition: str
    cases: int
    unowned: int


@dataclass(frozen=True, kw_only=True)
class StrayCase:
    """An open case that something is missing from."""

    public_id: UUID
    person_id: int
    status: CaseStatus
    team_name: str
    worker_name: str
    touched_at: datetime
    next_action_on: date | None
    no_next_action: bool
    quiet: bool  # nothing has happened for the number of days asked about
    no_owner: bool  # nobody has taken it, and its day has passed

    @property
    def words(self) -> str:
        """What is missing, in words."""
        missing = [
            words
            for words, is_missing in (
                ("No next action", self.no_next_action),
                ("Nobody has taken it and its day has passed", self.no_owner),
                ("Nothing has happened lately", self.quiet),
            )
            if is_missing
        ]
        return ". ".join(missing)


def count_standing(*, actor: Actor) -> list[Standing]:
    """The agency's cases by status, tier and disposition. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return [Standing(CaseStatus(row[0]), *row[1:]) for row in cursor.fetchall()]


def count_strays(*, actor: Actor, quiet_before: datetime, overdue_before: date) -> int:
    """How many open cases `list_strays` would list in all. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT_STRAYS,
            {"quiet_before": quiet_before, "overdue_before": overdue_before},
        )
        return int(cursor.fetchone()[0])


def list_strays(
    *,
    actor: Actor,
    quiet_before: datetime,
    overdue_before: date,
    limit: int,
    offset: int = 0,
) -> list[StrayCase]:
    """Open cases with no next action, no owner in time, or no event lately.

    Every case has an owning team from the moment it is opened; "no owner" means
    that no worker has taken it by the day its next action was due.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            STRAYS,
            {
                "quiet_before": quiet_before,
                "overdue_before": overdue_before,
                "limit": limit,
                "offset": offset,
            },
        )
        return [
            StrayCase(
                public_id=row[0],
                person_id=row[1],
                status=CaseStatus(row[2]),
                team_name=row[3],
                worker_name=row[4],
                touched_at=row[5],
                no_next_action=row[6],
                next_action_on=row[7],
                quiet=row[8],
                no_owner=row[4] == "" and _is_past(row[7], overdue_before),
            )
            for row in cursor.fetchall()
        ]


def _is_past(day: date | None, before: date) -> bool:
    return day is not None and day < before
