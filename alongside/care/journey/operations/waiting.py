"""Messages that wait for their referral: looking at them, and erasing them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.journey.models import WaitingMessage
from alongside.care.journey.tables import LIMITS
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.operations import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Permission, Role
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound

LOOK_AFTER = timedelta(days=LIMITS["waiting_look"].number)


class WordsNeeded(DomainError):
    user_message = "Say what came of it"


class WhyNeeded(DomainError):
    user_message = "Say why it is erased"


class NotLookedAt(DomainError):
    user_message = "Somebody must look at it before it is erased: write that down first"


@transaction.atomic
def look_at(*, actor: Actor, now: datetime, message_id: UUID, words: str) -> None:
    """Say that somebody looked at a message that waits, and what came of that.

    Raises:
        NotAllowed, NotFound: the actor may not, or it does not wait here any more.
        WordsNeeded: it is not said what came of it.
    """
    message = _find(actor, message_id)
    if not words.strip():
        raise WordsNeeded
    message.looked_at, message.looked_by_id = now, actor.user_id
    message.looked_words = words.strip()
    message.save(update_fields=["looked_at", "looked_by", "looked_words"])
    _record(actor, now, AuditAction.MESSAGE_LOOKED, message_id=message_id)


@transaction.atomic
def erase(*, actor: Actor, now: datetime, message_id: UUID, why: str) -> None:
    """Take a message away for good that will never be applied, and say why.

    Its row in the delivery stays, sealed, as long as the delivery does.

    Raises:
        NotAllowed, NotFound: the actor may not, or it does not wait here any more.
        WhyNeeded, NotLookedAt: it is not said why, or nobody has looked at it.
    """
    message = _find(actor, message_id)
    if not why.strip():
        raise WhyNeeded
    if message.looked_at is None:
        raise NotLookedAt
    message.delete()
    _record(
        actor,
        now,
        AuditAction.MESSAGE_ERASED,
        message_id=message_id,
        why=why.strip(),
    )


@transaction.atomic
def tell_of_waiting(*, actor: Actor, now: datetime) -> int:
    """Tell supervisors of messages that have waited for long, once for each; how many.

    The actor is the service's receiver.
    """
    rows = WaitingMessage.objects.select_for_update().filter(
        agency_id=actor.agency_id,
        waits_since__lte=now - LOOK_AFTER,
        told_at=None,
        looked_at=None,
    )
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return 0
    WaitingMessage.objects.filter(pk__in=keys).update(told_at=now)
    message = "message has" if len(keys) == 1 else "messages have"
    send_notice(
        actor=actor,
        now=now,
        kind=NoticeKind.PROMISE,
        words=f"{len(keys):,} {message} waited {LOOK_AFTER.days} days for the referral"
        " of a crime. Ask the force, or say what came of it",
        subject=Subject(kind="message"),
        to_role=Role.SUPERVISOR,
    )
    return len(keys)


def _find(actor: Actor, message_id: UUID) -> WaitingMessage:
    permissions.check_has(actor, Permission.HELD_DECIDE)
    message = (
        WaitingMessage.objects.select_for_update()
        .filter(public_id=message_id, agency_id=actor.agency_id)
        .first()
    )
    if message is None:
        raise NotFound("That message does not wait here any more")
    return message


def _record(
    actor: Actor,
    now: datetime,
    action: AuditAction,
    *,
    message_id: UUID,
    why: str = "",
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="message", public_id=message_id),
        purpose=why,
    )
