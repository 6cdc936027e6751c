"""What the operations of telling write down, each in its own transaction."""

from datetime import datetime
from typing import TYPE_CHECKING

from alongside.care.casework.operations.working import touch
from alongside.care.contact.types import Channel
from alongside.care.journey.operations.tellings import record_telling
from alongside.care.journey.types import DutyHolder
from alongside.care.telling.models import Update
from alongside.care.telling.queries.owed import list_same_news
from alongside.care.telling.tables import WAYS
from alongside.care.telling.types import UpdateState
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


def note(
    *, actor: Actor, now: datetime, case: "Case", update: Update, action: AuditAction
) -> None:
    """Put what was done on the trail, and the case among those worked on. What was said
    of an unusual hour stands there too."""
    touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case.public_id),
        purpose=" ".join(filter(None, (update.template, update.channel, update.hour))),
    )


def told(
    *, actor: Actor, now: datetime, case: "Case", update: Update, at: datetime
) -> None:
    """Record that the person was told: the promises that hung on it are met.

    The same news of several crimes is told once, and meets the promises of all.
    """
    update.state, update.sent_at, update.told_at = UpdateState.SENT, at, now
    update.failed = ""
    update.keep("state", "sent_at", "told_at", "failed")
    record_telling(
        actor=actor,
        now=now,
        case_id=case.public_id,
        event_ids=list_same_news(case_key=case.pk, event_key=update.event_id),
        told_at=at,
        told_by=DutyHolder.SERVICE,
        how=update.channel,
        evidence=WAYS[Channel(update.channel)].done,
    )
    note(
        actor=actor,
        now=now,
        case=case,
        update=update,
        action=AuditAction.UPDATE_TOLD,
    )
