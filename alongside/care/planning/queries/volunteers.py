"""Who gives their time, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from alongside.care.planning.models import Volunteer, VolunteerHours
from alongside.foundation.accounts.types import Actor


@dataclass(frozen=True, kw_only=True)
class VolunteerLine:
    """Somebody who gives their time, and since when. `until` is exclusive."""

    user_id: int
    public_id: UUID
    name: str
    since: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    """What one volunteer gave in one month, by kind of work."""

    month: date
    name: str
    work: str
    minutes: int
    entries: int


@dataclass(frozen=True, kw_only=True)
class HoursLine:
    """One entry. `case_id` is empty for time given to the service at large."""

    hours_id: UUID
    user_id: int
    name: str
    day: date
    minutes: int
    work: str
    words: str
    case_id: UUID | None


def list_volunteers(*, actor: Actor) -> list[VolunteerLine]:
    """Everybody of the actor's agency who ever gave their time, those who do first."""
    rows = Volunteer.objects.filter(agency_id=actor.agency_id).select_related("user")
    return [
        VolunteerLine(
            user_id=row.user_id,
            public_id=row.user.public_id,
            name=row.user.name,
            since=row.since,
            until=row.until,
        )
        for row in sorted(rows, key=lambda one: (one.until is not None, one.user.name))
    ]


def sum_hours(
    *, actor: Actor, since: date, until: date, user_id: int | None = None
) -> list[MonthLine]:
    """Time given between two days, by month, volunteer and work, the newest first.

    Hours given to a case that the actor may not see are not in it. One statement.
    """
    rows = VolunteerHours.objects.filter(
        agency_id=actor.agency_id, undone_at=None, day__gte=since, day__lt=until
    )
    rows = rows if user_id is None else rows.filter(worker_id=user_id)
    sums = (
        rows.annotate(month=TruncMonth("day"))
        .values("month", "worker__name", "work")
        .annotate(given=Sum("minutes"), entries=Count("pk"))
        .order_by("-month", "worker__name", "work")
    )
    return [
        MonthLine(
            month=row["month"],
            name=row["worker__name"],
            work=row["work"],
            minutes=row["given"],
            entries=row["entries"],
        )
        for row in sums
    ]


def list_hours(*, actor: Actor, user_id: int | None, limit: int) -> Sequence[HoursLine]:
    """The newest entries, of one volunteer or of all. One statement."""
    rows = VolunteerHours.objects.filter(agency_id=actor.agency_id, undone_at=None)
    rows = rows if user_id is None else rows.filter(worker_id=user_id)
    return [
        HoursLine(
            hours_id=row.public_id,
            user_id=row.worker_id,
            name=row.worker.name,
            day=row.day,
            minutes=row.minutes,
            work=row.work,
            words=row.words,
            case_id=row.case.public_id if row.case else None,
        )
        for row in rows.select_related("worker", "case").order_by("-day", "-pk")[:limit]
    ]
