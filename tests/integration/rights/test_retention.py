"""Whose time is over, and that only what another approved is erased."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.care.information_rights.operations import erasing, keeping
from alongside.care.information_rights.permissions import AnotherPersonNeeded
from alongside.workflows import erase, retention
from tests.integration.rights.people import (
    NOW,
    acts,
    bea,
    close,
    idris,
    receiver,
    somebody,
)
from tests.support.receiving import LATER, count, send

pytestmark = pytest.mark.django_db
CLOSED = datetime(2024, 3, 31, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def journal(tmp_path, settings):
    settings.INSTALLATION = replace(settings.INSTALLATION, journal=tmp_path / "gone")


def due_on(day):
    with acts(bea()) as actor:
        found = retention.read_due(actor=actor, now=NOW, day=day, limit=100)
    return {rule: one.due for rule, one in found.by_rule.items() if one.due}


@pytest.mark.parametrize(
    ("ending", "rule", "last_day"),
    [
        ("supported_basic", "supported", date(2030, 3, 30)),
        ("declined", "not_taken_up", date(2025, 3, 30)),
        ("out_of_area_signposted", "passed_on", date(2024, 9, 29)),
        ("died", "administrative", date(2025, 3, 30)),
    ],
)
def test_each_ending_is_kept_as_long_as_its_rule_says(ending, rule, last_day):
    _, _, case = somebody()
    close(case, ending, at=CLOSED)
    assert due_on(last_day) == {}
    assert due_on(last_day + timedelta(days=1)) == {rule: 1}


def test_a_child_is_kept_until_their_25th_birthday():
    _, _, case = somebody(date_of_birth="2012-06-15", guardian_name="Odo Pell")
    close(case, at=CLOSED)
    assert due_on(date(2037, 6, 14)) == {}
    assert due_on(date(2037, 6, 15)) == {"supported": 1}


def test_nobody_with_something_open_is_listed():
    _, _, case = somebody()
    assert due_on(date(2090, 1, 1)) == {}
    close(case, "declined", at=CLOSED)
    assert due_on(date(2090, 1, 1)) == {"not_taken_up": 1}


def test_who_was_only_held_and_returned_goes_after_ninety_days():
    send({"consent_referral": "refused"})
    assert due_on(date(2090, 1, 1)) == {}  # still held


def propose(actor):
    with acts(actor):
        return erase.propose(actor=actor, now=NOW, day=date(2026, 11, 22))


def test_a_run_erases_only_what_another_approved_and_what_is_still_due():
    key, person, case = somebody()
    close(case, "declined", at=CLOSED)
    send({"crime_ref": "8"}, extract="LEI-2", at=LATER)
    run = propose(bea())
    with pytest.raises(erasing.RunUnderWay):
        propose(idris())
    with pytest.raises(AnotherPersonNeeded), acts(bea()) as actor:
        erasing.approve_run(actor=actor, now=NOW, run_id=run)
    service = receiver()
    with acts(service):
        assert erase.work_approved(actor=service, now=NOW) is None
    assert count("people_person") == 2

    with acts(idris()) as actor:
        erasing.approve_run(actor=actor, now=NOW, run_id=run)
        keeping.lay_hold(
            actor=actor,
            now=NOW,
            person_key=key,
            person_id=person,
            reason="A claim",
            review_on=date(2027, 1, 1),
        )
    with acts(service):
        done = erase.work_approved(actor=service, now=NOW)
    assert done is not None
    assert (done.erased, done.skipped, done.ended) == (0, 1, True)
    assert count("people_person") == 2


def test_an_approved_run_erases_and_ends():
    _, _, case = somebody()
    close(case, "declined", at=CLOSED)
    run = propose(receiver())
    with acts(idris()) as actor:
        erasing.approve_run(actor=actor, now=NOW, run_id=run)
    service = receiver()
    with acts(service):
        done = erase.work_approved(actor=service, now=NOW)
        assert erase.work_approved(actor=service, now=NOW) is None
    assert done is not None and (done.erased, done.ended) == (1, True)
    assert count("people_person") == 0
    with pytest.raises(erasing.NothingDue):
        propose(bea())


def test_the_round_does_all_of_it():
    _, _, case = somebody()
    close(case, "declined", at=CLOSED)
    run = propose(receiver())
    with acts(idris()) as actor:
        erasing.approve_run(actor=actor, now=NOW, run_id=run)
    retention.watch_rights(now=NOW)
    assert count("people_person") == 0
