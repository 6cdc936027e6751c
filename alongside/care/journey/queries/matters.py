"""Questions about matters, and about messages that wait for one."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from alongside.care.journey.models import Matter
from alongside.care.journey.types import OwnEvent
from alongside.care.journey.types.matters import KnownMatter, Message

# What waits for these crimes, and what those who are known in them were told already:
# as the force told it, though it was put right for one of them, unless it never was.
MESSAGES = """
    SELECT w.crime_key, w.feed_row, w.event, w.suspect_ref, w.occurred_at,
           w.received_at, w.detail, w.content_hash, w.id
      FROM journey_waitingmessage w
     WHERE w.crime_key = ANY (%(keys)s::uuid[]) AND w.refused_why = ''
     UNION ALL
    (SELECT DISTINCT ON (v.crime_key, e.content_hash)
            v.crime_key, e.row_id, e.event, e.suspect_ref, e.occurred_at,
            e.received_at, e.detail, e.content_hash, NULL
       FROM casework_victimisation v
       JOIN journey_journeyevent e ON e.victimisation_id = v.id
       LEFT JOIN journey_journeyevent n ON n.id = e.superseded_by_id
      WHERE v.crime_key = ANY (%(keys)s::uuid[]) AND v.live
        AND e.row_id IS NOT NULL AND e.source = %(source)s
        AND (n.id IS NULL OR n.event <> %(taken_back)s)
      ORDER BY v.crime_key, e.content_hash, e.id)
"""

# What can have matters: a part in a crime that stands, and is not another's double.
LIVE = """
    SELECT v.id FROM casework_victimisation v
     WHERE v.live AND v.same_as_id IS NULL AND v.id > %s
     ORDER BY v.id LIMIT %s
"""
COUNT_LIVE = (
    "SELECT count(*) FROM casework_victimisation v"
    " WHERE v.live AND v.same_as_id IS NULL"
)


@dataclass(frozen=True, kw_only=True)
class MatterLine:
    """One matter that stands, as pages show it.

    `event_id` is the event that brought it to its stage; none: it begins there.
    """

    public_id: UUID
    victimisation_id: int
    suspect_ref: str
    offence_code: str
    stage: str
    event_id: int | None
    since: datetime


def list_matters(*, victimisation_ids: Sequence[int]) -> list[MatterLine]:
    """The matters of these victimisations that stand, by suspect and offence. One
    statement."""
    rows = Matter.objects.filter(victimisation_id__in=list(victimisation_ids))
    return [
        MatterLine(
            public_id=row.public_id,
            victimisation_id=row.victimisation_id,
            suspect_ref=row.suspect_ref,
            offence_code=row.offence_code,
            stage=row.stage,
            event_id=row.stage_event_id,
            since=row.stage_since,
        )
        for row in rows.filter(live=True).order_by(
            "victimisation_id", "suspect_ref", "offence_code"
        )
    ]


def list_live(*, after: int, limit: int) -> list[int]:
    """The keys of victimisations that stand, in order, beginning after one. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute(LIVE, [after, limit])
        return [key for (key,) in cursor.fetchall()]


def count_live() -> int:
    """How many victimisations that stand the actor sees. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_LIVE)
        (number,) = cursor.fetchone()
    return int(number)


def list_known_matters(
    *, victimisation_ids: Sequence[int]
) -> dict[int, list[KnownMatter]]:
    """The matters kept of these victimisations. One statement."""
    found: dict[int, list[KnownMatter]] = defaultdict(list)
    rows = Matter.objects.filter(victimisation_id__in=list(victimisation_ids))
    for row in rows:
        found[row.victimisation_id].append(
            KnownMatter(
                row.pk,
                (row.suspect_ref, row.offence_code),
                row.live,
                row.stage,
                row.stage_event_id,
                row.stage_since,
            )
        )
    return found


def find_messages(
    *, crime_keys: Sequence[UUID], source: str
) -> dict[UUID, list[Message]]:
    """What feeds have told of these crimes so far: what waits for their referral, and
    what others know who are in them. One statement."""
    found: dict[UUID, list[Message]] = defaultdict(list)
    if not crime_keys:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            MESSAGES,
            {
                "keys": list(crime_keys),
                "source": source,
                "taken_back": OwnEvent.TAKEN_BACK,
            },
        )
        for row in cursor.fetchall():
            found[row[0]].append(
                Message(
                    row_id=row[1],
                    event=row[2],
                    suspect_ref=row[3],
                    occurred_at=row[4],
                    received_at=row[5],
                    detail=json.loads(row[6]),
                    content_hash=row[7],
                    waiting_id=row[8],
                )
            )
    return found
