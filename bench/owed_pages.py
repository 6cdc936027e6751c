"""Measure the pages about promises, in a process of its own; prints JSON.

Each page is asked for as somebody who lives in it, under row security. Seconds are
those of the processor: of the server's own process and of this one.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench.assessing import busy_of
from bench.databases import open_copy
from bench.owed_year import WORKER
from bench.pages import sign_in

TIMES = 5
# Whose page, and its address; a case is one of the worker's own.
PAGES = (
    ("who owes what", "supervisor", "/owed"),
    ("who owes what: probation", "supervisor", "/owed?holder=probation"),
    ("who owes what: late, of one right", "supervisor", "/owed?due=overdue&right=6"),
    ("who owes what, as a worker", "worker", "/owed"),
    ("who was told of late promises", "supervisor", "/owed/told"),
    ("what a force owes", "police", "/owed/by-us"),
    ("witnesses to come", "witness.care", "/witnesses"),
    ("witnesses whose day has passed", "witness.care", "/witnesses?show=passed"),
    ("witnesses whose case has ended", "witness.care", "/witnesses?show=ended"),
    ("to tell: my cases", "worker", "/tell"),
    ("to tell: my team's", "worker", "/tell?whose=team"),
    ("to tell: everybody's", "supervisor", "/tell?whose=all"),
    ("journey of a case", "worker", "/cases/{case}/journey"),
    ("promises of a case", "worker", "/cases/{case}/promises"),
    ("case page", "worker", "/cases/{case}"),
)
# What counts a whole register, and so grows with it.
COUNTS = (
    ("silent cases, counted", "supervisor", "/owed/silent"),
    ("silent cases: no news", "supervisor", "/owed/silent/no_news"),
    ("silent cases: no progress", "supervisor", "/owed/silent/no_progress"),
    ("silent cases: no result", "worker", "/owed/silent/no_result"),
    ("how promises were kept, by right", "supervisor", "/compliance"),
    ("how promises were kept, by age", "supervisor", "/compliance?by=age_band"),
    ("owed without a deadline, counted", "supervisor", "/standing-promises"),
    (
        "owed without a deadline: of one promise",
        "supervisor",
        "/standing-promises?rule=R04-NEEDS",
    ),
    ("pack for the joint review", "supervisor", "/compliance/review"),
)
# What nobody is given without asking for it: it works out every promise of a year.
ASKED_FOR = (
    (
        "how promises were kept, and without a deadline",
        "supervisor",
        "/compliance?standing=yes",
    ),
    ("pack for the joint review, the file", "supervisor", "/compliance/review.zip"),
)
# Rounds of `alongside.jobs.rounds` that look at promises or at whole registers.
ROUNDS = ("promises", "by_itself", "updates", "closed_days", "targeting")
ONE_CASE = """
    SELECT c.public_id FROM casework_case c
      JOIN casework_victimisation v ON v.case_id = c.id
     WHERE c.worker_id = %s AND c.status <> 'closed'
     ORDER BY (SELECT count(*) FROM journey_journeyevent e
                WHERE e.victimisation_id = v.id) DESC, c.id LIMIT 1
"""
BARE = (
    """
    SELECT k.*, c.* FROM journey_clock k JOIN casework_case c ON c.id = k.case_id
     WHERE k.met_on IS NULL AND k.not_owed_reason = '' AND k.replaced_by_id IS NULL
       AND c.status <> 'closed'
    """,
    """
    SELECT e.* FROM journey_journeyevent e
      JOIN casework_victimisation v ON v.id = e.victimisation_id
      JOIN casework_case c ON c.id = v.case_id WHERE c.status <> 'closed'
    """,
)


def main(what: str, database: str) -> None:
    """Plan the promises of a database that was filled, or measure its pages."""
    open_copy(database)
    found = {"plan": _plan, "measure": _measure}[what]()
    sys.stdout.write(json.dumps(found))


def _plan() -> dict[str, Any]:
    from alongside.workflows.replan_clocks import replan

    now = datetime.now(tz=UTC)
    planned = replan(actor=_receiver(now), now=now, why="bench")
    return {"begun": planned.begun}


def _receiver(now: datetime) -> Any:
    from alongside.foundation.accounts.queries import get_receiver
    from alongside.foundation.organisations.queries import list_agencies
    from alongside.foundation.organisations.types import AgencyKind

    service = next(a for a in list_agencies() if a.kind is AgencyKind.SERVICE)
    return get_receiver(agency_id=service.agency_id, now=now)


def _measure() -> dict[str, Any]:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    names = sorted({who for _, who, _ in (*PAGES, *COUNTS, *ASKED_FOR)})
    people = {who: sign_in(f"{who}@llr.example") for who in names}
    case = _one_case(people[WORKER.partition("@")[0]][1])
    kinds = {"pages": PAGES, "counts": COUNTS, "asked_for": ASKED_FOR}
    return {
        "bare": _bare(_receiver(datetime.now(tz=UTC))),
        **{
            kind: {
                name: _page(people[who][0], path.format(case=case))
                for name, who, path in pages
            }
            for kind, pages in kinds.items()
        },
        "rounds": _rounds(),
    }


def _one_case(actor: Any) -> str:
    """The case of a worker in which most happened."""
    from django.db import connection, transaction

    from alongside.walls.context import acting_as

    with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_CASE, [actor.user_id])
        return str(cursor.fetchone()[0])


def _bare(actor: Any) -> float:
    """Seconds of the server's processor that reading the same rows takes: every running
    promise of an open case, and every event of one."""
    from django.db import connection, transaction

    from alongside.walls.context import acting_as

    with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
        began = _server()
        for statement in BARE:
            cursor.execute(statement)
            while cursor.fetchmany(20_000):
                pass
        return _server() - began


def _page(client: Any, path: str) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)  # templates are compiled once
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    statements = len(captured)
    server, here = _server(), time.process_time()
    for _ in range(TIMES):
        client.get(path)
    return {
        "statements": statements,
        "server": (_server() - server) / TIMES,
        "python": (time.process_time() - here) / TIMES,
    }


def _rounds() -> dict[str, dict[str, float]]:
    """What each round about promises costs, once with all there is to do and once
    more with nothing left."""
    from alongside.jobs import rounds

    found = {}
    for name in ROUNDS:
        for when in ("", ", again"):
            found[f"round: {name}{when}"] = _once(getattr(rounds, name))
    return found


def _once(run: Callable[[datetime], object]) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    server, here = _server(), time.process_time()
    with CaptureQueriesContext(connection) as captured:
        run(datetime.now(tz=UTC))
    return {
        "statements": len(captured),
        "server": _server() - server,
        "python": time.process_time() - here,
    }


def _server() -> float:
    from django.db import connection

    connection.ensure_connection()
    return busy_of(connection.connection.info.backend_pid)


if __name__ == "__main__":
    main(*sys.argv[1:])
