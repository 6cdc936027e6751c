"""Keeping what happened."""

from collections.abc import Sequence
from datetime import datetime

from psycopg.types.json import Jsonb

from alongside.care.journey.models import JourneyEvent
from alongside.care.journey.types import KeptEvent
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.bulk import bulk_insert, bulk_update, take_ids

EVENT_COLUMNS = (
    *("id", "area_id", "victimisation_id", "row_id", "event", "suspect_ref"),
    *("occurred_at", "received_at", "detail", "content_hash", "offence_code", "source"),
)


def take_event_ids(*, actor: Actor, now: datetime, count: int) -> list[int]:
    """Keys for events about to be kept."""
    return take_ids(JourneyEvent, count)


def add_events(
    *,
    actor: Actor,
    now: datetime,
    events: Sequence[tuple[KeptEvent, str]],
    by_hand: bool = False,
) -> None:
    """Keep what happened, each with who told us; `by_hand`: the actor wrote it down.

    Runs in the transaction of what brought it, which audits it.
    """
    bulk_insert(
        JourneyEvent,
        EVENT_COLUMNS,
        (
            (
                *(e.event_id, actor.area_id, e.victimisation_id, e.row_id, e.event),
                *(e.suspect_ref, e.occurred_at, e.received_at, Jsonb(e.detail)),
                *(e.content_hash, e.offence_code, source),
            )
            for e, source in events
        ),
        alike={
            "recorded_at": now,
            "recorded_by_id": actor.user_id if by_hand else None,
        },
    )


def supersede(
    *, actor: Actor, now: datetime, pairs: Sequence[tuple[int, int, str]]
) -> None:
    """Have events stand in the place of others: (the old, the new, why). The old are
    kept as they were. Runs in the transaction of what corrects them."""
    bulk_update(
        JourneyEvent,
        ("id", "superseded_by_id", "superseded_why"),
        pairs,
        only_unset="superseded_by_id",
    )
