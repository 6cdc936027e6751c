"""Keeping what happened."""

from collections.abc import Sequence
from datetime import datetime

from psycopg.types.json import Jsonb

from alongside.care.journey.models import JourneyEvent
from alongside.care.journey.types import KeptEvent
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.bulk import bulk_insert, take_ids

EVENT_COLUMNS = (
    *("id", "area_id", "victimisation_id", "row_id", "event", "suspect_ref"),
    *("occurred_at", "received_at", "detail", "source", "content_hash", "recorded_at"),
)


def take_event_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for events about to be kept."""
    return take_ids(JourneyEvent, count)


def add_events(
    *, actor: Actor, now: datetime, source: str, events: Sequence[KeptEvent]
) -> None:
    """Keep what happened. Runs in the transaction of a delivery, which audits it."""
    bulk_insert(
        JourneyEvent,
        EVENT_COLUMNS,
        (
            (
                *(e.event_id, actor.area_id, e.victimisation_id, e.row_id, e.event),
                *(e.suspect_ref, e.occurred_at, e.received_at, Jsonb(e.detail)),
                *(source, e.content_hash, now),
            )
            for e in events
        ),
    )
