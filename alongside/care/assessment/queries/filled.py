"""Questions about assessments. Nothing here writes."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.care.assessment.models import Answer, Assessment, NoExit
from alongside.care.assessment.rules.filled import higher
from alongside.care.assessment.tables import OUTCOMES
from alongside.care.assessment.types.filled import (
    AssessmentLine,
    AssessmentState,
    Draft,
    LastAssessment,
)
from alongside.care.instruments import queries as instruments
from alongside.care.instruments.types import Instrument, Moment, Risk
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day

PEOPLE = ("started_by", "saved_by", "completed_by", "judged_by", "withdrawn_by")
LAST = """
    SELECT DISTINCT ON (a.case_id, a.instrument)
           a.case_id, a.instrument, a.title, a.completed_at, a.review_on, a.found,
           a.judged
      FROM assessment_assessment a
     WHERE a.case_id = ANY (%s::bigint[]) AND a.state = 'complete'
     ORDER BY a.case_id, a.instrument, a.completed_at DESC, a.id DESC
"""

LAST_OF_PERSON = """
    SELECT w.question, w.value FROM assessment_answer w
     WHERE w.question = ANY (%(questions)s::text[]) AND w.value IS NOT NULL
       AND w.assessment_id = (
           SELECT a.id FROM assessment_assessment a
             JOIN casework_case c ON c.id = a.case_id
            WHERE c.person_id = %(person)s AND a.state = 'complete'
              AND a.instrument = ANY (%(instruments)s::text[])
            ORDER BY a.completed_at DESC, a.id DESC LIMIT 1)
"""


def get_assessment(*, public_id: UUID, lock: bool = False) -> Assessment:
    """An assessment the actor may see; row security decides. With its case.

    `lock` holds it until the end of the transaction.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = Assessment.objects.filter(public_id=public_id).select_related("case")
    if lock:
        rows = rows.select_for_update(of=("self",))
    else:
        rows = rows.select_related("case", *PEOPLE)
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that assessment")
    return found


def instrument_of(row: Assessment) -> Instrument:
    """The version of the instrument that an assessment was begun with."""
    return instruments.get_instrument(
        area_id=row.area_id,
        code=row.instrument,
        on=local_day(row.started_at),
        version=row.instrument_version,
    )


def assessment_line(row: Assessment) -> AssessmentLine:
    """What pages show of an assessment read with those who had a hand in it."""
    found = Risk(row.found) if row.found else None
    judged = Risk(row.judged) if row.judged else None
    return AssessmentLine(
        public_id=row.public_id,
        assessment_id=row.pk,
        case_id=row.case_id,
        instrument=row.instrument,
        instrument_version=row.instrument_version,
        title=row.title,
        moment=Moment(row.moment),
        state=AssessmentState(row.state),
        started_at=row.started_at,
        started_by=row.started_by.name,
        saved_at=row.saved_at,
        saved_by=row.saved_by.name,
        completed_at=row.completed_at,
        completed_by=row.completed_by.name if row.completed_by else "",
        found=found,
        judged=judged,
        judged_reason=row.judged_reason,
        judged_at=row.judged_at,
        judged_by=row.judged_by.name if row.judged_by else "",
        risk=higher(found, judged) if found else None,
        incidents=row.incidents,
        escalated=row.escalated,
        review_on=row.review_on,
        asks=tuple(row.asks),
        how=row.how,
        accompanied=row.accompanied,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by.name if row.withdrawn_by else "",
        withdrawn_reason=row.withdrawn_reason,
        result=row.result or {},
        version=row.version,
    )


def list_assessments(*, case_ids: Sequence[int]) -> list[AssessmentLine]:
    """Every assessment of these cases, newest first. One statement."""
    rows = Assessment.objects.filter(case_id__in=list(case_ids))
    rows = rows.select_related(*PEOPLE).order_by("-started_at", "-pk")
    return [assessment_line(row) for row in rows]


def find_answers(*, assessment_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What was answered, by assessment and question. One statement."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = Answer.objects.filter(
        assessment_id__in=list(assessment_ids), value__isnull=False
    )
    for key, question, value in rows.values_list("assessment_id", "question", "value"):
        found[key][question] = value
    return found


def find_last_answers(
    *, person_id: int, instruments: Collection[str], questions: Collection[str]
) -> dict[str, Any]:
    """What somebody answered last to some questions, in whichever of their cases the
    actor may see. One statement."""
    given: dict[str, Any] = {
        "person": person_id,
        "instruments": sorted(instruments),
        "questions": sorted(questions),
    }
    with connection.cursor() as cursor:
        cursor.execute(LAST_OF_PERSON, given)
        return {
            question: json.loads(value) if isinstance(value, str) else value
            for question, value in cursor.fetchall()
        }


def last_assessments(
    *, case_ids: Sequence[int]
) -> dict[int, tuple[LastAssessment, ...]]:
    """The newest complete assessment of each case by each instrument. One statement."""
    found: dict[int, list[LastAssessment]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(LAST, [list(case_ids)])
        for case_id, code, title, at, review_on, scored, judged in cursor.fetchall():
            risk = higher(Risk(scored), Risk(judged) if judged else None)
            found[case_id].append(
                LastAssessment(
                    case_id=case_id,
                    instrument=code,
                    title=title,
                    completed_at=at,
                    review_on=review_on,
                    risk=risk,
                )
            )
    return {case_id: tuple(lines) for case_id, lines in found.items()}


def list_drafts(*, user_id: int, limit: int) -> list[Draft]:
    """What somebody began to fill in and has not finished, oldest first. One
    statement."""
    rows = Assessment.objects.filter(
        saved_by_id=user_id, state=AssessmentState.DRAFT
    ).select_related("case")
    return [
        Draft(
            public_id=row.public_id,
            case_id=row.case.public_id,
            title=row.title,
            started_at=row.started_at,
            saved_at=row.saved_at,
        )
        for row in rows.order_by("saved_at", "pk")[:limit]
    ]


def has_exit_scores(*, case_id: int) -> bool:
    """Whether a case has a complete last assessment of those that are counted."""
    closing = [code for code, row in OUTCOMES.items() if row.closes]
    return Assessment.objects.filter(
        case_id=case_id,
        instrument__in=closing,
        moment=Moment.EXIT,
        state=AssessmentState.COMPLETE,
    ).exists()


def find_no_exit(*, case_id: int) -> tuple[str, str]:
    """Why a case closed without a last assessment: the reason's code and words."""
    row = NoExit.objects.filter(case_id=case_id).order_by("-at", "-pk").first()
    return (row.reason, row.words) if row else ("", "")
