"""Writing down what was done, for the operations of planning."""

from datetime import datetime
from typing import TYPE_CHECKING

from alongside.care.casework.operations import working
from alongside.care.planning.models import PlanChange
from alongside.care.planning.types import PlanChangeKind
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


def note(
    *,
    actor: Actor,
    now: datetime,
    case: "Case",
    kind: PlanChangeKind,
    words: str,
    detail: str = "",
    action: AuditAction = AuditAction.PLAN_CHANGED,
) -> None:
    """Write down what was done, in the case's history and on the trail."""
    PlanChange.objects.create(
        area_id=case.area_id,
        case=case,
        at=now,
        by_id=actor.user_id,
        kind=kind,
        words=words,
        detail=detail.strip(),
    )
    working.touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case.public_id),
    )
