"""What an outcome code in a referral says has happened, and which of several ways to
tell one and the same thing stands: the force's own message, else what somebody here
wrote down, else the code. Whichever comes first, the same stands.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from alongside.care.intake.types import ReadRow
from alongside.care.journey.rules import told_again
from alongside.care.journey.tables import LIMITS, OUTCOME_EVENTS
from alongside.care.journey.types import KeptEvent
from alongside.care.journey.types.matters import EventMatter, KnownEvent
from alongside.foundation.lib.hashes import hash_text
from alongside.foundation.lib.local import LONDON
from alongside.workflows.receiving.happenings import (
    BY_HAND,
    FEED,
    OUTCOME,
    Addition,
    as_happened,
)

SAME_NEWS = timedelta(days=LIMITS["same_news"].number)
SAME_BY_HAND = timedelta(days=LIMITS["same_news_by_hand"].number)
BETTER_TOLD = "The force's own message tells it more exactly"
CHANGED = "The force changed the outcome"
WRITTEN_DOWN = "What was written down here tells it more exactly"


def make_way(addition: Addition, known: Iterable[KnownEvent]) -> None:
    """Have a message stand in the place of what an outcome code said of the same, and
    of what somebody here wrote down of it that day."""
    event, kept = as_happened(addition.event), list(known)
    found = [
        *told_again(event, OUTCOME, kept, within=SAME_NEWS),
        *told_again(event, BY_HAND, kept, within=SAME_BY_HAND),
    ]
    if found:
        addition.replaces = [one.happened.event_id for one in found]
        addition.why = BETTER_TOLD


def is_told(addition: Addition, known: Iterable[KnownEvent]) -> bool:
    """Whether the force has told itself what somebody is writing down; else have that
    stand in the place of what an outcome code said of the same."""
    event, kept = as_happened(addition.event), list(known)
    if told_again(event, FEED, kept, within=SAME_BY_HAND):
        return True
    found = told_again(event, OUTCOME, kept, within=SAME_NEWS)
    if found:
        addition.replaces = [one.happened.event_id for one in found]
        addition.why = WRITTEN_DOWN
    return False


def says_anything(row: ReadRow) -> bool:
    """Whether a referral carries an outcome that says that something happened."""
    return row.outcome_type in OUTCOME_EVENTS


def from_outcome(
    row: ReadRow,
    matter: EventMatter,
    known: Sequence[KnownEvent],
    *,
    event_id: int,
    row_id: int,
    said_at: datetime,
) -> Addition | None:
    """The event that the outcome of a referral says; none where it is known already.

    A force's own message of the same news says it better, and so does what was written
    down here, whichever comes first.
    Another outcome of the same kind stands in the place of the one before it.
    """
    event = _event(row, matter, event_id=event_id, row_id=row_id, said_at=said_at)
    if any(one.happened.content_hash == event.content_hash for one in known):
        return None
    happened = as_happened(event)
    if any(
        told_again(happened, source, known, within=SAME_NEWS)
        for source in (FEED, BY_HAND)
    ):
        return None
    before = told_again(happened, OUTCOME, known, within=SAME_NEWS)
    return Addition(
        event,
        matter,
        source=OUTCOME,
        replaces=[one.happened.event_id for one in before],
        why=CHANGED,
    )


def _event(
    row: ReadRow,
    matter: EventMatter,
    *,
    event_id: int,
    row_id: int,
    said_at: datetime,
) -> KeptEvent:
    at = said_at
    if row.outcome_on is not None:
        noon = datetime.combine(row.outcome_on, time(12), tzinfo=LONDON)
        at = min(noon, said_at)
    return KeptEvent(
        event_id=event_id,
        victimisation_id=matter.victimisation_id,
        row_id=row_id,
        event=OUTCOME_EVENTS[row.outcome_type].event,
        suspect_ref=row.suspect_ref,
        occurred_at=at,
        received_at=at,
        detail={"outcome_type": row.outcome_type},
        content_hash=_mark(row),
    )


def _mark(row: ReadRow) -> UUID:
    return hash_text([OUTCOME, row.outcome_type, str(row.outcome_on), row.suspect_ref])
