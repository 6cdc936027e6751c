"""What a worker does with an update: keep it, send it off, take it back, drop it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.contact.types import Channel
from alongside.care.journey.operations import mark_not_owed
from alongside.care.telling.models import Update
from alongside.care.telling.operations.noting import note, told
from alongside.care.telling.permissions import (
    CannotTell,
    TellingTimeImpossible,
    TellingWordsNeeded,
    UpdateChanged,
    WayRefused,
    begin,
)
from alongside.care.telling.queries.owed import (
    OwedEvent,
    find_event,
    list_running_promises,
    list_same_news,
)
from alongside.care.telling.rules import leaves_at, text_parts
from alongside.care.telling.tables import DROPPED, limit
from alongside.care.telling.types import (
    DraftWords,
    Hour,
    HourChoice,
    HourSaid,
    LimitCode,
    UpdateState,
    WayOffered,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.errors import NotFound

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

OPEN = (UpdateState.DRAFTED, UpdateState.FAILED)
GOING = (UpdateState.LEAVING, UpdateState.SENDING, UpdateState.SENT)
WORDS = ("template", "template_version", "kind", "language", "words", "changed")


class ReasonNeeded(CannotTell):
    user_message = "Choose why it is not sent"


class HourNeeded(CannotTell):
    user_message = "Say whether it may reach them at this hour"


class HourWhyNeeded(CannotTell):
    user_message = "Say why it cannot wait"


class TooLate(CannotTell):
    user_message = "It has left already, or somebody took it back before you"


@dataclass(frozen=True, kw_only=True)
class Written:
    """An update as somebody wrote it. `by_itself` says that no worker did."""

    draft: DraftWords
    changed: bool = False
    by_itself: bool = False

    def check(self) -> None:
        """Refuse no words, and more than an update may have."""
        if not self.draft.words.strip():
            raise TellingWordsNeeded
        if len(self.draft.words) > limit(LimitCode.WORDS_LENGTH):
            raise TellingWordsNeeded("Write it in fewer words")


@dataclass(frozen=True, kw_only=True)
class _Begun:
    """The case and the event, and the update that was begun for it, locked."""

    case: "Case"
    event: OwedEvent
    news: list[int]
    update: Update | None


def _begin(actor: Actor, case_id: UUID, event_id: UUID, version: int) -> _Begun:
    case = begin(actor=actor, case_id=case_id)
    event = find_event(case_key=case.pk, event_id=event_id)
    if event is None:
        raise NotFound("We could not find that event")
    news = list_same_news(case_key=case.pk, event_key=event.event_key)
    live = Update.objects.select_for_update().filter(case=case, event_id__in=news)
    live = live.exclude(state=UpdateState.DROPPED)
    found = {update.event_id: update for update in live}
    if any(update.state in GOING for update in found.values()):
        raise CannotTell("It is on its way to them, or they were told already")
    own = found.get(event.event_key)
    if (own.version if own else 0) != version:
        raise UpdateChanged
    return _Begun(case=case, event=event, news=news, update=own)


def _write(actor: Actor, now: datetime, *, begun: _Begun, written: Written) -> Update:
    """Keep the words, on the update that was begun or on a new one."""
    written.check()
    update = begun.update
    if update is None:
        update = Update(
            area_id=begun.case.area_id,
            case=begun.case,
            event_id=begun.event.event_key,
            state=UpdateState.DRAFTED,
            channel="",
            changed=False,
            made_at=now,
            made_by_id=None if written.by_itself else actor.user_id,
            version=0,
        )
    draft = written.draft
    update.template, update.template_version = draft.template, draft.version
    update.kind, update.language = draft.kind, draft.language
    update.words = draft.words.strip()
    update.changed = update.changed or written.changed
    if update.pk is None:
        update.failed = update.provider = update.provider_ref = ""
        update.ended_why = update.ended_words = ""
        update.tries = 0
        update.save()
        update.refresh_from_db(fields=["public_id"])
    else:
        update.save(update_fields=list(WORDS))
    return update


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    version: int,
    written: Written,
) -> Update:
    """Keep the words of an update for later. `version` is nought for a new one.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        UpdateChanged: somebody else worked on it since.
        CannotTell: it is on its way, or they were told.
        TellingWordsNeeded: it says nothing, or too much.
    """
    begun = _begin(actor, case_id, event_id, version)
    update = _write(actor, now, begun=begun, written=written)
    update.keep()
    note(
        actor=actor,
        now=now,
        case=begun.case,
        update=update,
        action=AuditAction.UPDATE_DRAFTED,
    )
    return update


def _check_way(
    channel: Channel, ways: Sequence[WayOffered], *, leaves: bool
) -> WayOffered:
    found = next((one for one in ways if one.way.code is channel), None)
    if found is None or found.way.leaves is not leaves:
        raise WayRefused("Choose how they are to be told")
    if found.refused:
        raise WayRefused(found.refused)
    return found


def _check_hour(hour: Hour, said: HourSaid | None) -> HourSaid | None:
    """What was said of the hour, where it asks for something; else nothing."""
    if not hour.choices:
        return None
    if said is None or said.choice not in hour.choices:
        raise HourNeeded
    if said.choice is HourChoice.ANYWAY and not said.why.strip():
        raise HourWhyNeeded
    return said


def _kept(said: HourSaid | None) -> tuple[str, str]:
    return (said.choice, said.why.strip()) if said else ("", "")


@transaction.atomic
def ask_to_send(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    version: int,
    written: Written,
    channel: Channel,
    ways: Sequence[WayOffered],
    full_words: str,
    hour: Hour,
    said: HourSaid | None = None,
) -> Update:
    """Have an update leave once its hold is over; until then it can be taken back.

    `ways` is what may be used for this person, read in the same transaction.
    `full_words` is what they will read, greeting and all. `hour` is what the hour at
    which it leaves asks for, `said` what the worker says of it.

    Raises:
        As `save_draft`.
        WayRefused: the channel is not safe for this person, or no message leaves by it.
        HourNeeded, HourWhyNeeded: nobody says that it may reach them then, or why.
    """
    begun = _begin(actor, case_id, event_id, version)
    _check_way(channel, ways, leaves=True)
    most = limit(LimitCode.TEXT_PARTS)
    if channel is Channel.SMS and text_parts(full_words) > most:
        raise TellingWordsNeeded("This is too long for a text message: shorten it")
    of_hour = _check_hour(hour, said)
    update = _write(actor, now, begun=begun, written=written)
    update.state, update.channel = UpdateState.LEAVING, channel
    update.hour, update.hour_why = _kept(of_hour)
    update.asked_at, update.asked_by_id = now, actor.user_id
    update.leaves_at = leaves_at(now, hold=limit(LimitCode.HOLD_MINUTES))
    update.tried_at, update.sent_at, update.failed = None, None, ""
    update.provider = update.provider_ref = ""
    update.keep(
        *("state", "channel", "asked_at", "asked_by", "leaves_at", "tried_at"),
        *("sent_at", "failed", "provider", "provider_ref", "hour", "hour_why"),
    )
    note(
        actor=actor,
        now=now,
        case=begun.case,
        update=update,
        action=AuditAction.UPDATE_ASKED,
    )
    return update


@transaction.atomic
def tell_by_hand(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    version: int,
    written: Written,
    channel: Channel,
    ways: Sequence[WayOffered],
    at: datetime,
) -> Update:
    """Say that they were told by voice, or that the letter was posted, at a time.

    The promises that hung on it are met.

    Raises:
        NotAllowed, NotFound, UpdateChanged, CannotTell, TellingWordsNeeded: as for
            `save_draft`.
        WayRefused: the channel is not safe for this person.
        TellingTimeImpossible: before it happened, or in the future.
    """
    begun = _begin(actor, case_id, event_id, version)
    _check_way(channel, ways, leaves=False)
    if not begun.event.occurred_at <= at <= now:
        raise TellingTimeImpossible
    update = _write(actor, now, begun=begun, written=written)
    update.channel, update.asked_at = channel, now
    update.asked_by_id = actor.user_id
    update.hour = update.hour_why = ""
    update.save(update_fields=["channel", "asked_at", "asked_by", "hour", "hour_why"])
    told(actor=actor, now=now, case=begun.case, update=update, at=at)
    return update


@transaction.atomic
def take_back(*, actor: Actor, now: datetime, case_id: UUID, update_id: UUID) -> Update:
    """Have an update not leave after all: it is a draft again.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        TooLate: it has left.
    """
    case = begin(actor=actor, case_id=case_id)
    rows = Update.objects.select_for_update().filter(case=case, public_id=update_id)
    update = rows.first()
    if update is None:
        raise NotFound("We could not find that update")
    if update.state != UpdateState.LEAVING:
        raise TooLate
    update.state, update.leaves_at = UpdateState.DRAFTED, None
    update.keep("state", "leaves_at")
    note(
        actor=actor,
        now=now,
        case=case,
        update=update,
        action=AuditAction.UPDATE_TAKEN_BACK,
    )
    return update


@transaction.atomic
def drop(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    event_id: UUID,
    version: int,
    written: Written,
    why: str,
    words: str,
) -> Update:
    """Say that an event is not told, and why. Some reasons end what is owed.

    Raises:
        NotAllowed, NotFound, UpdateChanged, CannotTell: as for `save_draft`.
        ReasonNeeded: the reason is not one of those listed.
    """
    begun = _begin(actor, case_id, event_id, version)
    reason = DROPPED.get(why)
    if reason is None:
        raise ReasonNeeded
    update = begun.update or _write(actor, now, begun=begun, written=written)
    update.state, update.failed = UpdateState.DROPPED, ""
    update.ended_at, update.ended_by_id = now, actor.user_id
    update.ended_why, update.ended_words = reason.code, words.strip()
    update.keep(
        *("state", "failed", "ended_at", "ended_by", "ended_why", "ended_words"),
    )
    if reason.not_owed:
        _end_promises(actor, now, begun=begun, reason=reason.not_owed)
    note(
        actor=actor,
        now=now,
        case=begun.case,
        update=update,
        action=AuditAction.UPDATE_DROPPED,
    )
    return update


def _end_promises(actor: Actor, now: datetime, *, begun: _Begun, reason: str) -> None:
    running = list_running_promises(case_key=begun.case.pk, event_ids=begun.news)
    for clock_id in running:
        mark_not_owed(
            actor=actor,
            now=now,
            case_id=begun.case.public_id,
            clock_id=clock_id,
            reason=reason,
        )
