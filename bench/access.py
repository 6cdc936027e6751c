"""What need-to-know costs at a million cases and 500 agencies.

The product's own statements, as its queries send them, under row security with the
signed context and, in the same run, without either. Also what an audited read of a
list costs in the database. Everything in a throw-away database.
"""

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import psycopg

from alongside.foundation.gateways.installation import Connections
from bench import search
from bench.databases import administrator_of, bench_template, copy_of_template, tidy
from bench.register import Register, fill
from bench.search import worker_of

CASES, AGENCIES = 1_000_000, 500
SMALL_CASES, SMALL_AGENCIES = 20_000, 50
NAME = "alongside_bench_access"
PAGE, TIMES = 25, 300
MOST_RATIO, MOST_READ_MS = 2.5, 2.0
MILLISECONDS = 1000

Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Timing:
    """Medians in milliseconds: the statement alone, and the whole transaction."""

    statement: float
    whole: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    small = parser.parse_args().small
    cases = SMALL_CASES if small else CASES
    agencies = SMALL_AGENCIES if small else AGENCIES
    with bench_template(), copy_of_template(NAME) as reach:
        started = time.perf_counter()
        _point_django_at_copy()
        with administrator_of(NAME) as connection:
            register = fill(connection, cases=cases, agencies=agencies)
            search.learn(connection)
        tidy(NAME)
        _say(
            f"filling {cases:,} cases of {agencies} agencies",
            f"{time.perf_counter() - started:.0f} s",
        )
        _measure(reach, register, cases)


def _point_django_at_copy() -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = NAME


def _measure(reach: Connections, register: Register, cases: int) -> None:
    with administrator_of(NAME) as bare, psycopg.connect(reach.app.conninfo()) as app:
        for connection in (bare, app):
            connection.prepare_threshold = None  # as the product connects
        for name, agency in (
            ("largest", register.large),
            ("smallest", register.small),
            ("widest", register.widest),
        ):
            actor = worker_of(register.area_id, agency)
            for what, statements in _statements(bare, actor).items():
                found = _in_turns(app, bare, actor, [(one, one) for one in statements])
                _compare(f"{what}, {name} agency", *found)
        _audited(app, bare, worker_of(register.area_id, register.large))
        search.measure(app, bare, register)


def _statements(bare: Any, actor: Any) -> dict[str, list[Statement]]:
    """The statements of a list page and of point look-ups, as Django sends them."""
    from alongside.care.casework import queries as casework

    team = bare.execute(
        "SELECT id FROM organisations_team WHERE agency_id = %s", [actor.agency_id]
    ).fetchone()[0]
    ids = bare.execute(
        "SELECT c.public_id FROM casework_case c JOIN casework_caseaccess a"
        " ON a.case_id = c.id WHERE a.agency_id = %s AND a.compartments = 0"
        " AND a.fields & 16 <> 0 LIMIT %s",
        [actor.agency_id, TIMES],
    ).fetchall()
    lists = _captured(
        actor, lambda: casework.list_queue(actor=actor, team_id=team, limit=PAGE)
    )
    points = []
    for (public_id,) in random.sample(ids, min(len(ids), TIMES)):
        ask = partial(casework.get_case, actor=actor, public_id=public_id)
        points += _captured(actor, ask)
    return {"point look-up": points, "list of 25": lists * TIMES}


def _captured(actor: Any, ask: Callable[[], object]) -> list[Statement]:
    from django.db import connection, transaction

    from alongside.walls.context import acting_as

    caught: list[Statement] = []

    def note(execute: Any, statement: str, params: Any, *rest: Any) -> Any:
        if "set_config" not in statement:
            caught.append((statement, tuple(params or ())))
        return execute(statement, params, *rest)

    with acting_as(actor), transaction.atomic(), connection.execute_wrapper(note):
        ask()
    return caught


def _in_turns(
    app: Any,
    bare: Any,
    actor: Any,
    both: list[tuple[Statement, Statement]],
) -> tuple[Timing, Timing]:
    """Both ways by turns, so that whatever else the machine does slows both."""
    token = _token(actor)
    with_walls: list[tuple[float, float]] = []
    without: list[tuple[float, float]] = []
    for one, other in both[:TIMES]:
        with_walls.append(_once(app, one, token))
        without.append(_once(bare, other, None))
    return _medians(with_walls), _medians(without)


def _once(
    connection: Any, statement: Statement, token: Callable[[], str] | None
) -> tuple[float, float]:
    begun = time.perf_counter()
    with connection.transaction():
        if token is not None:
            connection.execute("SELECT set_config('app.ctx', %s, true)", [token()])
        started = time.perf_counter()
        connection.execute(*statement).fetchall()
        alone = time.perf_counter() - started
    return alone, time.perf_counter() - begun


def _medians(times: list[tuple[float, float]]) -> Timing:
    return Timing(*(median(one) * MILLISECONDS for one in zip(*times, strict=True)))


def _audited(app: Any, bare: Any, actor: Any) -> None:
    """Names of 25 people as a list page reads them, with the entry on the trail."""
    ids = [
        row[0]
        for row in bare.execute(
            "SELECT c.person_id FROM casework_case c WHERE c.agency_id = %s LIMIT 5000",
            [actor.agency_id],
        ).fetchall()
    ]
    plain = (
        "SELECT p.id, r.given_names, r.surname, r.date_of_birth FROM people_person p"
        " JOIN people_personrecord r ON r.id = p.shown_record_id"
        " WHERE p.id = ANY (%s::bigint[])"
    )
    audited = "SELECT * FROM people_open_labels(%s::bigint[], 'bench', NULL, now())"
    pages = [random.sample(ids, min(PAGE, len(ids))) for _ in range(TIMES)]
    both: list[tuple[Statement, Statement]] = [
        ((audited, (page,)), (plain, (page,))) for page in pages
    ]
    with_trail, without = _in_turns(app, bare, actor, both)
    _say(
        "an audited read of 25 people, in the database",
        f"{with_trail.statement:.2f} ms (with its commit {with_trail.whole:.2f} ms); "
        f"plain {without.statement:.2f} ms",
        f"< {MOST_READ_MS:.0f} ms",
    )


def _token(actor: Any) -> Callable[[], str]:
    from alongside.walls.context import acting_as, current_token

    def token() -> str:
        with acting_as(actor):
            return current_token()

    return token


def _compare(what: str, with_walls: Timing, without: Timing) -> None:
    _say(
        what,
        f"{with_walls.statement:.2f} against {without.statement:.2f} ms, ratio "
        f"{with_walls.statement / without.statement:.2f}; whole transaction "
        f"{with_walls.whole:.2f} against {without.whole:.2f} ms, ratio "
        f"{with_walls.whole / without.whole:.2f}",
        f"<= {MOST_RATIO}",
    )


def _say(what: str, figure: str, wanted: str = "") -> None:
    print(f"{what:<44} {figure}{f'   ({wanted})' if wanted else ''}", flush=True)


if __name__ == "__main__":
    main()
