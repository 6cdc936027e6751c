"""What is due next of rights that are used. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from alongside.care.journey.tables import rule_for
from alongside.care.journey.types import DutyHolder

# A clock that was planned anew points at the one in its place, and so on.
DUE = """
    WITH RECURSIVE chain (record, id, next) AS (
        SELECT s.record_id, k.id, k.replaced_by_id
          FROM code_rights_rightstep s CROSS JOIN LATERAL unnest(s.started) u(id)
          JOIN journey_clock k ON k.id = u.id
         WHERE s.record_id = ANY (%s::bigint[])
         UNION
        SELECT c.record, k.id, k.replaced_by_id
          FROM chain c JOIN journey_clock k ON k.id = c.next
    )
    SELECT DISTINCT ON (c.record) c.record, k.rule, k.rule_from, k.due_on, k.holder
      FROM chain c JOIN journey_clock k ON k.id = c.id
     WHERE c.next IS NULL AND k.met_on IS NULL AND k.not_owed_reason = ''
       AND k.due_on IS NOT NULL
     ORDER BY c.record, k.due_on, k.id
"""


@dataclass(frozen=True, kw_only=True)
class DueNext:
    """The soonest promise that runs because of a right: what, by whom, by when."""

    label: str
    holder: DutyHolder
    due_on: date


def find_due(*, record_keys: Sequence[int]) -> dict[int, DueNext]:
    """What is due next of these rights, of those that have something due. One
    statement."""
    if not record_keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(DUE, [list(record_keys)])
        return {
            row[0]: DueNext(
                label=rule_for(row[1], row[2]).label,
                due_on=row[3],
                holder=DutyHolder(row[4]),
            )
            for row in cursor.fetchall()
        }
