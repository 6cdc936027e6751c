"""What a worker does with an update, by the ways that are safe at that moment."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.contact.types import Channel
from alongside.care.telling.operations import drafts
from alongside.care.telling.operations.drafts import Written
from alongside.care.telling.tables import WAYS
from alongside.care.telling.types import HourSaid, Kind
from alongside.foundation.accounts.types import Actor
from alongside.workflows.tell_person import UpdateView, read_update


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody wrote, over which version of the update."""

    kind: Kind
    words: str
    version: int


def _written(view: UpdateView, typed: Typed) -> Written:
    words = typed.words.replace("\r\n", "\n").strip()
    return Written(
        draft=replace(view.written, words=words),
        changed=words != view.written.words.strip(),
    )


@transaction.atomic
def keep_draft(
    *, actor: Actor, now: datetime, case_id: UUID, event_id: UUID, typed: Typed
) -> None:
    """Keep the words for later.

    Raises:
        As `drafts.save_draft`.
    """
    view = _read(actor, now, case_id, event_id=event_id, typed=typed)
    drafts.save_draft(
        actor=actor,
        now=now,
        case_id=case_id,
        event_id=event_id,
        version=typed.version,
        written=_written(view, typed),
    )


@transaction.atomic
def tell(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    typed: Typed,
    channel: Channel,
    at: datetime,
    said: HourSaid | None = None,
) -> None:
    """Tell them by one way: what leaves by a sender leaves once its hold is over; what
    a worker said or posted was told `at`. `said` is what the worker says of the hour,
    where it is night or the person gave their times.

    Raises:
        As `drafts.ask_to_send` and `drafts.tell_by_hand`.
    """
    view = _read(actor, now, case_id, event_id=event_id, typed=typed)
    written = _written(view, typed)
    if WAYS[channel].leaves:
        drafts.ask_to_send(
            actor=actor,
            now=now,
            case_id=case_id,
            event_id=event_id,
            version=typed.version,
            written=written,
            channel=channel,
            ways=view.ways,
            full_words=view.whole(written.draft.words),
            hour=view.hour,
            said=said,
        )
        return
    drafts.tell_by_hand(
        actor=actor,
        now=now,
        case_id=case_id,
        event_id=event_id,
        version=typed.version,
        written=written,
        channel=channel,
        ways=view.ways,
        at=at,
    )


@transaction.atomic
def drop(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    version: int,
    why: str,
    words: str,
) -> None:
    """Say that an event is not told, and why.

    Raises:
        As `drafts.drop`.
    """
    view = read_update(actor=actor, now=now, case_id=case_id, event_id=event_id)
    drafts.drop(
        actor=actor,
        now=now,
        case_id=case_id,
        event_id=event_id,
        version=version,
        written=Written(draft=view.written),
        why=why,
        words=words,
    )


def _read(
    actor: Actor, now: datetime, case_id: UUID, *, event_id: UUID, typed: Typed
) -> UpdateView:
    return read_update(
        actor=actor, now=now, case_id=case_id, event_id=event_id, kind=typed.kind
    )
