"""Which prompts somebody answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from alongside.care.assessment.models import PromptAnswer
from alongside.care.assessment.rules.filled import higher
from alongside.care.assessment.types.prompts import Assessed, PromptCode
from alongside.care.instruments.types import Risk

# The last two by each instrument: a risk is compared with one found the same way.
LAST_TWO = """
    SELECT w.case_id, w.completed_at, w.review_on, w.found, w.judged, w.n
      FROM (SELECT a.case_id, a.completed_at, a.review_on, a.found, a.judged,
                   row_number() OVER (PARTITION BY a.case_id, a.instrument
                                      ORDER BY a.completed_at DESC, a.id DESC) AS n,
                   max(a.completed_at) OVER (PARTITION BY a.case_id,
                                                          a.instrument) AS last
              FROM assessment_assessment a
             WHERE a.case_id = ANY (%s::bigint[]) AND a.state = 'complete') w
     WHERE w.n <= 2
     ORDER BY w.case_id, w.last DESC, w.n
"""


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """A prompt that somebody said is not needed, and why."""

    code: PromptCode
    about: str
    words: str
    reason: str
    at: datetime
    by: str


def list_answers(*, case_ids: Sequence[int]) -> dict[int, list[AnswerLine]]:
    """What was answered in each of these cases, oldest first. One statement."""
    found: dict[int, list[AnswerLine]] = defaultdict(list)
    rows = PromptAnswer.objects.filter(case_id__in=list(case_ids)).select_related("by")
    for row in rows.order_by("pk"):
        found[row.case_id].append(
            AnswerLine(
                code=PromptCode(row.code),
                about=row.about,
                words=row.words,
                reason=row.reason,
                at=row.at,
                by=row.by.name,
            )
        )
    return found


def find_assessed(*, case_ids: Sequence[int]) -> dict[int, Assessed]:
    """When each of these cases was last assessed, by whichever instrument, and when
    the first of them is to be looked at again. One statement, or none."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LAST_TWO, [list(case_ids)])
        rows = cursor.fetchall()
    found: dict[int, Assessed] = {}
    newest: dict[int, int] = defaultdict(int)  # rows of the instrument asked last
    for case_id, at, review_on, risk, judged, n in rows:
        counted = higher(Risk(risk or Risk.NONE), Risk(judged) if judged else None)
        if n == 1:
            newest[case_id] += 1
        known = found.get(case_id)
        if known is None:
            found[case_id] = Assessed(at, review_on, counted)
        elif n == 1:
            days = [day for day in (known.review_on, review_on) if day]
            found[case_id] = replace(known, review_on=min(days, default=None))
        elif newest[case_id] == 1:
            found[case_id] = replace(known, risk_before=counted)
    return found
