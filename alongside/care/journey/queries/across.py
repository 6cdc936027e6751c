"""Running promises that run on certain days, counted. Nobody is named."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

# The day of the start is not counted, so a promise that starts on a day does not run
# on it.
ACROSS = """
    SELECT k.rule, k.rule_from, k.enhanced, k.holder,
           (k.starts_at AT TIME ZONE 'Europe/London')::date, k.due_on, count(*)
      FROM journey_clock k
     WHERE k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
       AND k.due_on >= %s
       AND (k.starts_at AT TIME ZONE 'Europe/London')::date < %s
     GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
"""


@dataclass(frozen=True, slots=True)
class RunningAcross:
    """How many promises of one limit run from one day to another."""

    rule: str
    rule_from: date
    enhanced: bool
    holder: str
    starts_on: date
    due_on: date
    promises: int


def count_across(*, first: date, last: date) -> list[RunningAcross]:
    """Running promises of cases open to the actor that run on one of the days from
    the first to the last. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(ACROSS, [first, last])
        return [RunningAcross(*row) for row in cursor.fetchall()]
