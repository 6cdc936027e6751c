"""Time the planning of promises, in a process of its own; prints JSON."""

import json
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bench.databases import open_copy

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LIMIT = "R06-CHARGE"
READ = (
    (
        "SELECT e.*, v.* FROM journey_journeyevent e"
        " JOIN casework_victimisation v ON v.id = e.victimisation_id"
    ),
    "SELECT * FROM casework_case",
    "SELECT * FROM intake_referral",
)
TOUCHED = "SELECT count(*) FROM journey_clock WHERE rule <> %s AND settled_at = %s"


def main(database: str) -> None:
    """Plan a year from nothing, again, and after one limit changed."""
    open_copy(database)
    from alongside.care.journey.tables import RULES
    from alongside.care.journey.types import Length, Unit
    from alongside.foundation.accounts.queries import get_receiver
    from alongside.foundation.organisations.queries import list_agencies
    from alongside.foundation.organisations.types import AgencyKind
    from alongside.workflows.replan_clocks import replan

    service = next(a for a in list_agencies() if a.kind is AgencyKind.SERVICE)
    actor = get_receiver(agency_id=service.agency_id, now=NOW)
    longer = Length(7, Unit.WORKING_DAYS)
    changed = tuple(
        replace(rule, standard=longer, enhanced=longer) if rule.code == LIMIT else rule
        for rule in RULES
    )
    found = {"bare": _bare(actor)}
    found["whole"], begun = _timed(lambda: replan(actor=actor, now=NOW, why="bench"))
    found["idle"], _ = _timed(lambda: replan(actor=actor, now=NOW, why="bench"))
    found["after"], after = _timed(
        lambda: replan(actor=actor, now=NOW, why="bench", codes=[LIMIT], limits=changed)
    )
    found |= {
        "begun": begun.begun,
        "changed": after.changed,
        "others": _walled(actor, TOUCHED, [LIMIT, NOW])[0][0],
    }
    sys.stdout.write(json.dumps(found))


def _bare(actor: Any) -> float:
    """The same rows read under row security, in lots, and thrown away."""
    from django.db import connection, transaction

    from alongside.walls.context import acting_as

    started = time.perf_counter()
    with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
        for statement in READ:
            cursor.execute(statement)
            while cursor.fetchmany(20_000):
                pass
    return time.perf_counter() - started


def _walled(actor: Any, statement: str, values: list[Any]) -> list[Any]:
    from django.db import connection, transaction

    from alongside.walls.context import acting_as

    with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _timed(work: Any) -> tuple[float, Any]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done


if __name__ == "__main__":
    main(*sys.argv[1:])
