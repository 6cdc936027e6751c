"""What the workload page costs beside a year of an area's referrals.

Every third case is open and held by one of a team; four in ten have a plan with a goal
and three actions, one of them late in a case in ten. The product's own statements,
under row security, beside a bare count of the same cases in the same run.
"""

import argparse
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from bench.assessing import CASES, SMALL_CASES, Connection, timed, walled
from bench.databases import administrator_of, bench_template, copy_of_template, tidy
from bench.register import Register, fill
from bench.search import worker_of

NAME = "alongside_bench_workload"
TODAY = date(2026, 11, 20)
MOST_SECONDS = 2.0
SHOWN = 51
SPREAD = """
    UPDATE casework_case c
       SET status = CASE c.id %% 3 WHEN 0 THEN 'open' ELSE 'closed' END,
           closed_at = CASE c.id %% 3 WHEN 0 THEN NULL ELSE now() END,
           disposition = CASE c.id %% 3 WHEN 0 THEN '' ELSE 'supported_enhanced' END,
           next_action = CASE c.id %% 3 WHEN 0 THEN 'Ring them' ELSE '' END,
           next_action_on = CASE c.id %% 3 WHEN 0
               THEN %(on)s::date + (c.id %% 40)::int - 10 END,
           worker_id = CASE c.id %% 7 WHEN 0 THEN NULL
               ELSE u.ids[1 + c.id %% cardinality(u.ids)] END,
           high_risk = c.id %% 11 = 0,
           opened_at = now() - make_interval(days => (c.id %% 400)::int)
      FROM (SELECT array_agg(id) AS ids FROM accounts_user) u
"""
PLANS = """
    INSERT INTO planning_plan
        (area_id, case_id, state, opened_at, opened_by_id, review_on, agreed_on,
         agreed_how, asked_at, asked_by_id)
    SELECT c.area_id, c.id,
           CASE WHEN c.status = 'closed' THEN 'closed'
                WHEN c.id %% 20 = 0 THEN 'waiting' ELSE 'agreed' END,
           now(), u.id, %(on)s, %(on)s, 'together', now(), u.id
      FROM casework_case c, (SELECT min(id) AS id FROM accounts_user) u
     WHERE c.id %% 5 < 2
"""
GOALS = """
    INSERT INTO planning_goal
        (area_id, case_id, plan_id, need, words, state, made_at, made_by_id)
    SELECT p.area_id, p.case_id, p.id, 'N2', 'To feel safe', 'open', now(),
           p.opened_by_id
      FROM planning_plan p
"""
ACTIONS = """
    INSERT INTO planning_action
        (area_id, case_id, goal_id, whose, worker_id, words, due_on, state, done_on,
         made_at, made_by_id)
    SELECT g.area_id, g.case_id, g.id, 'ours', g.made_by_id, 'New locks',
           %(on)s::date + 7 * n - CASE WHEN g.case_id %% 10 = 0 THEN 14 ELSE 0 END,
           CASE WHEN n = 3 THEN 'done' ELSE 'to_do' END,
           CASE WHEN n = 3 THEN %(on)s::date END, now(), g.made_by_id
      FROM planning_goal g, generate_series(1, 3) n
"""
WARNINGS = """
    INSERT INTO planning_warningnote
        (area_id, agency_id, person_id, kind, words, since, made_by_id, until)
    SELECT c.area_id, c.agency_id, c.person_id, 'visit', 'A dog', now(), u.id,
           %(on)s::date + (c.id %% 60)::int - 10
      FROM casework_case c, (SELECT min(id) AS id FROM accounts_user) u
     WHERE c.id %% 25 = 0
"""
BARE = "SELECT c.team_id, c.worker_id, count(*) FROM casework_case c GROUP BY 1, 2"


def main() -> None:
    """Fill a register and its plans, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a quick run")
    cases = SMALL_CASES if parser.parse_args().small else CASES
    with bench_template(), copy_of_template(NAME) as reach:
        with administrator_of(NAME) as administrator:
            register = fill(administrator, cases=cases, agencies=2)
            plan(administrator)
        tidy(NAME)
        _say("cases", f"{cases:,}")
        with (
            psycopg.connect(reach.app.conninfo()) as app,
            administrator_of(NAME) as bare,
        ):
            measure(app, bare, register)


def plan(administrator: Connection) -> None:
    """Give cases to workers and plan in some of them."""
    administrator.execute("SET session_replication_role = replica")
    for statement in (SPREAD, PLANS, GOALS, ACTIONS, WARNINGS):
        administrator.execute(statement, {"on": TODAY})
    administrator.commit()


def measure(app: Connection, bare: Connection, register: Register) -> None:
    """Print what each statement of the workload page and of its lists costs."""
    from alongside.care.planning.queries import supervising
    from alongside.care.planning.queries.supervising import Watched

    for connection in (app, bare):
        connection.prepare_threshold = None  # as the product connects
    plain = timed(bare, BARE, [])
    _say("the same cases, counted barely", _words(plain, plain))
    actor = worker_of(register.area_id, register.large)
    values: dict[str, Any] = {
        "agency": register.large,
        "on": TODAY,
        "planned_by": datetime.now(tz=UTC) - timedelta(days=14),
        **dict.fromkeys(("team", "worker")),
        "nobody": False,
        "limit": SHOWN,
        "skip": 0,
    }
    for name, statement in (
        ("cases by worker and team", supervising.LOADS),
        ("what is late or waits", supervising.WAITING),
    ):
        _say(name, _words(walled(app, actor, statement, values), plain))
    for one in Watched:
        took = walled(app, actor, supervising.watched_statement(one), values)
        _say(f"the first of: {one.value}", _words(took, plain))


def _words(took: tuple[float, float], plain: tuple[float, float]) -> str:
    wall, busy = took
    times = wall / plain[0]
    return f"{wall:.2f} s, of the processor {busy:.2f} s, {times:.1f} times" + (
        f" (< {MOST_SECONDS:.0f} s)" if took is not plain else ""
    )


def _say(what: str, words: str) -> None:
    sys.stdout.write(f"{what:<44} {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
