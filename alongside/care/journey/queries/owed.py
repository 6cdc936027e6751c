"""Who owes whom what, across cases. Nothing here writes."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection

from alongside.care.journey.tables import RULES, rule_for
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.owed import (
    ForceOwed,
    Lateness,
    NextOwed,
    OwedAsked,
    OwedLine,
    OwedPlace,
)
from alongside.foundation.accounts.types import Actor

WEEK = timedelta(days=7)
RUNS = "k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL"
# The order is that of the index of running clocks, from which a page starts.
LIST = f"""
    SELECT k.id, k.rule, k.rule_from, k.holder, k.due_on, k.enhanced,
           c.public_id, c.person_id, coalesce(v.crime_ref, ''), coalesce(u.name, ''),
           t.name
      FROM journey_clock k
      JOIN casework_case c ON c.id = k.case_id
      JOIN organisations_team t ON t.id = c.team_id
      LEFT JOIN casework_victimisation v ON v.id = k.victimisation_id
      LEFT JOIN accounts_user u ON u.id = c.worker_id
     WHERE {RUNS} AND c.status <> 'closed' AND k.holder <> 'victim'
       AND k.due_on >= %(since)s AND k.due_on < %(until)s
       AND (%(holder)s = '' OR k.holder = %(holder)s)
       AND (%(rules)s::text[] IS NULL OR k.rule = ANY (%(rules)s))
       AND (%(team)s::bigint IS NULL OR c.team_id = %(team)s)
       AND (%(tier)s = '' OR c.tier = %(tier)s)
     ORDER BY k.due_on, k.id OFFSET %(skip)s LIMIT %(limit)s
"""  # noqa: S608  every piece is a word of this module
NEXT = f"""
    SELECT DISTINCT ON (k.case_id) k.case_id, k.rule, k.rule_from, k.holder, k.due_on
      FROM journey_clock k
     WHERE k.case_id = ANY (%s::bigint[]) AND {RUNS} AND k.holder <> 'victim'
       AND k.due_on IS NOT NULL
     ORDER BY k.case_id, k.due_on, k.id
"""  # noqa: S608
COUNTS = "SELECT holder, lateness, clocks FROM journey_count_owed(%s, %s)"
BY_FORCE = "SELECT * FROM journey_owed_by_force(%s, %s, %s, %s)"


def days_of(
    lateness: Lateness | None, on: date, *, place: OwedPlace | None = None
) -> tuple[date, date]:
    """From which day, and before which, the promises of a lateness are due."""
    first, last = date.min, date.max
    if lateness is Lateness.OVERDUE:
        last = on
    elif lateness is Lateness.WEEK:
        first, last = on, on + WEEK
    elif lateness is Lateness.LATER:
        first = on + WEEK
    return (max(first, place.day), last) if place else (first, last)


def list_owed(
    asked: OwedAsked, *, place: OwedPlace | None = None, limit: int
) -> list[OwedLine]:
    """Running promises the actor may see, soonest due first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(LIST, _values(asked, place, limit))
        rows = cursor.fetchall()
    lines = []
    for row in rows:
        rule = rule_for(row[1], row[2])
        lines.append(
            OwedLine(
                clock_id=row[0],
                rule=row[1],
                label=rule.label,
                right=rule.right,
                holder=DutyHolder(row[3]),
                due_on=row[4],
                enhanced=row[5],
                case_id=row[6],
                person_id=row[7],
                crime_ref=row[8],
                worker_name=row[9],
                team_name=row[10],
            )
        )
    return lines


def _values(asked: OwedAsked, place: OwedPlace | None, limit: int) -> dict[str, Any]:
    since, until = days_of(asked.lateness, asked.on, place=place)
    return {
        "since": since,
        "until": until,
        "holder": asked.holder or "",
        "rules": None if asked.right is None else rules_of(asked.right),
        "team": asked.team_id,
        "tier": asked.tier,
        "skip": place.skip if place else 0,
        "limit": limit,
    }


def rules_of(right: int) -> list[str]:
    """The codes of the promises of one right of the Code; 0 for local targets."""
    return sorted({rule.code for rule in RULES if rule.right == right})


def count_owed(*, on: date) -> dict[tuple[DutyHolder, Lateness], int]:
    """How many promises run, by who owes them and how soon. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [on, on + WEEK])
        return {
            (DutyHolder(holder), Lateness(lateness)): number
            for holder, lateness, number in cursor.fetchall()
        }


def next_owed(*, case_ids: Sequence[int]) -> dict[int, NextOwed]:
    """The soonest running promise of each case, whoever owes it. One statement."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [list(case_ids)])
        return {
            row[0]: NextOwed(
                label=rule_for(row[1], row[2]).label,
                holder=DutyHolder(row[3]),
                due_on=row[4],
            )
            for row in cursor.fetchall()
        }


def list_owed_by_force(
    *,
    actor: Actor,
    on: date,
    lateness: Lateness | None,
    skip: int,
    limit: int,
) -> list[ForceOwed]:
    """What the actor's force owes to victims of crimes it sent, soonest due first.

    One statement. Nothing for whoever is not a police liaison.
    """
    since, until = days_of(lateness, on)
    with connection.cursor() as cursor:
        cursor.execute(BY_FORCE, [since, until, limit, skip])
        return [
            ForceOwed(
                label=rule_for(row[1], row[2]).label,
                due_on=row[0],
                crime_ref=row[3],
                person_ref=row[4],
                source_system=row[5],
            )
            for row in cursor.fetchall()
        ]
