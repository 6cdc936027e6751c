"""Questions about what happened, and whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from alongside.care.journey.models import JourneyEvent
from alongside.care.journey.types import KeptEvent

FIND_MATTERS = """
    SELECT v.crime_key, v.id, v.case_id, v.record_type, v.role, v.offence_code,
           coalesce(c.tier, 'standard')
      FROM casework_victimisation v LEFT JOIN casework_case c ON c.id = v.case_id
     WHERE v.crime_key = ANY (%s::uuid[]) AND v.live AND v.same_as_id IS NULL
"""


NEWEST_EVENTS = """
    SELECT DISTINCT ON (v.case_id) v.case_id, e.id, e.recorded_at, e.event
      FROM casework_victimisation v
      JOIN journey_journeyevent e ON e.victimisation_id = v.id
     WHERE v.case_id = ANY (%s::bigint[]) AND e.event = ANY (%s::text[])
     ORDER BY v.case_id, e.recorded_at DESC, e.id DESC
"""


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One event as the timeline shows it."""

    event: str
    occurred_at: datetime
    received_at: datetime
    detail: dict[str, object]
    source: str
    victimisation_id: int
    suspect_ref: str


@dataclass(frozen=True, slots=True)
class EventMatter:
    """A victimisation that an event of its crime concerns."""

    victimisation_id: int
    case_id: int | None
    record_type: str
    role: str
    offence_code: str
    enhanced: bool


def list_events(*, victimisation_ids: Sequence[int], limit: int) -> list[EventLine]:
    """What happened in these matters, newest first. One statement."""
    rows = JourneyEvent.objects.filter(victimisation_id__in=list(victimisation_ids))
    return [
        EventLine(
            event=row.event,
            occurred_at=row.occurred_at,
            received_at=row.received_at,
            detail=row.detail,
            source=row.source,
            victimisation_id=row.victimisation_id,
            suspect_ref=row.suspect_ref,
        )
        for row in rows.order_by("-occurred_at", "-pk")[:limit]
    ]


def find_event_matters(*, crime_keys: Sequence[UUID]) -> dict[UUID, list[EventMatter]]:
    """Whom an event of each crime concerns. One statement."""
    found: dict[UUID, list[EventMatter]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FIND_MATTERS, [list(crime_keys)])
        for row in cursor.fetchall():
            matter = EventMatter(
                *(row[1], row[2], row[3], row[4], row[5], row[6] == "enhanced")
            )
            found.setdefault(row[0], []).append(matter)
    return found


def list_kept(*, victimisation_id: int) -> list[KeptEvent]:
    """Everything kept of one matter, oldest first. One statement."""
    rows = JourneyEvent.objects.filter(victimisation_id=victimisation_id)
    return [
        KeptEvent(
            event_id=row.pk,
            victimisation_id=row.victimisation_id,
            row_id=row.row_id,
            event=row.event,
            suspect_ref=row.suspect_ref,
            occurred_at=row.occurred_at,
            received_at=row.received_at,
            detail=row.detail,
            content_hash=row.content_hash,
        )
        for row in rows.order_by("occurred_at", "pk")
    ]


def find_known_events(*, victimisation_ids: Sequence[int]) -> set[tuple[int, UUID]]:
    """(victimisation, content) of every event already kept of these matters."""
    rows = JourneyEvent.objects.filter(victimisation_id__in=list(victimisation_ids))
    return set(rows.values_list("victimisation_id", "content_hash"))


def find_newest_events(
    *, case_ids: Sequence[int], events: Sequence[str]
) -> dict[int, tuple[int, datetime, str]]:
    """The newest of these events in each case: its key, when we were told, and which.
    One statement."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_EVENTS, [list(case_ids), list(events)])
        return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}
