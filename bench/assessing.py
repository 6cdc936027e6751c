"""What reports of outcomes and case pages cost beside a million stored answers.

A year of an area: so many referrals, four in ten assessed at the beginning and at the
end, with the eight needs and the four statements. The product's own statements, under
row security, beside a bare reading of the same rows in the same run.
"""

import argparse
import os
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from bench.databases import administrator_of, bench_template, copy_of_template, tidy
from bench.register import Register, fill
from bench.search import CONTEXT, worker_of

CASES, SMALL_CASES = 110_500, 11_050
NAME = "alongside_bench_assessing"
TIMES = 5
MOST_SECONDS = 2.0
TODAY = date(2026, 11, 20)
ASSESSMENTS = """
    INSERT INTO assessment_assessment
        (area_id, agency_id, team_id, case_id, instrument, instrument_version, title,
         moment, state, started_at, started_by_id, saved_at, saved_by_id, completed_at,
         completed_by_id, found, result, asked, numbers, age, offence_code, district)
    SELECT c.area_id, c.agency_id, c.team_id, c.id, i.code, 1, i.code, m.moment,
           'complete', t.at, u.id, t.at, u.id, t.at, u.id, 'none', '{}', i.asked,
           ARRAY(SELECT (('x' || md5(q || c.id || m.moment))::bit(31)::int %% i.ends)
                   FROM unnest(i.asked) q),
           c.id %% 90, (ARRAY['8N', '30A', '45', '104', '8P'])[1 + c.id %% 5],
           'E07000' || 129 + c.id %% 7
      FROM casework_case c
      JOIN (SELECT min(id) AS id FROM accounts_user) u ON true
      JOIN (VALUES ('needs', %(needs)s::text[], 11),
                   ('outcomes', %(outcomes)s::text[], 5)) i(code, asked, ends) ON true
      JOIN (VALUES ('first', 0), ('exit', 90)) m(moment, later) ON true
      JOIN LATERAL (SELECT %(since)s::timestamptz
                           + make_interval(days => (c.id %% 270)::int + m.later)
                           AS at) t
        ON true
     WHERE c.id %% 50 < 19
"""
ANSWERS = """
    INSERT INTO assessment_answer (area_id, assessment_id, question, value)
    SELECT a.area_id, a.id, u.question, to_jsonb(u.number)
      FROM assessment_assessment a, unnest(a.asked, a.numbers) u(question, number)
"""
BARE = """
    SELECT a.case_id, a.instrument, a.numbers, a.completed_at, a.age
      FROM assessment_assessment a
     WHERE a.state = 'complete' AND a.completed_at >= %s AND a.completed_at < %s
"""
CASE_PAGE = """
    SELECT a.* FROM assessment_assessment a
     WHERE a.case_id = %s ORDER BY a.started_at DESC, a.id DESC
"""

Connection = psycopg.Connection[Any]


def main() -> None:
    """Fill a register and its answers, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    cases = SMALL_CASES if parser.parse_args().small else CASES
    with bench_template(), copy_of_template(NAME) as reach:
        with administrator_of(NAME) as administrator:
            register = fill(administrator, cases=cases, agencies=2)
            answers = _fill(administrator)
        tidy(NAME)
        _say("cases", f"{cases:,}")
        _say("stored answers", f"{answers:,}")
        with (
            psycopg.connect(reach.app.conninfo()) as app,
            administrator_of(NAME) as bare,
        ):
            measure(app, bare, register)


def _fill(administrator: Connection) -> int:
    from alongside.care.instruments.tables import INSTRUMENTS

    asked = {
        code: list(INSTRUMENTS[code, 1].scores[0].questions)
        for code in ("needs", "outcomes")
    }
    since = datetime.combine(TODAY - timedelta(days=365), datetime.min.time(), UTC)
    administrator.execute("SET session_replication_role = replica")
    administrator.execute(ASSESSMENTS, {**asked, "since": since})
    found = administrator.execute(ANSWERS).rowcount
    administrator.execute("ANALYZE assessment_assessment")
    administrator.execute("ANALYZE assessment_answer")
    administrator.commit()
    return found


def measure(app: Connection, bare: Connection, register: Register) -> None:
    """Print what a report of a year costs by each group, and a case's own list."""
    from alongside.care.assessment.queries.outcomes import COUNTS, _values
    from alongside.care.assessment.types.filled import GroupBy, OutcomeAsked

    for connection in (app, bare):
        connection.prepare_threshold = None  # as the product connects
    since, until = TODAY - timedelta(days=365), TODAY + timedelta(days=1)
    plain, _ = timed(bare, BARE, [since, until])
    _say("the same rows, read barely", f"{plain:.2f} s")
    actor = worker_of(register.area_id, register.large)
    for by in GroupBy:
        asked = OutcomeAsked(since=since, until=until, by=by)
        helpers = [(n, f"Provider {n % 5}") for n in range(0, CASES, 50)]
        took, busy = walled(app, actor, COUNTS, _values(asked, helpers))
        _say(
            f"a year of outcomes, by {by.value}",
            f"{took:.2f} s, of the processor {busy:.2f} s, {took / plain:.1f} times"
            f" (< {MOST_SECONDS:.0f} s)",
        )
    took, _ = walled(app, actor, CASE_PAGE, [50])
    _say("the assessments of one case", f"{1000 * took:.2f} ms")


def walled(
    app: Connection, actor: Any, statement: str, values: Any
) -> tuple[float, float]:
    """Seconds a statement takes as an actor, and seconds of the processor's."""
    from alongside.walls.context import acting_as, current_token

    with app.transaction():
        with acting_as(actor):
            app.execute(CONTEXT, [current_token()])
        return timed(app, statement, values)


def timed(connection: Connection, statement: str, values: Any) -> tuple[float, float]:
    """Seconds a statement takes, and seconds of the processor's: those of the server's
    own process, which tell what a busy machine does not."""
    took, busy = [], []
    pid = connection.info.backend_pid
    for _ in range(TIMES):
        began, started = busy_of(pid), time.perf_counter()
        connection.execute(statement, values).fetchall()
        took.append(time.perf_counter() - started)
        busy.append(busy_of(pid) - began)
    return median(took), median(busy)


def busy_of(pid: int) -> float:
    """Seconds of the processor's that a process has had since it began."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _say(what: str, words: str) -> None:
    sys.stdout.write(f"{what:<44} {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
