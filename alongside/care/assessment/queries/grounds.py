"""Questions about grounds. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alongside.care.assessment.models import CaseGround
from alongside.care.assessment.types import GroundCode

FIRST_GROUNDS = """
    SELECT DISTINCT ON (g.case_id) g.case_id, g.words
      FROM assessment_caseground g
     WHERE g.case_id = ANY (%s::bigint[]) AND g.ended_at IS NULL
     ORDER BY g.case_id, g.ground, g.id
"""


@dataclass(frozen=True, kw_only=True)
class GroundLine:
    """One ground of a case, and what it rests on."""

    ground: GroundCode
    words: str
    since: datetime
    confirmed: bool


def list_grounds(*, case_id: int) -> list[GroundLine]:
    """The grounds of a case that stand, A first. One statement."""
    rows = CaseGround.objects.filter(case_id=case_id, ended_at=None)
    return [
        GroundLine(
            ground=GroundCode(row.ground),
            words=row.words,
            since=row.since,
            confirmed=row.confirmed_at is not None,
        )
        for row in rows.order_by("ground", "pk")
    ]


def list_cases_with_grounds(*, case_ids: list[int]) -> set[int]:
    """Which of these cases have a ground that stands."""
    rows = CaseGround.objects.filter(case_id__in=case_ids, ended_at=None)
    return set(rows.values_list("case_id", flat=True))


def list_first_grounds(*, case_ids: list[int]) -> dict[int, str]:
    """What the weightiest ground of each case rests on, in words. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_GROUNDS, [case_ids])
        return dict(cursor.fetchall())
