"""Rounds run when they are due, one at a time, and none of them stops another."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from alongside.jobs.queries import find_last_run, list_last_runs
from alongside.jobs.rounds import REGISTRY, Round
from alongside.jobs.running import RETRY, run_due

pytestmark = pytest.mark.usefixtures("fresh_database")
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Counted:
    """A round that counts, and fails while told to."""

    def __init__(self, *, every=DAY, name="counted"):
        self.times: list[datetime] = []
        self.fails = False
        self.round = Round(name=name, every=every, run=self)

    def __call__(self, now):
        self.times.append(now)
        if self.fails:
            raise RuntimeError("Nanda")

    def go(self, after=timedelta()):
        return run_due(rounds=[self.round], clock=lambda: START + after)


def test_daily_means_daily_however_often_a_worker_looks():
    counted = Counted()
    for hours in (0, 1, 5, 23, 24, 30, 47, 48):
        counted.go(timedelta(hours=hours))
    assert counted.times == [START, START + DAY, START + 2 * DAY]


def test_a_round_that_fails_is_logged_without_its_words_and_tried_again(caplog):
    counted = Counted()
    counted.fails = True
    assert counted.go() == ["counted"]
    assert "The round counted failed: RuntimeError in __call__" in caplog.text
    assert "Nanda" not in caplog.text
    last = find_last_run(name="counted")
    assert last is not None
    assert last.outcome == "failed"

    counted.fails = False
    counted.go(RETRY - timedelta(seconds=1))
    assert len(counted.times) == 1
    assert counted.go(RETRY) == []
    assert len(counted.times) == 2
    counted.go(RETRY + DAY - timedelta(seconds=1))
    assert len(counted.times) == 2


def test_a_round_that_fails_stops_no_other():
    bad, good = Counted(name="bad"), Counted(name="good")
    bad.fails = True
    assert run_due(rounds=[bad.round, good.round], clock=lambda: START) == ["bad"]
    assert len(good.times) == 1
    assert [one.name for one in list_last_runs()] == ["bad", "good"]


def test_two_workers_do_not_run_a_round_at_once():
    inside, go_on = threading.Event(), threading.Event()

    def slow(now):
        inside.set()
        assert go_on.wait(20)

    one = Round(name="slow", every=timedelta(0), run=slow)
    other = Counted(name="slow", every=timedelta(0))

    def work():
        run_due(rounds=[one])
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(20)
    other.go(DAY * 365)
    assert other.times == []
    go_on.set()
    thread.join()
    other.go(DAY * 365)
    assert len(other.times) == 1


def test_a_round_that_was_killed_is_run_again():
    """Its lock ends with its process, and its note says it never ended."""
    counted = Counted()

    def killed(now):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_due(
            rounds=[Round(name="counted", every=DAY, run=killed)], clock=lambda: START
        )
    counted.go(timedelta(seconds=1))
    assert counted.times == []
    counted.go(RETRY)
    assert len(counted.times) == 1


def test_a_note_from_the_future_does_not_stop_a_round():
    counted = Counted()
    counted.go(365 * DAY)
    counted.go()
    assert len(counted.times) == 2


def test_rounds_have_names_of_their_own():
    names = [one.name for one in REGISTRY]
    assert len(set(names)) == len(names)
    assert {"seal", "anchor"} <= set(names)
