"""Updates of which it turned out that they told nobody."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alongside.care.telling.models import Update
from alongside.care.telling.operations.noting import note
from alongside.care.telling.permissions import begin
from alongside.care.telling.tables import FAILED
from alongside.care.telling.types import UpdateState
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.types import AuditAction


def note_not_told(
    *, actor: Actor, now: datetime, case_id: UUID, event_ids: Sequence[int]
) -> None:
    """Say of the updates that told of these events that they did not reach the person:
    a worker is offered them again. Part of what takes the telling back.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
    """
    case = begin(actor=actor, case_id=case_id)
    told = Update.objects.select_for_update().filter(
        case=case,
        event_id__in=list(event_ids),
        state=UpdateState.SENT,
        told_at__isnull=False,
    )
    for update in told.order_by("pk"):
        update.state, update.failed = UpdateState.FAILED, FAILED["not_told"].code
        update.told_at = None
        update.keep("state", "failed", "told_at")
        note(
            actor=actor,
            now=now,
            case=case,
            update=update,
            action=AuditAction.UPDATE_FAILED,
        )
