"""What an outcome code in a referral says has happened, and which of several ways to
tell one and the same thing stands: the force's own message, else what somebody here
wrote down, else the code. Whichever comes first, the same stands.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from alongside.care.intake.types import ReadRow
from alongside.care.journey.rules import settle, told_again
from alongside.care.journey.tables import (
    LIMITS,
    OUTCOME_EVENTS,
    STAGES,
    STATUS_EVENTS,
)
from alongside.care.journey.types import KeptEvent, StagePart
from alongside.care.journey.types.matters import EventMatter, KnownEvent
from alongside.foundation.lib.hashes import hash_text
from alongside.foundation.lib.local import LONDON
from alongside.workflows.receiving.happenings import (
    BY_HAND,
    FEED,
    OUTCOME,
    REFERRAL,
    Addition,
    as_happened,
    counting,
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
    """Whether a referral carries an outcome that says that something happened, or a
    status that may take one back."""
    return row.outcome_type in OUTCOME_EVENTS or _goes_on(row)


def _goes_on(row: ReadRow) -> bool:
    return not row.outcome_type and row.status in STATUS_EVENTS


def from_referral(
    row: ReadRow,
    matter: EventMatter,
    known: Sequence[KnownEvent],
    *,
    event_id: int,
    row_id: int,
    said_at: datetime,
) -> Addition | None:
    """The event that a referral says: by its outcome, or by its status where there is
    no outcome any more. None where it says none, or what is known already."""
    say = _from_status if _goes_on(row) else from_outcome
    return say(row, matter, known, event_id=event_id, row_id=row_id, said_at=said_at)


def _from_status(
    row: ReadRow,
    matter: EventMatter,
    known: Sequence[KnownEvent],
    *,
    event_id: int,
    row_id: int,
    said_at: datetime,
) -> Addition | None:
    """That the force looks into it again, where its outcome ended it before.

    What its messages ended only its messages open again: a status is often old.
    """
    by_outcome = {
        one.happened.event_id for one in known if one.counts and one.source == OUTCOME
    }
    if not by_outcome & _ended_by(matter, known):
        return None
    event = KeptEvent(
        event_id=event_id,
        victimisation_id=matter.victimisation_id,
        row_id=row_id,
        event=STATUS_EVENTS[row.status].event,
        suspect_ref=row.suspect_ref,
        occurred_at=said_at,
        received_at=said_at,
        detail={},
        content_hash=hash_text([REFERRAL, row.status, said_at.isoformat()]),
    )
    return Addition(event, matter, source=REFERRAL)


def _ended_by(matter: EventMatter, known: Iterable[KnownEvent]) -> set[int | None]:
    """The events by which matters stand as ended now."""
    return {
        standing.event_id
        for standing in settle(matter, counting(known)).values()
        if STAGES[standing.stage].part is StagePart.ENDED
    }


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
    if _opened_since(event, known) and not _ended_by(matter, known):
        event.occurred_at = event.received_at = said_at
        event.content_hash = hash_text([str(event.content_hash), said_at.isoformat()])
    if any(one.happened.content_hash == event.content_hash for one in known):
        return None
    since = _since_opened(known)
    happened = as_happened(event)
    if any(
        told_again(happened, source, since, within=SAME_NEWS)
        for source in (FEED, BY_HAND)
    ):
        return None
    before = told_again(happened, OUTCOME, since, within=SAME_NEWS)
    return Addition(
        event,
        matter,
        source=OUTCOME,
        replaces=[one.happened.event_id for one in before],
        why=CHANGED,
    )


def _opened_since(event: KeptEvent, known: Iterable[KnownEvent]) -> bool:
    """Whether the force went back on an outcome on or after the day this one says: it
    is said anew, and ends what goes on."""
    return any(
        one.counts
        and one.source == REFERRAL
        and one.happened.occurred_at >= event.occurred_at
        for one in known
    )


def _since_opened(known: Sequence[KnownEvent]) -> list[KnownEvent]:
    """What happened since the force last went back on an outcome: what ended before
    and ends again is news again."""
    opened = [
        one.happened.occurred_at
        for one in known
        if one.counts and one.source == REFERRAL
    ]
    if not opened:
        return list(known)
    return [one for one in known if one.happened.occurred_at >= max(opened)]


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
