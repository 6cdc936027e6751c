"""Filling an assessment in, and completing it.

Each is one transaction and audits itself. Two workers never overwrite each other: a
save carries the version of the assessment that its page showed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from psycopg.types.json import Jsonb

from alongside.care.assessment import queries
from alongside.care.assessment.models import Answer, Assessment
from alongside.care.assessment.operations.rows import (
    JUDGED,
    judge,
    note,
    save,
)
from alongside.care.assessment.permissions import AssessmentOver, case_of, own
from alongside.care.assessment.rules import filled as rules
from alongside.care.assessment.rules.filled import Finding
from alongside.care.assessment.tables import ESCALATIONS
from alongside.care.assessment.types.filled import (
    About,
    AssessmentState,
    How,
)
from alongside.care.casework import queries as casework
from alongside.care.instruments.rules.answering import check_answers
from alongside.care.instruments.rules.scoring import score
from alongside.care.instruments.rules.showing import keep_shown
from alongside.care.instruments.types import (
    BadAnswers,
    Instrument,
    Moment,
    Result,
    Risk,
)
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.bulk import bulk_insert
from alongside.foundation.lib.errors import NotAllowed
from alongside.foundation.lib.local import local_day

COMPLETED = (
    *("state", "completed_at", "completed_by", "found", "incidents", "escalated"),
    *("review_on", "result", "asked", "numbers", *JUDGED),
)


@dataclass(frozen=True, kw_only=True)
class Completed:
    """A completed assessment: what it came to, and its row as it is now."""

    assessment: Assessment
    instrument: Instrument
    result: Result
    finding: Finding
    risk: Risk


@transaction.atomic
def start_assessment(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    instrument: Instrument,
    moment: Moment,
    about: About,
    how: How | None = None,
    accompanied: str = "",
) -> UUID:
    """Begin an assessment; its public id. One that is unfinished is gone on with.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        AssessmentOver: the case is closed.
    """
    case = case_of(actor=actor, case_id=case_id)
    _check_role(actor, instrument)
    unfinished = Assessment.objects.filter(
        case_id=case.key, instrument=instrument.code, state=AssessmentState.DRAFT
    ).first()
    if unfinished is not None:
        going_on: UUID = unfinished.public_id
        return going_on
    made = Assessment.objects.create(
        area_id=case.area_id,
        agency_id=case.agency_id,
        team_id=case.team_id,
        case_id=case.key,
        instrument=instrument.code,
        instrument_version=instrument.version,
        title=instrument.title,
        moment=moment,
        state=AssessmentState.DRAFT,
        how=how or "",
        accompanied=accompanied.strip(),
        started_at=now,
        started_by_id=actor.user_id,
        saved_at=now,
        saved_by_id=actor.user_id,
        age=about.age,
        offence_code=about.offence_code,
        district=about.district,
    )
    made.refresh_from_db(fields=["public_id"])
    note(actor=actor, now=now, action=AuditAction.ASSESSMENT_STARTED, row=made)
    begun: UUID = made.public_id
    return begun


@transaction.atomic
def save_answers(
    *,
    actor: Actor,
    now: datetime,
    assessment_id: UUID,
    version: int,
    answers: Mapping[str, Any],
) -> int:
    """Keep some answers of an unfinished assessment; its new version.

    `answers` are those of one page: the others stay as they were, and None takes one
    back. Nothing is scored.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        AssessmentChanged: somebody else has saved it meanwhile.
        AssessmentOver: it is complete or withdrawn.
        BadAnswers: the instrument does not allow them.
    """
    row = _draft(actor=actor, public_id=assessment_id, version=version)
    instrument = queries.instrument_of(row)
    merged = queries.find_answers(assessment_ids=[row.pk]).get(row.pk, {}) | dict(
        answers
    )
    problems = check_answers(instrument, _given(merged), whole=False)
    if problems:
        raise BadAnswers(problems)
    _keep(row, answers)
    save(actor=actor, now=now, row=row)
    note(actor=actor, now=now, action=AuditAction.ASSESSMENT_SAVED, row=row)
    return row.version


@transaction.atomic
def complete_assessment(
    *,
    actor: Actor,
    now: datetime,
    assessment_id: UUID,
    version: int,
    judged: Risk | None = None,
    reason: str = "",
) -> Completed:
    """Score an assessment with the version it was begun with. It is fixed from then on.

    `judged` is a higher risk that the worker sees, with the reason.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        AssessmentChanged, AssessmentOver: as for saving.
        BadAnswers: something that must be answered is not.
        CannotJudge, ReasonNeeded: the risk judged is not a higher one, or says not why.
    """
    row = _draft(actor=actor, public_id=assessment_id, version=version)
    instrument = queries.instrument_of(row)
    given = queries.find_answers(assessment_ids=[row.pk]).get(row.pk, {})
    result = score(instrument, given)
    shown = keep_shown(instrument, given)
    _keep(row, dict.fromkeys(given.keys() - shown.keys()))
    finding = _find(row, instrument, result, now)
    row.state = AssessmentState.COMPLETE
    row.completed_at, row.completed_by_id = now, actor.user_id
    row.found, row.incidents = finding.risk, finding.incidents
    row.escalated, row.asks = finding.escalated, list(finding.asks)
    row.review_on, row.result = finding.review_on, rules.result_as_data(result)
    row.asked, row.numbers = rules.numbers_of(instrument, result.scores)
    if judged is not None:
        judge(
            actor=actor,
            now=now,
            row=row,
            instrument=instrument,
            judged=judged,
            reason=reason,
        )
    save(actor=actor, now=now, row=row, fields=COMPLETED)
    note(actor=actor, now=now, action=AuditAction.ASSESSMENT_COMPLETED, row=row)
    return _completed(row, instrument, result, finding)


def _check_role(actor: Actor, instrument: Instrument) -> None:
    if instrument.who and actor.role.value not in instrument.who:
        raise NotAllowed("This assessment is for other roles than yours")


def _draft(*, actor: Actor, public_id: UUID, version: int) -> Assessment:
    row = own(actor=actor, public_id=public_id, version=version)
    if row.state != AssessmentState.DRAFT:
        raise AssessmentOver("This assessment is finished: it cannot be changed")
    return row


def _find(
    row: Assessment, instrument: Instrument, result: Result, now: datetime
) -> Finding:
    crimes = casework.find_crimes_of(person_ids=[row.case.person_id])
    return rules.find(
        instrument,
        result,
        crimes=crimes.get(row.case.person_id, {}),
        escalations=ESCALATIONS,
        on=local_day(now),
    )


def _given(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in answers.items() if value is not None}


def _keep(row: Assessment, answers: Mapping[str, Any]) -> None:
    """Write each answer, over the one before."""
    held = dict(
        Answer.objects.filter(assessment=row, question__in=list(answers)).values_list(
            "question", "pk"
        )
    )
    known = [
        Answer(pk=held[code], value=value)
        for code, value in answers.items()
        if code in held
    ]
    Answer.objects.bulk_update(known, ["value"])
    bulk_insert(
        Answer,
        ("area_id", "assessment_id", "question", "value"),
        [
            (row.area_id, row.pk, code, Jsonb(value))
            for code, value in answers.items()
            if code not in held and value is not None
        ],
    )


def _completed(
    row: Assessment, instrument: Instrument, result: Result, finding: Finding
) -> Completed:
    judged = Risk(row.judged) if row.judged else None
    return Completed(
        assessment=row,
        instrument=instrument,
        result=result,
        finding=finding,
        risk=rules.higher(finding.risk, judged),
    )
