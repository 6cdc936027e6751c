"""Questions about what happened, and whom it concerns."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.journey.models import JourneyEvent, Telling
from alongside.care.journey.rules.stages import first_stage
from alongside.care.journey.types import DutyHolder, Happened, KeptEvent
from alongside.care.journey.types.matters import EventMatter, KnownEvent

# Who was written down by hand came some time after the crime: where nobody said when it
# happened, news from before that day is theirs too.
VICTIMS = """
    SELECT v.crime_key, v.id, v.case_id, v.record_type, v.role, v.offence_code,
           coalesce(c.tier, 'standard'), v.suspect_ref,
           v.force_code <> '' OR v.crime_ref <> '', v.reported_at,
           coalesce(v.occurred_from, CASE WHEN v.force_code = ''
                                          THEN timestamptz '1900-01-01 00:00+00' END)
      FROM casework_victimisation v LEFT JOIN casework_case c ON c.id = v.case_id
"""
FIND_MATTERS = (
    VICTIMS
    + " WHERE v.crime_key = ANY (%s::uuid[]) AND v.live AND v.same_as_id IS NULL"
)
FIND_VICTIMS = VICTIMS + " WHERE v.id = ANY (%s::bigint[])"
NEWEST_EVENTS = """
    SELECT DISTINCT ON (v.case_id) v.case_id, e.id, e.recorded_at, e.event
      FROM casework_victimisation v
      JOIN journey_journeyevent e ON e.victimisation_id = v.id
     WHERE v.case_id = ANY (%s::bigint[]) AND e.event = ANY (%s::text[])
       AND e.superseded_by_id IS NULL
     ORDER BY v.case_id, e.recorded_at DESC, e.id DESC
"""


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One event as pages show it.

    `recorded_by` is empty for what a feed told us. `superseded_by` names what stands
    in its place, and `superseded_why` the reason.
    """

    event_id: int
    public_id: UUID
    event: str
    occurred_at: datetime
    received_at: datetime
    detail: dict[str, object]
    source: str
    victimisation_id: int
    suspect_ref: str
    offence_code: str
    content_hash: UUID
    recorded_at: datetime
    recorded_by: str
    superseded_by: int | None
    superseded_why: str


def list_events(*, victimisation_ids: Sequence[int], limit: int) -> list[EventLine]:
    """What happened in these matters, newest first, corrected ones too. One
    statement."""
    rows = JourneyEvent.objects.filter(victimisation_id__in=list(victimisation_ids))
    rows = rows.select_related("recorded_by")
    return [
        EventLine(
            event_id=row.pk,
            public_id=row.public_id,
            event=row.event,
            occurred_at=row.occurred_at,
            received_at=row.received_at,
            detail=row.detail,
            source=row.source,
            victimisation_id=row.victimisation_id,
            suspect_ref=row.suspect_ref,
            offence_code=row.offence_code,
            content_hash=row.content_hash,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by.name if row.recorded_by else "",
            superseded_by=row.superseded_by_id,
            superseded_why=row.superseded_why,
        )
        for row in rows.order_by("-occurred_at", "-pk")[:limit]
    ]


def find_event_matters(*, crime_keys: Sequence[UUID]) -> dict[UUID, list[EventMatter]]:
    """Whom an event of each crime concerns. One statement."""
    found: dict[UUID, list[EventMatter]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FIND_MATTERS, [list(crime_keys)])
        for key, *row in cursor.fetchall():
            found.setdefault(key, []).append(_matter(row))
    return found


def find_victims(*, victimisation_ids: Sequence[int]) -> dict[int, EventMatter]:
    """The same, by victimisation, live or not. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_VICTIMS, [list(victimisation_ids)])
        return {row[1]: _matter(row[1:]) for row in cursor.fetchall()}


def _matter(row: Sequence[Any]) -> EventMatter:
    key, case_id, record_type, role, offence, tier, suspect, reported, *times = row
    reported_at, occurred_from = times
    return EventMatter(
        victimisation_id=key,
        case_id=case_id,
        record_type=record_type,
        role=role,
        offence_code=offence,
        enhanced=tier == "enhanced",
        suspect_ref=suspect,
        begins=first_stage(record_type=record_type, reported=reported),
        since=reported_at,
        crime_from=min(reported_at, occurred_from or reported_at),
    )


def list_kept(*, victimisation_id: int) -> list[KeptEvent]:
    """What counts of one victimisation, oldest first. One statement."""
    rows = JourneyEvent.objects.filter(
        victimisation_id=victimisation_id, superseded_by=None
    )
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
            offence_code=row.offence_code,
        )
        for row in rows.order_by("occurred_at", "pk")
    ]


def list_known(*, victimisation_ids: Sequence[int]) -> dict[int, list[KnownEvent]]:
    """Every event kept of these victimisations, corrected ones too. One statement."""
    found: dict[int, list[KnownEvent]] = defaultdict(list)
    rows = JourneyEvent.objects.filter(victimisation_id__in=list(victimisation_ids))
    for victimisation_id, source, superseded_by, *row in rows.values_list(
        *("victimisation_id", "source", "superseded_by_id", "pk", "event"),
        *("suspect_ref", "offence_code", "occurred_at", "detail", "content_hash"),
    ):
        known = KnownEvent(Happened(*row), source, superseded_by is None)
        found[victimisation_id].append(known)
    return found


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


@dataclass(frozen=True, kw_only=True)
class TellingLine:
    """That the person was told of an event, as pages show it.

    `taken_back` says why it turned out not to have been so; empty: it counts.
    `carried`: they were told before it was corrected, and it still holds.
    """

    telling_id: int
    event_id: int
    told_at: datetime
    told_by: DutyHolder
    how: str
    evidence: str
    recorded_by: str
    taken_back: str
    carried: bool


def list_tellings(*, victimisation_ids: Sequence[int]) -> dict[int, list[TellingLine]]:
    """What the person was told, by event, the first first; what was taken back too.
    One statement."""
    found: dict[int, list[TellingLine]] = defaultdict(list)
    rows = Telling.objects.filter(victimisation_id__in=list(victimisation_ids))
    for row in rows.select_related("recorded_by").order_by("told_at", "pk"):
        found[row.event_id].append(
            TellingLine(
                telling_id=row.pk,
                event_id=row.event_id,
                told_at=row.told_at,
                told_by=DutyHolder(row.told_by),
                how=row.how,
                evidence=row.evidence,
                recorded_by=row.recorded_by.name if row.recorded_by else "",
                taken_back=row.taken_back_why,
                carried=row.carried_from_id is not None,
            )
        )
    return found


def get_public_id(*, event_id: int) -> UUID:
    """What an event is called outside. One statement."""
    found: UUID = JourneyEvent.objects.values_list("public_id", flat=True).get(
        pk=event_id
    )
    return found
