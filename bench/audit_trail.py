"""What the audit trail costs: writing a look, sealing, verifying.

Prints its figures beside what the project asks of them. Everything is measured in
the same run, in a throw-away database on the installation's own server.
"""

import argparse
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from uuid import uuid4

import psycopg
from django.db import connections
from psycopg import sql

from alongside.foundation.gateways.database_setup import prepare
from alongside.foundation.gateways.installation import Connections
from bench.databases import TEMPLATE, administrator_of, bench_template, of, tidy

ENTRIES, SMALL = 1_000_000, 50_000
MOST_VERIFY_SECONDS, MOST_LOOK_MS = 20, 2.0
PEOPLE, LOOKS, READS = 25, 300, 3
# Every fifth entry is a look at a list of people, the others are acts.
FILL = """
    INSERT INTO audit.entry (at, area_id, user_id, agency_id, action, subject_kind,
                             subject_id, person_ids, purpose, request_id)
    SELECT now(), 1, 7, 300, 'person.seen', 'name', gen_random_uuid(),
           CASE WHEN g % 5 = 0 THEN ARRAY(SELECT md5((g * 25 + i)::text)::uuid
                                            FROM generate_series(1, 25) i)
                ELSE '{{}}' END, 'my work', gen_random_uuid()
      FROM generate_series(1, {}) g"""
LOOK = "SELECT audit.record('person.seen', 'name', NULL, %s::uuid[], '', NULL, now())"


def measure(reach: Connections, *, entries: int, home: Path) -> dict[str, float]:
    """The figures, in seconds, rows a second, milliseconds and ratios.

    The trail of the database that Django works on gets so many entries more.
    """
    from alongside.workflows.seal_trail import seal_now

    with administrator_of(reach.app.database) as administrator:
        administrator.execute(sql.SQL(FILL).format(sql.Literal(entries)))
    tidy(reach.app.database)
    started = time.perf_counter()
    newest = seal_now(home=home, now=datetime.now(tz=UTC))
    sealing = time.perf_counter() - started
    if newest is None:
        raise RuntimeError("nothing was sealed")
    verifying = min(_verify_seconds(reach, home, newest.total) for _ in range(READS))
    copying = min(_copy_seconds(reach) for _ in range(READS))
    return {
        "entries": newest.total,
        "seal_seconds": sealing,
        "verify_seconds": verifying,
        "verify_rows_a_second": newest.total / verifying,
        "copy_seconds": copying,
        "verify_ratio_to_copy": verifying / copying,
        "look_ms": _look_ms(reach),
    }


def _verify_seconds(reach: Connections, home: Path, total: int) -> float:
    from alongside.foundation.audit.queries import verify_trail
    from alongside.foundation.gateways.seal_key import PUBLIC, read_public_keys
    from alongside.workflows.seal_trail import read_outside

    auditor = psycopg.connect(reach.auditor.conninfo(), autocommit=True)
    with closing(auditor) as connection:
        started = time.perf_counter()
        report = verify_trail(
            connection=connection,
            keys=read_public_keys(home / PUBLIC),
            outside=read_outside(home / "anchors", home=home),
            now=datetime.now(tz=UTC),
        )
        seconds = time.perf_counter() - started
    if not report.is_whole or report.entries != total:
        raise RuntimeError("the trail is not whole")
    return seconds


def _copy_seconds(reach: Connections) -> float:
    """Every entry as plain text to this process: the floor under any reading."""
    with psycopg.connect(reach.auditor.conninfo()) as auditor:
        started = time.perf_counter()
        with auditor.cursor() as cursor, cursor.copy("COPY audit.entry TO STDOUT") as c:
            for _ in c:
                pass
        return time.perf_counter() - started


def _look_ms(reach: Connections) -> float:
    """One entry about 25 people, with its indexes; without the commit."""
    times = []
    with psycopg.connect(reach.app.conninfo()) as app:
        for _ in range(LOOKS):
            people = [uuid4() for _ in range(PEOPLE)]
            started = time.perf_counter()
            app.execute(LOOK, [people])
            times.append((time.perf_counter() - started) * 1000)
        app.rollback()
    return median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    parser.add_argument("--entries", type=int, help="entries of the trail")
    args = parser.parse_args()
    entries = args.entries or (SMALL if args.small else ENTRIES)
    with bench_template(), tempfile.TemporaryDirectory() as folder:
        # The template itself is filled: it is thrown away afterwards.
        found = measure(prepare(of(TEMPLATE)), entries=entries, home=Path(folder))
        connections.close_all()
    _say("entries", f"{found['entries']:,.0f}")
    _say("sealing them", f"{found['seal_seconds']:.1f} s")
    _say(
        "verifying them",
        f"{found['verify_seconds']:.1f} s",
        f"< {MOST_VERIFY_SECONDS} s for 1,000,000",
    )
    _say("verified", f"{found['verify_rows_a_second']:,.0f} entries a second")
    _say("plain COPY to this process", f"{found['copy_seconds']:.1f} s")
    _say("verifying against plain COPY", f"{found['verify_ratio_to_copy']:.1f} times")
    _say(
        f"writing a look at {PEOPLE} people",
        f"{found['look_ms']:.2f} ms",
        f"< {MOST_LOOK_MS} ms",
    )


def _say(what: str, figure: str, wanted: str = "") -> None:
    print(f"{what:<48} {figure}{f'   ({wanted})' if wanted else ''}", flush=True)


if __name__ == "__main__":
    main()
