"""How promises were kept, counted. Nothing here writes, and nobody is named."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from alongside.care.journey.queries.standing import standing_rows, standing_rules
from alongside.care.journey.tables import RULES
from alongside.care.journey.types import ClockStart
from alongside.care.journey.types.compliance import (
    ComplianceAsked,
    CountBy,
    Keeping,
    Kept,
    WithoutReceipt,
)
from alongside.care.journey.types.standing import StandingState

COUNTS = "SELECT * FROM journey_compliance(%s, %s, %s, %s, %s, %s)"
STANDING = """
    SELECT * FROM journey_standing_kept(
        %(rules)s, %(since)s, %(until)s, %(by)s, %(ages)s)
"""
WITHOUT = "SELECT crimes, without FROM journey_without_receipt(%s, %s, %s)"
# Told by the rule of each count: the database counts everything together.
FROM_RULE = {
    *(CountBy.RIGHT, CountBy.RULE, CountBy.HOLDER, CountBy.HOLDER_RIGHT),
    CountBy.ALL,
}
STANDS = {
    StandingState.OWED: Kept.CANNOT_SAY,
    StandingState.MET: Kept.MET,
    StandingState.NOT_OWED: Kept.NOT_OWED,
}
RIGHT_OF = {rule.code: rule.right for rule in RULES}
FROM_RECEIPT = sorted(
    {rule.code for rule in RULES if rule.clock is ClockStart.RECEIVED_AT}
)


def count_kept(
    asked: ComplianceAsked, *, ages: Sequence[int] = ()
) -> dict[str, Keeping]:
    """Promises by group and how they were kept. One statement.

    Empty for whoever may not count. `ages` are the lower ends of the age bands, whose
    numbers from 1 are then the groups; a district, a team, a rule or an ethnicity is
    named by its code, and what is not held is an empty group.
    """
    by = CountBy.ALL if asked.by in FROM_RULE else asked.by
    with connection.cursor() as cursor:
        cursor.execute(
            COUNTS,
            [asked.since, asked.until, asked.on, by, FROM_RECEIPT, list(ages)],
        )
        rows = cursor.fetchall()
    group = _GROUPS.get(asked.by, _as_counted)
    found: dict[str, Keeping] = defaultdict(Keeping)
    for rule, holder, state, reason, grouped, number in rows:
        if asked.holder not in {None, holder}:
            continue
        if asked.right not in {None, RIGHT_OF.get(rule, 0)}:
            continue
        keeping = found[group(rule, holder, grouped)]
        keeping.states[Kept(state)] += number
        if reason:
            keeping.reasons[reason] += number
    return dict(found)


def count_standing_kept(
    asked: ComplianceAsked, *, ages: Sequence[int] = ()
) -> dict[str, Keeping]:
    """The same of what is owed with no day set, since a day of the time: kept, not
    owed, or nobody can say; never missed. One statement."""
    by = CountBy.ALL if asked.by in FROM_RULE else asked.by
    values: dict[str, Any] = {
        "rules": Jsonb(standing_rows()),
        "since": asked.since,
        "until": asked.until,
        "by": by,
        "ages": list(ages),
    }
    with connection.cursor() as cursor:
        cursor.execute(STANDING, values)
        counted = cursor.fetchall()
    rules = standing_rules()
    group = _GROUPS.get(asked.by, _as_counted)
    found: dict[str, Keeping] = defaultdict(Keeping)
    for code, state, reason, grouped, number in counted:
        rule = rules[code]
        if asked.holder not in {None, rule.duty_holder}:
            continue
        if asked.right not in {None, rule.right}:
            continue
        keeping = found[group(code, rule.duty_holder, grouped)]
        keeping.states[STANDS[StandingState(state)]] += number
        if reason:
            keeping.reasons[reason] += number
    return dict(found)


def count_without_receipt(*, since: date, until: date) -> WithoutReceipt:
    """Of how many people's crimes nobody can say when a promise began. One
    statement; noughts for whoever may not count."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT, [since, until, FROM_RECEIPT])
        crimes, without = cursor.fetchone()
    return WithoutReceipt(crimes=crimes, without=without)


def _as_counted(rule: str, holder: str, grouped: str) -> str:
    return grouped


_GROUPS: dict[CountBy, Callable[[str, str, str], str]] = {
    CountBy.ALL: lambda rule, holder, grouped: "",
    CountBy.RIGHT: lambda rule, holder, grouped: str(RIGHT_OF.get(rule, 0)),
    CountBy.RULE: lambda rule, holder, grouped: rule,
    CountBy.HOLDER: lambda rule, holder, grouped: holder,
    CountBy.HOLDER_RIGHT: lambda rule, holder, grouped: (
        f"{holder}.{RIGHT_OF.get(rule, 0)}"
    ),
}
