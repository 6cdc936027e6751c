"""Promises with no day set: which are owed, and what shows that they were kept.

Nothing here writes. What is owed follows from the report, the events and the limits;
only what somebody settled has a row (see ADR 0045).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from alongside.care.journey.rules.wishes import is_left_out
from alongside.care.journey.tables import RULES, rule_for
from alongside.care.journey.types import (
    DeadlineRule,
    Eligible,
    RuleKind,
    WishKind,
)
from alongside.care.journey.types.standing import (
    ShownBy,
    StandingAsked,
    StandingCount,
    StandingLine,
    StandingOpen,
    StandingState,
)
from alongside.foundation.reference.tables import OFFENCES

STANDING = "journey_standing(%(rules)s, %(cases)s::bigint[], %(team)s, %(worker)s)"
OF_CASES = f"""
    SELECT rule, rule_from, case_id, victimisation_id, event_id, since, state, shown_by,
           met_on, evidence, reason, clock_id
      FROM {STANDING} ORDER BY since, victimisation_id, rule, event_id
"""  # noqa: S608
COUNTS = f"""
    SELECT rule, rule_from, state, count(*) FROM {STANDING} GROUP BY 1, 2, 3
"""  # noqa: S608
# The page is cut before anything is joined: the walls of a case are then asked for the
# few that are shown.
OPEN = f"""
    SELECT s.rule, s.rule_from, s.since, c.public_id, c.person_id,
           coalesce(v.crime_ref, ''), coalesce(u.name, ''), t.name
      FROM (SELECT * FROM {STANDING} WHERE state = 'owed'
             ORDER BY since, victimisation_id, rule, event_id
             LIMIT %(limit)s OFFSET %(skip)s) s
      JOIN casework_case c ON c.id = s.case_id
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN casework_victimisation v ON v.id = s.victimisation_id
      LEFT JOIN accounts_user u ON u.id = c.worker_id
     ORDER BY s.since, s.victimisation_id, s.rule, s.event_id
"""  # noqa: S608


def list_standing(*, case_ids: Sequence[int]) -> list[StandingLine]:
    """What is owed with no day set in these cases, the longest first. One statement."""
    if not case_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OF_CASES, _values(cases=list(case_ids)))
        return [_line(row) for row in cursor.fetchall()]


def count_standing(asked: StandingAsked) -> list[StandingCount]:
    """How the promises of open cases stand, by limit in the order of the rights. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, _values(asked))
        rows = cursor.fetchall()
    found: dict[str, StandingCount] = {}
    for code, rule_from, state, number in rows:
        rule = rule_for(code, rule_from)
        count = found.setdefault(code, StandingCount(rule=rule))
        # The words are those of the newest version.
        if count.rule.in_force_from < rule.in_force_from:
            count.rule = rule
        setattr(count, state, getattr(count, state) + number)
    return sorted(found.values(), key=lambda one: (one.rule.right, one.rule.code))


def list_not_known(
    asked: StandingAsked, *, limit: int, skip: int = 0
) -> list[StandingOpen]:
    """Promises in open cases of which nobody has said that they were kept, the longest
    owed first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {**_values(asked), "limit": limit, "skip": skip})
        return [
            StandingOpen(
                rule=rule_for(row[0], row[1]),
                since=row[2],
                case_id=row[3],
                person_key=row[4],
                crime_ref=row[5],
                worker=row[6],
                team=row[7],
            )
            for row in cursor.fetchall()
        ]


def standing_rules() -> dict[str, DeadlineRule]:
    """The newest version of each standing promise by its code, in the order of the
    rights."""
    rows = [rule for rule in RULES if rule.kind is RuleKind.STANDING]
    rows.sort(key=lambda rule: (rule.right, rule.code, rule.in_force_from))
    return {rule.code: rule for rule in rows}


def standing_rows(asked: StandingAsked | None = None) -> list[dict[str, Any]]:
    """The limits as the database reads them: a row for each version and trigger."""
    asked = asked or StandingAsked()
    return [
        row
        for rule in RULES
        if rule.kind is RuleKind.STANDING
        and asked.rule in {"", rule.code}
        and asked.holder in {"", rule.duty_holder}
        for row in _rows(rule)
    ]


def _rows(rule: DeadlineRule) -> Iterator[dict[str, Any]]:
    until = rule.in_force_until
    for trigger in sorted(rule.triggers):
        yield {
            "code": rule.code,
            "rule_from": rule.in_force_from.isoformat(),
            "rule_until": until.isoformat() if until else None,
            "trigger": trigger,
            "clock": rule.clock,
            "met_by": rule.met_by,
            "record_types": sorted(rule.record_types),
            "witnesses": rule.eligible is Eligible.WITNESSES,
            "scheme": rule.eligible is Eligible.CONTACT_SCHEME,
            "offences": list(_offences(rule.offence_groups)),
            "flags": sorted(rule.flags),
            "each_event": rule.each_event,
            "left_by": [asks for asks in WishKind if is_left_out(rule, asks)],
        }


@lru_cache(maxsize=64)
def _offences(groups: frozenset[str]) -> tuple[str, ...]:
    return tuple(code for code, row in OFFENCES.items() if row.group in groups)


def _values(
    asked: StandingAsked | None = None, *, cases: list[int] | None = None
) -> dict[str, Any]:
    return {
        "rules": Jsonb(standing_rows(asked)),
        "cases": cases,
        "team": asked.team_key if asked else None,
        "worker": asked.worker_key if asked else None,
    }


def _line(row: Sequence[Any]) -> StandingLine:
    return StandingLine(
        rule=rule_for(row[0], row[1]),
        case_key=row[2],
        victimisation_id=row[3],
        event_id=row[4],
        since=row[5],
        state=StandingState(row[6]),
        shown_by=ShownBy(row[7]),
        met_on=row[8],
        evidence=row[9],
        reason=row[10],
        clock_id=row[11],
    )
