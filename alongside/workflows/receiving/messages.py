"""Progress messages on their way to the people they concern."""

from alongside.care.intake.types import ProgressRow
from alongside.care.journey.types import KeptEvent
from alongside.care.journey.types.matters import EventMatter, Message
from alongside.foundation.reference.tables import OFFENCES


def message_of(read: ProgressRow, row_id: int) -> Message:
    """A message that was read, as it is kept for whom it concerns."""
    return Message(
        row_id=row_id,
        event=read.event,
        suspect_ref=read.suspect_ref,
        occurred_at=read.occurred_at,
        received_at=read.received_at,
        detail=dict(read.detail),
        content_hash=read.content_hash,
    )


def as_event(message: Message, matter: EventMatter, event_id: int) -> KeptEvent:
    """A message as an event of one victimisation."""
    return KeptEvent(
        event_id=event_id,
        victimisation_id=matter.victimisation_id,
        row_id=message.row_id,
        event=message.event,
        suspect_ref=message.suspect_ref,
        occurred_at=message.occurred_at,
        received_at=message.received_at,
        detail=message.detail,
        content_hash=message.content_hash,
        offence_code=named_offence(message.detail),
    )


def named_offence(detail: dict[str, object]) -> str:
    """The offence that an event names; empty where it names none that is known."""
    named = str(detail.get("offence_code", "")).strip()
    return named if named in OFFENCES else ""
