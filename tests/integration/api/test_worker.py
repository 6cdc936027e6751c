"""The worker: whatever ends it, a delivery is received whole and once."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from alongside.cli.worker import TROUBLE_SECONDS, work
from alongside.demo.sample import REFERRALS
from alongside.foundation.gateways.installation import Connections
from alongside.workflows import receive_waiting
from alongside.workflows.receive_delivery import take_in_all
from alongside.workflows.receive_waiting import receive_next
from tests.integration.api.machines import Machine, receive_all, stored
from tests.support.feed import REFERRAL, as_csv
from tests.support.home import PROJECT

PATIENCE_SECONDS = 120
ROWS = "SELECT count(*) FROM intake_feedrow"
DONE = "SELECT coalesce(max(rows_done), 0) FROM intake_deliveryprogress"
TRUTH = PROJECT / "tests" / "data" / "sample-5k.truth.csv"


def look(query: str) -> tuple[object, ...]:
    """What the owner sees of the database: what is committed, of everybody."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(query)
        return tuple(cursor.fetchone())


@contextmanager
def working(reach: Connections, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as `alongside serve` starts it, for the test's own database."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "config.main", "worker", *options],
        cwd=PROJECT,
        env={
            **os.environ,
            "ALONGSIDE_HOME": str(settings.INSTALLATION.home),
            "ALONGSIDE_DATABASE": reach.app.database,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def twice_the_sample() -> bytes:
    """The sample, and all of it again as other crimes: more than one piece of work."""
    with REFERRALS.open(encoding="utf-8", newline="") as source:
        head, *rows = csv.reader(source)
    place = head.index("crime_ref")
    again = [[*row[:place], f"{row[place]}-B", *row[place + 1 :]] for row in rows]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows, *again])
    return out.getvalue().encode()


def test_a_worker_that_is_killed_leaves_the_delivery_to_the_next(
    force: Machine, fresh_database: Connections
):
    address = force.send(twice_the_sample()).json()["address"]
    waiting = stored()
    with working(fresh_database) as doomed:
        wait_until(lambda: look(DONE) != (0,))
        doomed.kill()
        doomed.wait()

    assert look(ROWS) == (0,)
    assert stored() == waiting
    told = force.ask(address).json()
    assert told["state"] == "received"
    assert told["rows_done"] > 0

    with working(fresh_database, "--once") as worker:
        assert worker.wait(PATIENCE_SECONDS) == 0
    told = force.ask(address).json()
    assert (told["state"], told["rows"]) == ("visible", told["rows_done"])
    assert stored() == (1, 0)
    assert look(DONE) == (0,)
    assert fates(force, address) == expected_fates()


def fates(force: Machine, address: str) -> list[tuple[str, str]]:
    """The fates the force reads of the first of the two samples."""
    text = force.ask(f"{address}/rows.csv").getvalue().decode()
    lines = [(one["fate"], one["code"]) for one in csv.DictReader(io.StringIO(text))]
    return lines[: len(lines) // 2]


def expected_fates() -> list[tuple[str, str]]:
    with TRUTH.open(encoding="utf-8", newline="") as source:
        lines = csv.DictReader(source)
        return [(one["expected"], one["expected_code"]) for one in lines]


def test_a_worker_asked_to_stop_ends_well(force: Machine, fresh_database: Connections):
    address = force.send(as_csv([REFERRAL])).json()["address"]
    with working(fresh_database) as worker:
        wait_until(lambda: force.ask(address).json()["state"] == "visible")
        worker.send_signal(signal.SIGTERM)

        assert worker.wait(PATIENCE_SECONDS) == 0


def test_a_waiting_body_that_was_altered_is_refused_in_words(force: Machine):
    sent = force.send(as_csv([REFERRAL])).json()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE intake_deliverypart SET sealed = set_byte(sealed, 40, 255)"
        )
    assert receive_all() == 1

    told = force.ask(sent["address"]).json()
    assert told["state"] == "refused"
    assert "altered" in told["refusal"]
    assert stored() == (1, 0)


def test_what_was_refused_may_be_sent_again(force: Machine):
    body = as_csv([REFERRAL])
    first = force.send(body).json()
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE intake_deliverypart SET sealed = 'x'")
    receive_all()
    second = force.send(body)
    receive_all()

    assert second.status_code == 202
    assert second.json()["id"] != first["id"]
    assert force.ask(second.json()["address"]).json()["state"] == "visible"


def test_a_fault_of_ours_leaves_the_delivery_waiting(
    force: Machine,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    def fail(**given: object) -> None:
        raise RuntimeError("Nanda")

    sent = force.send(as_csv([REFERRAL])).json()
    with monkeypatch.context() as patched:
        patched.setattr("alongside.workflows.receive_waiting.take_in_all", fail)
        assert work() == TROUBLE_SECONDS
    assert "RuntimeError in fail" in caplog.text
    assert "Nanda" not in caplog.text
    assert force.ask(sent["address"]).json()["state"] == "received"

    assert work() == 0
    assert force.ask(sent["address"]).json()["state"] == "visible"


def test_a_delivery_that_keeps_failing_lets_later_ones_go_on(
    force: Machine, monkeypatch: pytest.MonkeyPatch
):
    first = force.send(as_csv([REFERRAL])).json()
    second = force.send(as_csv([REFERRAL | {"crime_ref": "2", "extract_id": "2"}]))
    failed: list[datetime] = []

    def fail_the_first(**given: Any) -> object:
        if str(given["delivery"].public_id) == first["id"]:
            failed.append(given["now"])
            raise RuntimeError
        return take_in_all(**given)

    troubles, now = receive_waiting.Troubles(), datetime.now(tz=UTC)
    with monkeypatch.context() as patched:
        patched.setattr(receive_waiting, "take_in_all", fail_the_first)
        with pytest.raises(RuntimeError):
            receive_next(now=now, troubles=troubles)
        assert receive_next(now=now, troubles=troubles) is not None
        assert force.ask(second.json()["address"]).json()["state"] == "visible"
        assert receive_next(now=now, troubles=troubles) is None
        for seconds in (10, 20, 29, 30):
            with suppress(RuntimeError):
                receive_next(now=now + timedelta(seconds=seconds), troubles=troubles)
    # Left alone for ten seconds, then twenty, then forty.
    assert [one - now for one in failed] == [
        timedelta(seconds=seconds) for seconds in (0, 10, 30)
    ]
    assert receive_next(now=now + timedelta(seconds=70), troubles=troubles)
    assert len(troubles) == 0
    assert force.ask(first["address"]).json()["state"] == "visible"


def test_a_worker_seals_the_trail_while_it_waits(fresh_database: Connections):
    noted = settings.INSTALLATION.home / "last-seals"
    (noted / f"{fresh_database.app.database}.json").unlink(missing_ok=True)
    seals = "SELECT count(*) FROM audit.seal JOIN audit.signature USING (n)"
    with (
        psycopg.connect(fresh_database.auditor.conninfo(), autocommit=True) as auditor,
        working(fresh_database) as worker,
    ):
        wait_until(lambda: auditor.execute(seals).fetchone() != (0,))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0
