"""What every operation on a request does at its end: keep it, note it, audit it."""

from datetime import datetime
from typing import Any

from alongside.care.information_requests.models import InformationRequest, RequestStep
from alongside.care.information_requests.types import StepKind
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject


def keep(
    *,
    row: InformationRequest,
    actor: Actor,
    now: datetime,
    step: StepKind,
    fields: tuple[str, ...] = (),
    words: str = "",
    section: str = "",
    facts: dict[str, Any] | None = None,
    action: AuditAction = AuditAction.INFORMATION_REQUEST_WORKED,
) -> RequestStep:
    """Save what changed, write down what was done, and put it on the trail."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    made = RequestStep.objects.create(
        area_id=row.area_id,
        request=row,
        at=now,
        by_id=actor.user_id,
        kind=step,
        section=section,
        words=words.strip(),
        facts=facts or {},
    )
    record(row=row, actor=actor, now=now, action=action)
    return made


def record(
    *, row: InformationRequest, actor: Actor, now: datetime, action: AuditAction
) -> None:
    """Put an act on the trail; the entry names the request and nobody."""
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="information_request", public_id=row.public_id),
    )
