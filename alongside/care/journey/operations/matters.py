"""Keeping matters, and messages that wait for one; many at a time.

Each runs in the transaction of what brought them, which audits it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from alongside.care.journey.models import Matter, WaitingMessage
from alongside.care.journey.types import Standing
from alongside.care.journey.types.matters import FirstMatter, KnownMatter, MatterKey
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import bulk_insert, bulk_update, run_in_order

FIRST_COLUMNS = ("victimisation_id", "suspect_ref", "stage", "stage_since")
NEW_COLUMNS = (
    *("victimisation_id", "suspect_ref", "offence_code", "stage", "stage_event_id"),
    "stage_since",
)
STANDING_COLUMNS = ("id", "live", "stage", "stage_event_id", "stage_since")
WAITING_COLUMNS = (
    *("feed_row", "crime_key", "crime_ref", "suspect_ref", "event", "occurred_at"),
    *("received_at", "detail", "content_hash"),
)

Settled = Mapping[int, Mapping[MatterKey, Standing]]
Known = Mapping[int, Sequence[KnownMatter]]


@dataclass(slots=True)
class NewWaiting:
    """A message that is to wait for its referral."""

    row_id: int
    crime_key: UUID
    crime_ref: str
    suspect_ref: str
    event: str
    occurred_at: datetime
    received_at: datetime
    detail: dict[str, object]
    content_hash: UUID


def add_first(*, actor: Actor, now: datetime, matters: Iterable[FirstMatter]) -> None:
    """Give new victimisations their first matter each."""
    bulk_insert(
        Matter,
        FIRST_COLUMNS,
        ((m.victimisation_id, m.suspect_ref, m.stage, m.since) for m in matters),
        alike={
            "area_id": actor.area_id,
            "offence_code": "",
            "live": True,
            "stage_event_id": None,
        },
    )


def settle(*, actor: Actor, now: datetime, settled: Settled, known: Known) -> int:
    """Bring the matters of these victimisations to where they stand.

    Only what is new or changed is written, and how many that was is answered. One
    that stands for nothing any more is kept as it was, and says so.
    """
    new, changed = [], []
    for victimisation_id, standings in settled.items():
        rows = {row.key: row for row in known.get(victimisation_id, ())}
        for key, standing in standings.items():
            row = rows.pop(key, None)
            at = (standing.stage, standing.event_id, standing.since)
            if row is None:
                new.append((victimisation_id, *key, *at))
            elif (row.live, row.stage, row.event_id, row.since) != (True, *at):
                changed.append((row.matter_id, True, *at))
        changed.extend(
            (row.matter_id, False, row.stage, row.event_id, row.since)
            for row in rows.values()
            if row.live
        )
    bulk_insert(
        Matter, NEW_COLUMNS, new, alike={"area_id": actor.area_id, "live": True}
    )
    bulk_update(Matter, STANDING_COLUMNS, changed)
    return len(new) + len(changed)


def record_settling(*, actor: Actor, now: datetime, why: str) -> None:
    """Say on the trail that the matters of an area were settled anew, and why."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.MATTERS_SETTLED,
        subject=Subject(kind="area", public_id=None),
        purpose=why,
    )


def keep_waiting(
    *,
    actor: Actor,
    now: datetime,
    sender_id: int,
    messages: Sequence[NewWaiting],
) -> None:
    """Have messages wait for their referral. One that waits already waits once."""
    bulk_insert(
        WaitingMessage,
        WAITING_COLUMNS,
        (
            (
                *(one.row_id, one.crime_key, one.crime_ref, one.suspect_ref, one.event),
                *(one.occurred_at, one.received_at, Jsonb(one.detail)),
                one.content_hash,
            )
            for one in messages
        ),
        alike={
            "area_id": actor.area_id,
            "agency_id": actor.agency_id,
            "sender_id": sender_id,
            "waits_since": now,
            "refused_why": "",
        },
        unless_there=True,
    )


def let_go(*, actor: Actor, now: datetime, waiting_ids: Sequence[int]) -> None:
    """Take messages away that have been applied: what they told is kept as events."""
    if waiting_ids:
        run_in_order(
            "DELETE FROM journey_waitingmessage WHERE id = ANY (%s)",
            [list(waiting_ids)],
        )


def refuse_waiting(
    *, actor: Actor, now: datetime, waiting_ids: Sequence[int], why: str
) -> None:
    """Say why messages could not be applied although their referral has come."""
    if waiting_ids:
        run_in_order(
            "UPDATE journey_waitingmessage SET refused_why = %s WHERE id = ANY (%s)",
            [why, list(waiting_ids)],
        )
