"""Clocks that hang on something written down elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from alongside.care.journey.models import Clock

# A clock that was planned anew points at the one in its place, and so on.
NEWEST = """
    WITH RECURSIVE chain (first, id, next) AS (
        SELECT k.id, k.id, k.replaced_by_id
          FROM journey_clock k WHERE k.id = ANY (%s::bigint[])
        UNION ALL
        SELECT c.first, k.id, k.replaced_by_id
          FROM chain c JOIN journey_clock k ON k.id = c.next
    )
    SELECT c.id, k.rule, k.rule_from, k.due_on, k.met_on, k.evidence,
           k.not_owed_reason, k.enhanced
      FROM chain c JOIN journey_clock k ON k.id = c.id
     WHERE c.next IS NULL ORDER BY c.id
"""


@dataclass(frozen=True, slots=True)
class TiedClock:
    """A clock as it stands now."""

    clock_id: int
    rule: str
    rule_from: date
    due_on: date | None
    met_on: date | None
    evidence: str
    not_owed_reason: str
    enhanced: bool

    @property
    def runs(self) -> bool:
        """Whether it is neither met nor said not to be owed."""
        return self.met_on is None and not self.not_owed_reason


def list_tied(*, clock_ids: Sequence[int]) -> list[TiedClock]:
    """The clocks that stand in the place of these now. One statement."""
    if not clock_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [list(clock_ids)])
        return [TiedClock(*row) for row in cursor.fetchall()]


def find_running_of(
    *, case_id: int, victimisation_id: int, rules: Sequence[str]
) -> list[int]:
    """The running clocks of these limits in one matter. One statement."""
    if not rules:
        return []
    rows = Clock.objects.filter(
        case_id=case_id,
        victimisation_id=victimisation_id,
        rule__in=list(rules),
        met_on=None,
        not_owed_reason="",
        replaced_by=None,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def has_kept(*, victimisation_id: int, rule: str) -> bool:
    """Whether a promise with no day set was kept already in that matter."""
    return Clock.objects.filter(
        victimisation_id=victimisation_id, rule=rule, replaced_by=None
    ).exists()
