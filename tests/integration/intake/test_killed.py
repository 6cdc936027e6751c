"""A process killed at any moment of a delivery leaves nothing, or everything."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from django.db import connections

from alongside.demo.sample import REFERRALS, first_rows
from alongside.walls.tables import WALLED
from alongside.workflows.receive_delivery import receive_file
from tests.support import databases
from tests.support.dump import dump
from tests.support.feed import LIMIT
from tests.support.home import worker_database
from tests.support.receiving import NOW

ROWS = 1000
RUNS = 3
# In thousandths of the time an undisturbed run takes.
MOMENTS = sorted(random.Random(20).sample(range(1000), 20))  # noqa: S311


def start(path: Path) -> int:
    """A process that receives the file; its number."""
    connections.close_all()  # two processes cannot share a connection
    process = os.fork()
    if process == 0:
        ended_well = False
        try:
            receive_file(path=path, now=NOW, max_bytes=LIMIT)
            ended_well = True
        finally:
            os._exit(0 if ended_well else 1)
    return process


def run_whole(path: Path) -> float:
    """Receive undisturbed; the seconds it took."""
    started = time.monotonic()
    assert os.waitpid(start(path), 0)[1] == 0
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
            with databases.pointed_at(reach):
                seconds.append(run_whole(path))
        yield dump(reach), min(seconds)
        databases.drop_database(name)


def test_killed_at_twenty_moments_it_leaves_nothing_or_everything(
    fresh_database, undisturbed
):
    whole, seconds = undisturbed
    nothing = sizes(dump(fresh_database))
    everything = sizes(whole)
    outcomes = []
    with first_rows(REFERRALS, ROWS) as path:
        for moment in MOMENTS:
            process = start(path)
            time.sleep(seconds * moment / 1000)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            left = sizes(dump(fresh_database))
            assert left in (nothing, everything)
            outcomes.append(left == everything)

        run_whole(path)

    assert dump(fresh_database) == whole
    assert not outcomes[0], "none was killed before it had finished"
