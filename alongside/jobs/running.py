"""Runs the rounds that are due, each at most once at a time on all machines."""

import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connections

from alongside.foundation.lib.request_id import one_request
from alongside.jobs.models import LastRun, Outcome
from alongside.jobs.operations import note_end, note_start
from alongside.jobs.queries import find_last_run
from alongside.jobs.rounds import REGISTRY, Round

ACTOR = "worker"
# What failed, or was killed, is tried again this soon, or in its own time if sooner.
RETRY = timedelta(minutes=5)
LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


def read_clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(tz=UTC)


def run_due(
    *, rounds: Sequence[Round] | None = None, clock: Clock = read_clock
) -> list[str]:
    """Run what is due, one after the other; the names of those that failed.

    A round that fails is logged by the kind and place of its error, and stops nothing.
    """
    every = REGISTRY if rounds is None else rounds
    return [one.name for one in every if not _run_if_due(one, clock)]


def is_due(one: Round, last: LastRun | None, *, now: datetime) -> bool:
    """Whether a round should run, by its last run."""
    if last is None or last.started_at > now:  # a clock that was wrong
        return True
    wait = one.every if last.outcome == Outcome.DONE else min(one.every, RETRY)
    return now - last.started_at >= wait


def _run_if_due(one: Round, clock: Clock) -> bool:
    if not is_due(one, find_last_run(name=one.name), now=clock()):
        return True
    with _alone(one.name) as alone:
        # Another worker may have run it since we looked.
        if not alone or not is_due(one, find_last_run(name=one.name), now=clock()):
            return True
        return _run(one, clock)


def _run(one: Round, clock: Clock) -> bool:
    note_start(actor=ACTOR, now=clock(), name=one.name)
    done = False
    try:
        with one_request():
            one.run(clock())
        done = True
    except Exception as error:  # noqa: BLE001 - one round must not stop the others
        # Its kind and place only: an error's own words may quote a row.
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind = type(error).__name__
        where = (place.name, place.lineno)
        log.error("The round %s failed: %s in %s, line %s", one.name, kind, *where)
    note_end(actor=ACTOR, now=clock(), name=one.name, done=done)
    return done


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Hold the round's lock if it is free, on a connection of its own.

    The lock is a transaction's, so that it works through a pooler, and it ends with
    the connection, however this process ends.
    """
    connection = connections.create_connection("default")
    try:
        connection.set_autocommit(False)
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [f"round {name}"])
            (alone,) = cursor.fetchone()
        yield bool(alone)
    finally:
        connection.rollback()
        connection.close()
