"""Completing an assessment, and what a high-risk result makes at once.

One transaction: either the result stands with its tasks, its mark on the case and
whoever is told, or nothing of it does.
"""

from collections.abc import Collection, Container
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.assessment import operations
from alongside.care.assessment.operations import Completed
from alongside.care.assessment.rules.filled import grounds_in, to_do
from alongside.care.assessment.tables import ASKS
from alongside.care.assessment.types import BasisKind, GroundCode, GroundFound
from alongside.care.assessment.types.filled import AskRow, TellWhom
from alongside.care.casework.operations.risk import note_result
from alongside.care.casework.operations.tasks import add_tasks
from alongside.care.casework.types import NewTask, TaskKind
from alongside.care.instruments.types import Risk
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import Subject
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.working_days import add_working_days
from alongside.foundation.organisations.queries import read_calendar
from alongside.foundation.organisations.types import THE_SERVICE
from alongside.workflows.case_grounds import propose_grounds

TOLD = "An assessment asks for a supervisor: {title}"


@transaction.atomic
def complete(
    *,
    actor: Actor,
    now: datetime,
    assessment_id: UUID,
    version: int,
    judged: Risk | None = None,
    reason: str = "",
) -> Completed:
    """Score an assessment, and do at once what its result asks for.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        AssessmentChanged, AssessmentOver: somebody was before, or it is over.
        BadAnswers: something that must be answered is not.
        CannotJudge, ReasonNeeded: the risk judged is not a higher one, or says not why.
    """
    done = operations.complete_assessment(
        actor=actor,
        now=now,
        assessment_id=assessment_id,
        version=version,
        judged=judged,
        reason=reason,
    )
    row = done.assessment
    _follow(
        actor,
        now,
        case_id=row.case.public_id,
        instrument=row.instrument,
        title=row.title,
        source=row.public_id,
        asks=row.asks,
        risk=done.risk,
    )
    return done


@transaction.atomic
def judge(
    *,
    actor: Actor,
    now: datetime,
    assessment_id: UUID,
    version: int,
    judged: Risk,
    reason: str,
) -> None:
    """Raise the risk of a complete assessment, and do what the higher one asks for.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        AssessmentChanged, AssessmentOver: somebody was before, or it is over.
        CannotJudge, ReasonNeeded: it would not be higher, or says not why.
    """
    row = operations.judge_risk(
        actor=actor,
        now=now,
        assessment_id=assessment_id,
        version=version,
        judged=judged,
        reason=reason,
    )
    _follow(
        actor,
        now,
        case_id=row.case.public_id,
        instrument=row.instrument,
        title=row.title,
        source=row.public_id,
        asks=row.asks,
        risk=judged,
    )


def _follow(
    actor: Actor,
    now: datetime,
    *,
    case_id: UUID,
    instrument: str,
    title: str,
    source: UUID,
    asks: Collection[str],
    risk: Risk,
) -> None:
    rows = to_do(asks, ASKS)
    note_result(actor=actor, now=now, case_id=case_id, high_risk=risk is Risk.HIGH)
    tasked = [row for row in rows if row.task]
    if tasked:
        closed = read_calendar().closed_for(THE_SERVICE)
        tasks = [_task(row, source, now, closed) for row in tasked]
        add_tasks(actor=actor, now=now, case_id=case_id, tasks=tasks)
    proposed = [
        GroundFound(
            GroundCode(code),
            BasisKind.ANSWERS,
            f"{instrument} {source}",
            f"Answers given: {title}",
        )
        for code in grounds_in(asks)
    ]
    if proposed:
        propose_grounds(actor=actor, now=now, case_id=case_id, found=proposed)
    if any(row.tells is TellWhom.SUPERVISOR for row in rows):
        send_notice(
            actor=actor,
            now=now,
            kind=NoticeKind.RISK,
            words=TOLD.format(title=title),
            subject=Subject(kind="case", public_id=case_id),
            to_role=Role.SUPERVISOR,
        )


def _task(row: AskRow, source: UUID, now: datetime, closed: Container[date]) -> NewTask:
    return NewTask(
        kind=TaskKind(row.task),
        words=row.words,
        due_on=add_working_days(local_day(now), row.due_days, closed),
        source=f"assessment:{source}",
        needs_supervisor=row.needs_supervisor,
    )
