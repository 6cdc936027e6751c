"""Saying that what a case asks for is not needed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.assessment.models import PromptAnswer
from alongside.care.assessment.types.prompts import Prompt
from alongside.care.casework import queries as casework
from alongside.care.casework.operations.arrivals import touch_cases
from alongside.care.casework.operations.errors import ReasonNeeded
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound


@transaction.atomic
def answer_prompt(
    *, actor: Actor, now: datetime, case_id: UUID, prompt: Prompt, reason: str
) -> None:
    """Say that a prompt is not needed, and why. The next of its kind comes anew.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        ReasonNeeded: no reason was given.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    if not reason.strip():
        raise ReasonNeeded
    PromptAnswer.objects.create(
        area_id=case.area_id,
        case_id=case.pk,
        code=prompt.code,
        about=prompt.about,
        words=prompt.words,
        reason=reason.strip(),
        at=now,
        by_id=actor.user_id,
    )
    touch_cases(actor=actor, now=now, case_ids=[case.pk])
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.PROMPT_ANSWERED,
        subject=Subject(kind="case", public_id=case_id),
        purpose=prompt.code.value,
    )
