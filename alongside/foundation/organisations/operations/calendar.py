"""Keeping the days on which offices of the area are closed.

Lies below the accounts and the trail: the workflow `keep_calendar` sees to permission
and to the trail.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.models import ClosedDay
from alongside.foundation.organisations.queries.calendar import Uncounted, days_on_list
from alongside.foundation.organisations.rules import (
    ClosedDayImpossible,
    check_closing,
    days_added,
)
from alongside.foundation.organisations.types import Keeper, NewClosing


@transaction.atomic
def add_closed_days(
    *, actor: Keeper, now: datetime, closing: NewClosing
) -> dict[date, UUID]:
    """Add the working days of a stretch on which offices are closed; their ids.

    Raises:
        ClosedDayImpossible: none of them would be a working day, or the stretch
            cannot be so, or something is missing.
    """
    check_closing(closing)
    days = days_added(
        closing, known=days_on_list(since=closing.first), today=local_day(now)
    )
    made = ClosedDay.objects.bulk_create(
        ClosedDay(
            area_id=actor.area_id,
            on=day,
            title=closing.title.strip(),
            reason=closing.reason.strip(),
            holders=list(closing.holders),
            added_at=now,
            added_by=actor.label,
        )
        for day in days
    )
    found = ClosedDay.objects.filter(pk__in=[row.pk for row in made]).order_by("on")
    return dict(found.values_list("on", "public_id"))


@transaction.atomic
def withdraw_closed_day(
    *, actor: Keeper, now: datetime, day_id: UUID, reason: str
) -> None:
    """Take a day back: offices are open after all. The row stays.

    Raises:
        NotFound: there is no such day, or it was withdrawn.
        ClosedDayImpossible: there is no reason, or the day has passed.
    """
    if not reason.strip():
        raise ClosedDayImpossible("Say why the day is taken back", field="reason")
    rows = ClosedDay.objects.select_for_update().filter(withdrawn_at=None)
    row = rows.filter(public_id=day_id).first()
    if row is None:
        raise NotFound("We could not find that day, or it was taken back")
    if row.on < local_day(now):
        raise ClosedDayImpossible(
            "That day has passed. What was planned by it stays", field="reason"
        )
    row.withdrawn_at, row.withdrawn_by = now, actor.label
    row.withdrawn_why, row.counted_at = reason.strip(), None
    row.counting_done = row.counting_of = 0
    row.save(
        update_fields=[
            *("withdrawn_at", "withdrawn_by", "withdrawn_why", "counted_at"),
            *("counting_done", "counting_of"),
        ]
    )


def note_counting(
    *, actor: str, now: datetime, days: Sequence[Uncounted], done: int, of: int
) -> None:
    """Say how many cases the running promises have been counted anew for. `actor`
    names who counts."""
    ClosedDay.objects.filter(pk__in=[day.key for day in days]).update(
        counting_done=done, counting_of=of
    )


def mark_counted(*, actor: str, now: datetime, days: Sequence[Uncounted]) -> None:
    """Say that the running promises were counted anew for these days. `actor` names
    who counted them. One that was withdrawn meanwhile is to be counted again.
    """
    for withdrawn in (False, True):
        keys = [day.key for day in days if day.withdrawn is withdrawn]
        ClosedDay.objects.filter(
            pk__in=keys, withdrawn_at__isnull=not withdrawn
        ).update(counted_at=now)
