"""How promises were kept, counted. Nothing here writes, and nobody is named."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

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
        %(rules)s, %(since)s, %(until)s, %(facts)s, %(ages)s)
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


class _Row(NamedTuple):
    """One count as the database gives it: `grouped` is the group of a `fact`."""

    fact: str
    rule: str
    holder: str
    state: str
    reason: str
    grouped: str
    number: int


def count_kept(
    asked: ComplianceAsked, *, ages: Sequence[int] = ()
) -> dict[str, Keeping]:
    """Promises by group and how they were kept. One statement.

    Empty for whoever may not count. `ages` are the lower ends of the age bands, whose
    numbers from 1 are then the groups; a district, a team, a rule or an ethnicity is
    named by its code, and what is not held is an empty group.
    """
    return count_kept_by(asked, facts=[asked.by], ages=ages)[asked.by]


def count_kept_by(
    asked: ComplianceAsked, *, facts: Sequence[CountBy], ages: Sequence[int]
) -> dict[CountBy, dict[str, Keeping]]:
    """The same by each of these facts, whichever was asked for. One statement, which
    reads the promises once."""
    values: list[Any] = [
        *(asked.since, asked.until, asked.on, _counted(facts), FROM_RECEIPT, list(ages))
    ]
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, values)
        rows = [_Row(*row) for row in cursor.fetchall()]
    return {by: _groups(asked, by, rows) for by in facts}


def count_standing_kept(
    asked: ComplianceAsked, *, ages: Sequence[int] = ()
) -> dict[str, Keeping]:
    """The same of what is owed with no day set, since a day of the time: kept, not
    owed, or nobody can say; never missed. One statement."""
    return count_standing_by(asked, facts=[asked.by], ages=ages)[asked.by]


def count_standing_by(
    asked: ComplianceAsked, *, facts: Sequence[CountBy], ages: Sequence[int]
) -> dict[CountBy, dict[str, Keeping]]:
    """The same by each of these facts. One statement, which works out once what is
    owed."""
    values: dict[str, Any] = {
        "rules": Jsonb(standing_rows()),
        "since": asked.since,
        "until": asked.until,
        "facts": _counted(facts),
        "ages": list(ages),
    }
    rules = standing_rules()
    with connection.cursor() as cursor:
        cursor.execute(STANDING, values)
        rows = [
            _Row(
                *(fact, code, rules[code].duty_holder),
                *(STANDS[StandingState(state)], reason, grouped, number),
            )
            for fact, code, state, reason, grouped, number in cursor.fetchall()
        ]
    return {by: _groups(asked, by, rows) for by in facts}


def count_without_receipt(*, since: date, until: date) -> WithoutReceipt:
    """Of how many people's crimes nobody can say when a promise began. One
    statement; noughts for whoever may not count."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT, [since, until, FROM_RECEIPT])
        crimes, without = cursor.fetchone()
    return WithoutReceipt(crimes=crimes, without=without)


def _counted(facts: Sequence[CountBy]) -> list[str]:
    """By what the database counts these facts, each once."""
    return list(dict.fromkeys(map(_fact, facts)))


def _fact(by: CountBy) -> str:
    return CountBy.ALL if by in FROM_RULE else by


def _groups(
    asked: ComplianceAsked, by: CountBy, rows: Sequence[_Row]
) -> dict[str, Keeping]:
    group = _GROUPS.get(by, _as_counted)
    found: dict[str, Keeping] = defaultdict(Keeping)
    for row in rows:
        if row.fact != _fact(by) or asked.holder not in {None, row.holder}:
            continue
        if asked.right not in {None, RIGHT_OF.get(row.rule, 0)}:
            continue
        keeping = found[group(row.rule, row.holder, row.grouped)]
        keeping.states[Kept(row.state)] += row.number
        if row.reason:
            keeping.reasons[row.reason] += row.number
    return dict(found)


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
