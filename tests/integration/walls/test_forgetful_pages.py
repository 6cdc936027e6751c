"""Pages that forget to filter leak nothing, however connections are kept.

Gunicorn serves them with processes and threads; twelve clients ask at once, for forty
agencies and for nobody, pages that break among them. The control goes round the walls
and must leak, or the test proves nothing.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest

from alongside.foundation.accounts.operations import (
    NewAccount,
    make_token,
    set_up_account,
)
from alongside.foundation.accounts.types import Role
from bench.register import fill
from tests.support import databases
from tests.support.home import PROJECT
from tests.support.pgbouncer import pgbouncer

AGENCIES, CASES = 40, 400
THREADS, REQUESTS = 12, 3_600
WAIT_SECONDS = 30
PAGES = ("forgetful", "pieces", "breaks")


MAY_SEE = """
    SELECT g.id, array_agg(a.case_id) FILTER (WHERE a.compartments = 0)
      FROM organisations_agency g LEFT JOIN casework_caseaccess a ON a.agency_id = g.id
     WHERE g.code LIKE 'bench-%' GROUP BY g.id
"""


@pytest.fixture
def tokens(fresh_database, django_db_blocker):
    """The cases each token may see, one token an agency; the register is filled."""
    with databases.as_administrator(fresh_database.app.database) as connection:
        fill(connection, cases=CASES, agencies=AGENCIES)
        agencies = connection.execute(MAY_SEE).fetchall()
    with django_db_blocker.unblock():
        return {token_for(agency): set(cases or ()) for agency, cases in agencies}


def token_for(agency: int) -> str:
    now = datetime.now(tz=UTC)
    membership = set_up_account(
        actor="test",
        now=now,
        account=NewAccount(
            email=f"worker-{agency}@bench.example",
            name="Worker",
            role=Role.CONTACT_WORKER,
            agency_id=agency,
        ),
    )
    return make_token(actor="test", now=now, membership=membership, label="test")


@contextmanager
def site(database: str, **environment: str) -> Iterator[str]:
    """The forgetful pages' address, served as the product serves its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--threads", "8", "--worker-class", "gthread"),
            *("--log-level", "critical", "--no-control-socket"),
            "tests.support.leaking.application:application",
        ],
        cwd=PROJECT,
        env={**os.environ, "ALONGSIDE_DATABASE": database, **environment},
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while not listens(port):
            assert process.poll() is None, "the site did not start"
            assert time.monotonic() < deadline, "the site did not start in time"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(address: str, page: str, token: str) -> tuple[int, list[int]]:
    """(status, the cases that were shown)."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(f"{address}/{page}", headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, []


def ask_all(address: str, tokens: dict[str, set[int]]) -> tuple[int, int, set[int]]:
    """(answers that showed others' rows, rows shown in all, statuses seen)."""
    chance = random.Random(5)  # noqa: S311
    visitors = [*tokens, "", "", ""]
    work = [(chance.choice(PAGES), chance.choice(visitors)) for _ in range(REQUESTS)]

    def turn(one: tuple[str, str]) -> tuple[bool, int, int]:
        page, token = one
        status, shown = ask(address, page, token)
        return not tokens.get(token, set()).issuperset(shown), len(shown), status

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(turn, work))
    leaks, rows, statuses = zip(*found, strict=True)
    return sum(leaks), sum(rows), set(statuses)


@pytest.mark.parametrize("way", ["kept", "pool", "pgbouncer"])
def test_forgetful_pages_leak_no_row(tokens, fresh_database, way, tmp_path):
    database = fresh_database.app.database
    environment = {}
    with ExitStack() as stack:
        if way == "pool":
            environment = {"ALONGSIDE_POOL": "1"}
        if way == "pgbouncer":
            address = stack.enter_context(pgbouncer(fresh_database.app, tmp_path))
            environment = {"ALONGSIDE_POOLER": address}
        if way == "new":
            environment = {"LEAK_DATABASE": json.dumps({"CONN_MAX_AGE": 0})}
        address = stack.enter_context(site(database, **environment))
        leaks, rows, statuses = ask_all(address, tokens)
    assert leaks == 0
    assert rows > REQUESTS
    assert statuses == {200, 500}


def test_round_the_walls_the_same_pages_leak(tokens, fresh_database):
    database = fresh_database.app.database
    administrator = databases.administrator_parts(database)
    around = json.dumps(administrator)
    with site(database, LEAK_DATABASE=around) as address:
        leaks, _, _ = ask_all(address, tokens)
    assert leaks > REQUESTS / 2
