"""Questions about grounds. Nothing here writes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alongside.care.assessment.models import CaseGround
from alongside.care.assessment.types import (
    BasisKind,
    GroundCode,
    GroundState,
)

FIRST_GROUNDS = """
    SELECT DISTINCT ON (g.case_id) g.case_id, g.words
      FROM assessment_caseground g
     WHERE g.case_id = ANY (%s::bigint[]) AND g.ended_at IS NULL
       AND g.declined_at IS NULL
     ORDER BY g.case_id, g.ground, g.id
"""
# More than these no case comes to; the page of its grounds then shows the newest.
MOST = 500


@dataclass(frozen=True, kw_only=True)
class GroundLine:
    """One ground of a case, what it rests on, and what became of it.

    `reason` is why somebody confirmed, declined or added it; `by` who, empty while it
    is proposed; `doubted_at` since when what it rests on is no longer so.
    """

    ground_id: int
    ground: GroundCode
    basis: BasisKind
    words: str
    since: datetime
    state: GroundState
    by: str
    decided_at: datetime | None
    reason: str
    declined: bool
    ended_at: datetime | None
    doubted_at: datetime | None

    @property
    def counts(self) -> bool:
        """Whether enhanced support is owed through it."""
        return self.state in {GroundState.PROPOSED, GroundState.CONFIRMED}

    @property
    def confirmed(self) -> bool:
        """Whether a worker has confirmed it."""
        return self.state is GroundState.CONFIRMED


def list_grounds(*, case_id: int) -> list[GroundLine]:
    """The grounds through which a case is owed support, A first. One statement."""
    return [line for line in list_every_ground(case_id=case_id) if line.counts]


def list_every_ground(*, case_id: int) -> list[GroundLine]:
    """Every ground a case has and had: A first, oldest first. One statement."""
    rows = CaseGround.objects.filter(case_id=case_id)
    rows = rows.select_related("confirmed_by", "declined_by")
    newest = list(rows.order_by("-pk")[:MOST])
    return [_line(row) for row in sorted(newest, key=lambda row: (row.ground, row.pk))]


def list_cases_with_grounds(*, case_ids: list[int]) -> set[int]:
    """Which of these cases have a ground through which support is owed."""
    rows = CaseGround.objects.filter(
        case_id__in=case_ids, ended_at=None, declined_at=None
    )
    return set(rows.values_list("case_id", flat=True))


def find_standing(
    *, case_ids: Sequence[int]
) -> dict[int, tuple[int, datetime, str] | None]:
    """Which of these cases have a ground through which support is owed, and with each
    the one doubted last: its key, since when, what it rested on. One statement.
    """
    found: dict[int, tuple[int, datetime, str] | None] = {}
    rows = CaseGround.objects.filter(
        case_id__in=list(case_ids), ended_at=None, declined_at=None
    )
    for case, key, at, words in rows.order_by("doubted_at", "pk").values_list(
        "case_id", "pk", "doubted_at", "words"
    ):
        found.setdefault(case, None)
        if at is not None:
            found[case] = key, at, words
    return found


def list_first_grounds(*, case_ids: list[int]) -> dict[int, str]:
    """What the weightiest ground of each case rests on, in words. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_GROUNDS, [case_ids])
        return dict(cursor.fetchall())


def find_declined(
    *, case_ids: Sequence[int]
) -> dict[int, set[tuple[GroundCode, BasisKind, str]]]:
    """By victimisation, what somebody declined to owe support through, in these cases.

    The same evidence, sent again, does not bring it back. One statement, or none.
    """
    found: dict[int, set[tuple[GroundCode, BasisKind, str]]] = defaultdict(set)
    if not case_ids:
        return found
    rows = CaseGround.objects.filter(
        case_id__in=list(case_ids), ended_at=None, declined_at__isnull=False
    )
    for matter, ground, basis, value in rows.values_list(
        "victimisation_id", "ground", "basis", "value"
    ):
        if matter is not None:
            found[matter].add((GroundCode(ground), BasisKind(basis), value))
    return found


def _line(row: CaseGround) -> GroundLine:
    who = row.declined_by or row.confirmed_by
    return GroundLine(
        ground_id=row.pk,
        ground=GroundCode(row.ground),
        basis=BasisKind(row.basis),
        words=row.words,
        since=row.since,
        state=_state(row),
        by=who.name if who else "",
        decided_at=row.declined_at or row.confirmed_at,
        reason=row.reason,
        declined=row.declined_at is not None,
        ended_at=row.ended_at,
        doubted_at=row.doubted_at,
    )


def _state(row: CaseGround) -> GroundState:
    if row.ended_at is not None:
        return GroundState.ENDED
    if row.declined_at is not None:
        return GroundState.DECLINED
    confirmed = row.confirmed_at is not None
    return GroundState.CONFIRMED if confirmed else GroundState.PROPOSED
