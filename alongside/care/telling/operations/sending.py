"""An update on its way: handed over at most once, and what came of it.

Each step commits by itself. Before an update is handed over it is `SENDING`, with the
time; whoever finds it so later knows that it may have left (`workflows.send_updates`).
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.contact.types import Channel
from alongside.care.telling.models import Update
from alongside.care.telling.operations.noting import note, told
from alongside.care.telling.permissions import CannotTell, begin
from alongside.care.telling.queries.owed import (
    list_running_promises,
    list_same_news,
)
from alongside.care.telling.tables import FAILED, limit
from alongside.care.telling.types import Kind, Leaving, LimitCode, UpdateState
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.errors import NotFound

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

ON_ITS_WAY = (UpdateState.LEAVING, UpdateState.SENDING, UpdateState.SENT)


class NoLongerOwed(CannotTell):
    """Somebody told them meanwhile, or what happened was corrected."""


class NotDue(CannotTell):
    user_message = "It is not to leave now"


def _locked(
    actor: Actor, case_id: UUID, update_id: UUID, *states: UpdateState
) -> "tuple[Case, Update]":
    case = begin(actor=actor, case_id=case_id)
    rows = Update.objects.select_for_update().filter(case=case, public_id=update_id)
    update = rows.first()
    if update is None:
        raise NotFound("We could not find that update")
    if update.state not in states:
        raise NotDue
    return case, update


def _check_owed(case: "Case", update: Update) -> None:
    """Refuse to tell what nobody is owed any more."""
    news = list_same_news(case_key=case.pk, event_key=update.event_id)
    if not list_running_promises(case_key=case.pk, event_ids=news):
        raise NoLongerOwed


@transaction.atomic
def begin_sending(
    *, actor: Actor, now: datetime, case_id: UUID, update_id: UUID
) -> Leaving:
    """Take an update that is due, so that nobody else sends it; as it stood before.

    Raises:
        NotAllowed, NotFound: whoever asked for it may not see the case any more.
        NotDue: it was taken back, sent, or is being sent by somebody else.
        NoLongerOwed: they were told meanwhile, or it was corrected.
    """
    case, update = _locked(
        actor, case_id, update_id, UpdateState.LEAVING, UpdateState.SENDING
    )
    stuck = now - timedelta(minutes=limit(LimitCode.STUCK_MINUTES))
    lost = update.state == UpdateState.SENDING
    at = update.tried_at if lost else update.leaves_at
    if at is None or at > (stuck if lost else now):
        raise NotDue
    if not lost:
        _check_owed(case, update)
    before = update.tried_at if lost else None
    due_at = update.leaves_at or at
    update.state, update.tried_at = UpdateState.SENDING, now
    update.tries += 1
    update.keep("state", "tried_at", "tries")
    note(
        actor=actor,
        now=now,
        case=case,
        update=update,
        action=AuditAction.UPDATE_SENDING,
    )
    return Leaving(
        update_id=update.public_id,
        event_id=update.event.public_id,
        case_id=case.public_id,
        case_key=case.pk,
        channel=Channel(update.channel),
        template=update.template,
        template_version=update.template_version,
        kind=Kind(update.kind),
        language=update.language,
        words=update.words,
        by_itself=update.made_by_id is None,
        tries=update.tries,
        tried_at=before,
        asked_at=update.asked_at or due_at,
        leaves_at=due_at,
        hour=update.hour,
    )


@transaction.atomic
def note_sent(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    update_id: UUID,
    provider: str,
    provider_ref: str,
    says_when: bool,
) -> None:
    """Say that the sender has it. `says_when`: it will say whether it arrived, and
    only then were they told; otherwise this is all that is ever known.

    Raises:
        NotDue: it is not being sent.
    """
    case, update = _locked(actor, case_id, update_id, UpdateState.SENDING)
    update.state, update.sent_at = UpdateState.SENT, now
    update.provider, update.provider_ref = provider, provider_ref
    update.keep("state", "sent_at", "provider", "provider_ref")
    if says_when:
        note(
            actor=actor,
            now=now,
            case=case,
            update=update,
            action=AuditAction.UPDATE_SENT,
        )
    else:
        told(actor=actor, now=now, case=case, update=update, at=now)


@transaction.atomic
def note_arrived(
    *, actor: Actor, now: datetime, case_id: UUID, update_id: UUID
) -> None:
    """Say that what was sent has arrived: they were told when it left.

    Raises:
        NotDue: it was not sent, or is known to have arrived.
    """
    case, update = _locked(actor, case_id, update_id, UpdateState.SENT)
    if update.told_at is not None or update.sent_at is None:
        raise NotDue
    told(actor=actor, now=now, case=case, update=update, at=update.sent_at)


@transaction.atomic
def note_failed(
    *, actor: Actor, now: datetime, case_id: UUID, update_id: UUID, why: str
) -> None:
    """Say that it did not reach them, and why; a worker is offered it again.

    Raises:
        NotDue: it is not on its way, or they were told.
    """
    case, update = _locked(actor, case_id, update_id, *ON_ITS_WAY)
    if update.told_at is not None:
        raise NotDue
    update.state, update.failed = UpdateState.FAILED, FAILED[why].code
    update.keep("state", "failed")
    note(
        actor=actor, now=now, case=case, update=update, action=AuditAction.UPDATE_FAILED
    )
