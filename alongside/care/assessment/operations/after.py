"""After an assessment: judging it, taking it back, and closing without one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.assessment import queries
from alongside.care.assessment.models import Assessment, NoExit
from alongside.care.assessment.operations.errors import (
    ExitReasonNeeded,
    ReasonNeeded,
)
from alongside.care.assessment.operations.rows import (
    JUDGED,
    judge,
    note,
    save,
)
from alongside.care.assessment.permissions import AssessmentOver, case_of, own
from alongside.care.assessment.rules import filled as rules
from alongside.care.assessment.tables import EXITS
from alongside.care.assessment.types.filled import AssessmentState
from alongside.care.casework.types import CountsAs
from alongside.care.instruments.types import Risk
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.types import AuditAction

WITHDRAWN = ("state", "withdrawn_at", "withdrawn_by", "withdrawn_reason")


@transaction.atomic
def judge_risk(
    *,
    actor: Actor,
    now: datetime,
    assessment_id: UUID,
    version: int,
    judged: Risk,
    reason: str,
) -> Assessment:
    """Raise the risk of a complete assessment by a worker's judgement, saying why.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        AssessmentChanged: somebody else has changed it meanwhile.
        AssessmentOver: it is not complete, or its case is closed.
        CannotJudge, ReasonNeeded: it would not be higher, or says not why.
    """
    row = own(actor=actor, public_id=assessment_id, version=version)
    if row.state != AssessmentState.COMPLETE:
        raise AssessmentOver("Only a complete assessment can be judged")
    judge(
        actor=actor,
        now=now,
        row=row,
        instrument=queries.instrument_of(row),
        judged=judged,
        reason=reason,
    )
    save(actor=actor, now=now, row=row, fields=JUDGED)
    note(actor=actor, now=now, action=AuditAction.ASSESSMENT_JUDGED, row=row)
    return row


@transaction.atomic
def withdraw_assessment(
    *, actor: Actor, now: datetime, assessment_id: UUID, version: int, reason: str
) -> None:
    """Say that an assessment does not count, and why. What it said stays to be read.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        AssessmentChanged: somebody else has changed it meanwhile.
        AssessmentOver: it was withdrawn already, or its case is closed.
        ReasonNeeded: no reason was given.
    """
    row = own(actor=actor, public_id=assessment_id, version=version)
    if row.state == AssessmentState.WITHDRAWN:
        raise AssessmentOver("This assessment was withdrawn already")
    if not reason.strip():
        raise ReasonNeeded
    row.state = AssessmentState.WITHDRAWN
    row.withdrawn_at, row.withdrawn_by_id = now, actor.user_id
    row.withdrawn_reason = reason.strip()
    save(actor=actor, now=now, row=row, fields=WITHDRAWN)
    note(actor=actor, now=now, action=AuditAction.ASSESSMENT_WITHDRAWN, row=row)


@transaction.atomic
def note_no_exit(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    ending: CountsAs,
    reason: str,
    words: str,
) -> None:
    """Say why a case that is being closed has no last set of scores.

    Where nobody was supported the reason is put down by itself.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        ExitReasonNeeded: none was chosen, or not one for such an ending.
        ReasonNeeded: it needs words.
    """
    case = case_of(actor=actor, case_id=case_id, may_be_closed=True)
    fit = rules.reasons_for(ending, EXITS)
    by_itself = next((row for row in fit if row.by_itself), None)
    chosen = by_itself or next((row for row in fit if row.code == reason), None)
    if chosen is None:
        raise ExitReasonNeeded
    if chosen.needs_words and not words.strip():
        raise ReasonNeeded("Say what stood in the way")
    NoExit.objects.create(
        area_id=case.area_id,
        agency_id=case.agency_id,
        case_id=case.key,
        at=now,
        by_id=actor.user_id,
        reason=chosen.code,
        words=words.strip(),
    )
