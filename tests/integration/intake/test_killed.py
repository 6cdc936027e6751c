"""A process killed at any moment of a delivery leaves nothing, or everything."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alongside.demo.sample import REFERRALS, first_rows
from alongside.walls.tables import WALLED
from tests.support import databases
from tests.support.dump import dump
from tests.support.feed import LIMIT
from tests.support.home import PROJECT, worker_database
from tests.support.receiving import NOW

ROWS = 1000
RUNS = 3
# In thousandths of the time an undisturbed run takes.
MOMENTS = sorted(random.Random(20).sample(range(1000), 20))  # noqa: S311


def start(path: Path, database: str) -> subprocess.Popen[str]:
    """A process that is about to receive the file."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.support.receive_one"),
            *(str(path), NOW.isoformat(), str(LIMIT)),
        ],
        cwd=PROJECT,
        env={**os.environ, "ALONGSIDE_DATABASE": database},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == "ready\n"
    return process


def run_whole(path: Path, database: str) -> float:
    """Receive undisturbed; the seconds it took."""
    process = start(path, database)
    started = time.monotonic()
    assert process.wait() == 0
    return time.monotonic() - started


def sizes(found):
    """Rows of each table."""
    return {table: found[table].total() for table in (*WALLED, "audit.entry")}


@pytest.fixture
def undisturbed(fresh_database, django_db_blocker):
    """(what a delivery comes to when nothing happens, how long it takes).

    The shortest of three runs: a machine that is busy with something else once must
    not make every moment fall after the end.
    """
    name = f"{worker_database()}_undisturbed"
    seconds = []
    with django_db_blocker.unblock(), first_rows(REFERRALS, ROWS) as path:
        for _ in range(RUNS):
            reach = databases.copy_template(name)
            seconds.append(run_whole(path, name))
        yield dump(reach), min(seconds)
        databases.drop_database(name)


def test_killed_at_twenty_moments_it_leaves_nothing_or_everything(
    fresh_database, undisturbed
):
    whole, seconds = undisturbed
    database = fresh_database.app.database
    nothing = sizes(dump(fresh_database))
    everything = sizes(whole)
    outcomes = []
    with first_rows(REFERRALS, ROWS) as path:
        for moment in MOMENTS:
            process = start(path, database)
            time.sleep(seconds * moment / 1000)
            process.kill()
            process.wait()
            left = sizes(dump(fresh_database))
            assert left in (nothing, everything)
            outcomes.append(left == everything)

        run_whole(path, database)

    assert dump(fresh_database) == whole
    assert not outcomes[0], "none was killed before it had finished"
