"""Two who write of one journey at once: neither loses what the other wrote."""

import threading
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import connections, transaction

from alongside.care.casework.models import Victimisation
from alongside.care.journey import queries
from alongside.care.journey.models import Clock
from alongside.care.journey.operations import mark_met
from alongside.care.journey.operations.planning import Planned
from alongside.care.journey.types import Unit
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.lib.errors import NotFound
from alongside.walls.context import acting_as
from alongside.workflows import record_event as writing
from alongside.workflows.replan_clocks import replan
from tests.integration.care.test_planning_at_once import with_length
from tests.integration.journey.test_arriving import BAIL, tell
from tests.support.feed import MESSAGE
from tests.support.receiving import NOW, ask, receiver, send

LONGEST = 30.0
WAITING = """
    SELECT EXISTS (SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock')
"""


@pytest.fixture
def scene(fresh_database):
    """A case, committed, so that other connections see it."""
    send({})
    user = User.objects.get(email="worker@llr.example")
    worker = get_actor(user_id=user.pk, now=NOW)
    with acting_as(worker), transaction.atomic():
        matter = Victimisation.objects.select_related("case").get(
            crime_ref=MESSAGE["crime_ref"]
        )
    return fresh_database, worker, matter


def entry(matter, event, *, days=20, **detail):
    at = NOW - timedelta(days=days)
    return writing.Entry(
        victimisation_id=matter.pk,
        event=event,
        suspect_ref="S310957",
        offence_code="",
        occurred_at=at,
        received_at=at,
        detail=detail,
    )


def beside(reach, act, meanwhile):
    """Act in another thread while `meanwhile` is not committed yet; what came of it.

    The other is waited for until it has to wait for us.
    """
    outcome = []

    def run():
        try:
            outcome.append(act())
        except Exception as error:  # noqa: BLE001  shown by the test
            outcome.append(error)
        finally:
            connections.close_all()

    other = threading.Thread(target=run)
    with meanwhile(), psycopg.connect(reach.app.conninfo(), autocommit=True) as watch:
        other.start()
        end = time.monotonic() + LONGEST
        while other.is_alive() and watch.execute(WAITING).fetchone() == (False,):
            assert time.monotonic() < end, "it never came to wait"
            time.sleep(0.01)
        assert not outcome, outcome
    other.join(timeout=LONGEST)
    return outcome[0]


def in_a_transaction(actor, act):
    """A context in which something is done and not committed until it ends."""

    class Open:
        def __enter__(self):
            self.acting, self.atomic = acting_as(actor), transaction.atomic()
            self.acting.__enter__()
            self.atomic.__enter__()
            act()

        def __exit__(self, *error):
            self.atomic.__exit__(*error)
            self.acting.__exit__(*error)

    return Open


def test_news_that_comes_while_somebody_writes_is_settled_with_what_they_wrote(scene):
    reach, worker, matter = scene

    def write():
        writing.record_event(
            actor=worker,
            now=NOW,
            case_id=matter.case.public_id,
            entry=entry(matter, "charged"),
        )

    report = beside(reach, lambda: tell(BAIL), in_a_transaction(worker, write))

    assert report.accepted == 1
    assert ask("SELECT count(*) FROM journey_journeyevent") == [(2,)]
    # Bail came first and the charge after: whichever was written last.
    assert ask("SELECT suspect_ref, stage FROM journey_matter WHERE live") == [
        ("S310957", "S33")
    ]


def test_of_two_who_correct_one_event_the_second_is_told_so(scene):
    reach, worker, matter = scene
    case_id = matter.case.public_id
    with acting_as(worker):
        event_id = writing.record_event(
            actor=worker, now=NOW, case_id=case_id, entry=entry(matter, "charged")
        )

    def correct(days):
        return writing.correct_event(
            actor=worker,
            now=NOW,
            case_id=case_id,
            event_id=event_id,
            entry=entry(matter, "charged", days=days),
            why="It was another day",
        )

    def second():
        with acting_as(worker):
            return correct(18)

    found = beside(reach, second, in_a_transaction(worker, lambda: correct(19)))

    assert isinstance(found, NotFound)
    with acting_as(worker), transaction.atomic():
        events = queries.list_events(victimisation_ids=[matter.pk], limit=10)
    assert [one.superseded_by is None for one in events].count(True) == 1
    assert (
        ask(
            "SELECT rule, count(*) FROM journey_clock WHERE event_id IS NOT NULL"
            " AND replaced_by_id IS NULL GROUP BY 1 HAVING count(*) > 1"
        )
        == []
    )


def test_what_is_settled_while_promises_are_planned_anew_stays_settled(scene):
    reach, worker, matter = scene
    case_id = matter.case.public_id
    with acting_as(worker), transaction.atomic():
        writing.record_event(
            actor=worker, now=NOW, case_id=case_id, entry=entry(matter, "charged")
        )
        clock = Clock.objects.get(rule="R06-CHARGE")

    def settle():
        mark_met(
            actor=worker,
            now=NOW,
            case_id=case_id,
            clock_id=clock.pk,
            met_on=NOW.date(),
            evidence="The officer said so",
        )

    def plan():
        limits = with_length("R06-CHARGE", 7, Unit.WORKING_DAYS)
        return replan(
            actor=receiver(), now=NOW, why="a test", codes=["R06-CHARGE"], limits=limits
        )

    assert beside(reach, plan, in_a_transaction(worker, settle)) == Planned()
    assert ask("SELECT rule, met_on FROM journey_clock WHERE rule = 'R06-CHARGE'") == [
        ("R06-CHARGE", NOW.date())
    ]
