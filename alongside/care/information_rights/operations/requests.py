"""Taking a request in, working on it, and answering it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.information_rights import queries, rules
from alongside.care.information_rights.models import RequestEntry, RightsRequest
from alongside.care.information_rights.tables import EXEMPTIONS, limit
from alongside.care.information_rights.types import (
    LimitCode,
    ReceivedBy,
    RequestState,
    RightKind,
)
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries import read_calendar


class WordsNeeded(DomainError):
    user_message = "Say it in a few words, so that the next person understands"


class DayImpossible(DomainError):
    user_message = "Enter a day that is not in the future"


class NotOpen(DomainError):
    user_message = "This request has been answered or has ended"


class CannotExtend(DomainError):
    """The time has been extended, or is over."""


class ChooseExemption(DomainError):
    user_message = "Choose why the request is refused"


@transaction.atomic
def register_request(
    *,
    actor: Actor,
    now: datetime,
    kind: RightKind,
    person_key: int | None,
    asked_by: str,
    what: str,
    received_on: date,
    received_by: ReceivedBy,
    proof_asked: bool,
) -> UUID:
    """Write a request down; the clock runs from the day it came.

    With `proof_asked` it runs from the day we are sure who asks (UK GDPR, Article
    12(6)). The one who writes it down owns it.

    Raises:
        NotAllowed: the actor does not work on requests.
        DayImpossible: it is to have come on a day that is still to come.
        WordsNeeded: nobody asked.
    """
    permissions.check_has(actor, Permission.RIGHTS_WORK)
    if received_on > local_day(now):
        raise DayImpossible
    if not asked_by.strip():
        raise WordsNeeded("Say who asked")
    row = RightsRequest.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        person_id=person_key,
        kind=kind,
        asked_by=asked_by.strip(),
        what=what.strip(),
        received_on=received_on,
        received_by=received_by,
        proof_asked=proof_asked,
        starts_on=received_on,
        due_on=_due(received_on),
        owner_id=actor.user_id,
        state=RequestState.WAITING if proof_asked else RequestState.OPEN,
        opened_at=now,
    )
    row.refresh_from_db(fields=["public_id"])
    _enter(row, actor=actor, now=now, what="Written down")
    _record(row, actor=actor, now=now, action=AuditAction.RIGHTS_REQUESTED)
    made: UUID = row.public_id
    return made


def _due(start: date) -> date:
    # The law waits for public holidays, never for offices that are shut besides.
    return rules.answer_by(
        start, months=limit(LimitCode.ANSWER_MONTHS), closed=read_calendar().public
    )


def _enter(
    row: RightsRequest, *, actor: Actor, now: datetime, what: str, words: str = ""
) -> None:
    RequestEntry.objects.create(
        area_id=row.area_id,
        request=row,
        at=now,
        by_id=actor.user_id,
        what=what,
        words=words.strip(),
    )


def _record(
    row: RightsRequest, *, actor: Actor, now: datetime, action: AuditAction
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="rights_request", public_id=row.public_id),
        purpose=row.kind,
    )


def _begin(actor: Actor, request_id: UUID) -> RightsRequest:
    permissions.check_has(actor, Permission.RIGHTS_WORK)
    row = queries.get_request(actor=actor, request_id=request_id, lock=True)
    if row.ended_at is not None:
        raise NotOpen
    return row


def _save(
    row: RightsRequest,
    *,
    actor: Actor,
    now: datetime,
    what: str,
    words: str = "",
    fields: tuple[str, ...] = (),
    action: AuditAction = AuditAction.RIGHTS_WORKED,
) -> None:
    if fields:
        row.save(update_fields=fields)
    _enter(row, actor=actor, now=now, what=what, words=words)
    _record(row, actor=actor, now=now, action=action)


@transaction.atomic
def note_request(
    *, actor: Actor, now: datetime, request_id: UUID, what: str, words: str = ""
) -> None:
    """Write down something that was done about a request.

    Raises:
        NotAllowed, NotFound, NotOpen: the actor may not, or not any more.
        WordsNeeded: there is nothing to write.
    """
    if not what.strip():
        raise WordsNeeded
    row = _begin(actor, request_id)
    _save(row, actor=actor, now=now, what=what, words=words)


@transaction.atomic
def take_request(*, actor: Actor, now: datetime, request_id: UUID) -> None:
    """Take a request over: the actor owns it from now on.

    Raises:
        NotAllowed, NotFound, NotOpen: the actor may not, or not any more.
    """
    row = _begin(actor, request_id)
    row.owner_id = actor.user_id
    what = f"Taken over by {actor.label}"
    _save(row, actor=actor, now=now, what=what, fields=("owner",))


@transaction.atomic
def record_identity(
    *, actor: Actor, now: datetime, request_id: UUID, on: date, how: str
) -> None:
    """Note that we are sure who asks, since when, and by what.

    Where proof had been asked for, the clock starts on that day.

    Raises:
        NotAllowed, NotFound, NotOpen: the actor may not, or not any more.
        DayImpossible: the day lies before the request or in the future.
        WordsNeeded: it does not say how.
    """
    row = _begin(actor, request_id)
    if not row.received_on <= on <= local_day(now):
        raise DayImpossible("Enter a day between the request and today")
    if not how.strip():
        raise WordsNeeded("Say what showed who they are")
    row.identity_on, row.identity_how = on, how.strip()
    row.identity_by_id = actor.user_id
    row.state = RequestState.OPEN
    if row.proof_asked and row.extended_on is None:
        row.starts_on, row.due_on = on, _due(on)
    _save(
        row,
        actor=actor,
        now=now,
        what="Identity shown",
        words=how,
        fields=(
            *("identity_on", "identity_how", "identity_by", "state"),
            *("starts_on", "due_on"),
        ),
    )


@transaction.atomic
def extend_request(
    *, actor: Actor, now: datetime, request_id: UUID, reason: str
) -> date:
    """Take the further time the law allows, saying why; the new last day.

    Raises:
        NotAllowed, NotFound, NotOpen: the actor may not, or not any more.
        CannotExtend: it was extended, or the first month is over.
        WordsNeeded: there is no reason.
    """
    row = _begin(actor, request_id)
    if row.extended_on is not None:
        raise CannotExtend("The time for this request was extended once already")
    if local_day(now) > row.due_on:
        raise CannotExtend("The first month is over: it is too late to extend")
    if not reason.strip():
        raise WordsNeeded("Say why more time is needed: the person is told this")
    row.extended_on, row.extension_reason = local_day(now), reason.strip()
    row.reminded_on = None
    row.due_on = rules.extend_by(
        row.starts_on,
        months=limit(LimitCode.ANSWER_MONTHS),
        further=limit(LimitCode.EXTENSION_MONTHS),
        closed=read_calendar().public,
    )
    _save(
        row,
        actor=actor,
        now=now,
        what="More time taken",
        words=reason,
        fields=("extended_on", "extension_reason", "due_on", "reminded_on"),
    )
    return row.due_on


@transaction.atomic
def end_request(
    *,
    actor: Actor,
    now: datetime,
    request_id: UUID,
    state: RequestState,
    words: str,
    exemption: str = "",
) -> None:
    """Answer, refuse or close a request.

    Raises:
        NotAllowed, NotFound, NotOpen: the actor may not, or not any more.
        ChooseExemption: it is refused for no reason that the right knows.
        WordsNeeded: it does not say what was answered, or why not.
    """
    row = _begin(actor, request_id)
    if not words.strip():
        raise WordsNeeded
    if state is RequestState.REFUSED:
        known = EXEMPTIONS.get(exemption)
        if known is None or RightKind(row.kind) not in known.kinds:
            raise ChooseExemption
        row.exemption = exemption
    row.state, row.ended_at, row.ended_reason = state, now, words.strip()
    _save(
        row,
        actor=actor,
        now=now,
        what=state.capitalize(),
        words=words,
        fields=("state", "ended_at", "exemption", "ended_reason"),
        action=AuditAction.RIGHTS_ENDED,
    )
