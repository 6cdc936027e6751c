"""Marking a case as one of high risk."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries
from alongside.care.casework.operations.working import touch
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound


@transaction.atomic
def note_result(*, actor: Actor, now: datetime, case_id: UUID, high_risk: bool) -> None:
    """Say that something was found out about a case; a high risk marks it.

    The mark only goes up here: that somebody is safer is a decision of its own.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = queries.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    raised = high_risk and not case.high_risk
    if raised:
        case.high_risk = True
        case.save(update_fields=["high_risk"])
    touch(actor=actor, now=now, case=case)
    if raised:
        audit.record_event(
            actor=actor,
            now=now,
            action=AuditAction.CASE_HIGH_RISK,
            subject=Subject(kind="case", public_id=case.public_id),
        )
