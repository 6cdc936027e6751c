"""In which cases nothing was heard for too long. Nothing here writes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from alongside.care.journey.tables import RULES
from alongside.care.journey.tables.silence import silence_on
from alongside.care.journey.types import MetBy
from alongside.care.journey.types.silence import SilenceRule, SilentCase

SILENT = "journey_silent(%(rules)s, %(on)s, %(told)s, %(cases)s::bigint[])"
COUNT = f"SELECT code, count(*) FROM {SILENT} GROUP BY code"  # noqa: S608
OF_CASES = f"SELECT code, case_id, since FROM {SILENT}"  # noqa: S608
LIST = f"""
    SELECT s.since, c.public_id, c.person_id, c.tier, coalesce(u.name, ''), t.name
      FROM {SILENT} s
      JOIN casework_case c ON c.id = s.case_id
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN accounts_user u ON u.id = c.worker_id
     ORDER BY s.since, c.id LIMIT %(limit)s OFFSET %(skip)s
"""  # noqa: S608
TOLD = sorted({rule.code for rule in RULES if rule.met_by is MetBy.TOLD_ON})


def count_silent(*, on: date) -> dict[str, int]:
    """How many cases open to the actor each rule finds. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, _values(silence_on(on), on))
        return dict(cursor.fetchall())


def list_silent(
    *, rule: SilenceRule, on: date, limit: int, skip: int = 0
) -> list[SilentCase]:
    """The cases that a rule finds, the longest silent first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(LIST, {**_values([rule], on), "limit": limit, "skip": skip})
        return [
            SilentCase(
                since=row[0],
                case_id=row[1],
                person_id=row[2],
                tier=row[3],
                worker_name=row[4],
                team_name=row[5],
            )
            for row in cursor.fetchall()
        ]


def find_silent(
    *, case_ids: Sequence[int], on: date
) -> dict[int, tuple[tuple[SilenceRule, date], ...]]:
    """What the rules find in each of these cases, in the order of the rules, and since
    which day. One statement."""
    if not case_ids:
        return {}
    rules = silence_on(on)
    with connection.cursor() as cursor:
        cursor.execute(OF_CASES, {**_values(rules, on), "cases": list(case_ids)})
        rows = cursor.fetchall()
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for code, case_id, since in rows:
        found[case_id][code] = since
    return {
        case_id: tuple((rule, days[rule.code]) for rule in rules if rule.code in days)
        for case_id, days in found.items()
    }


def _values(rules: Iterable[SilenceRule], on: date) -> dict[str, Any]:
    rows = [
        {
            "code": rule.code,
            "after": sorted(rule.after),
            "counted_from": rule.counted_from,
            "only_field": rule.only_field,
            "only_values": sorted(rule.only_values),
            "ends": sorted(rule.ends),
            "unsettled": rule.unsettled,
            "standard": rule.standard,
            "enhanced": rule.enhanced,
        }
        for rule in rules
    ]
    return {"rules": Jsonb(rows), "on": on, "told": TOLD, "cases": None}
