"""Who is told of a day of answer: once as it comes near, and once past it."""

from datetime import date, timedelta

import pytest

from alongside.care.information_requests.models import InformationRequest
from alongside.foundation.accounts.queries import list_notices
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import Subject
from alongside.foundation.lib.local import local_day
from alongside.workflows.information_requests import remind_everywhere
from tests.integration.information_requests.asking import (
    NOW,
    acts,
    bea,
    idris,
    prepare,
    read,
    supervisor,
    whole,
    write_down,
)
from tests.integration.rights.people import somebody

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 18)  # A Friday, twenty working days after all was said.
NEAR = "An answer to a request for records is due on 18 December 2026"
PAST = "An answer to a request for records was due on 18 December 2026"


def on(day):
    """The same hour on another day."""
    return NOW + (day - local_day(NOW))


def told(who, asked):
    """What somebody was told of days of answer of a request."""
    with acts(who) as actor:
        lines = list_notices(actor=actor, limit=50)
    return sorted(
        line.words
        for line in lines
        if line.subject_id == asked and line.words in {NEAR, PAST}
    )


def test_each_is_told_once_as_the_day_comes_near_and_once_past_it():
    asked = whole(somebody()[2])
    assert read(asked).due_on == DUE
    assert remind_everywhere(now=on(DUE - timedelta(days=4))) == 0
    for days_after, reminded in ((-3, 1), (-2, 0), (0, 0), (1, 1), (2, 0)):
        assert remind_everywhere(now=on(DUE + timedelta(days=days_after))) == reminded
    for who in (bea(), idris(), supervisor()):
        assert told(who, asked) == [NEAR, PAST]


def test_telling_is_on_the_trail_by_the_request_alone(monkeypatch):
    asked = whole(somebody()[2])
    kept = []
    monkeypatch.setattr(audit, "record_event", lambda **said: kept.append(said))
    remind_everywhere(now=on(DUE))
    remind_everywhere(now=on(DUE))
    assert [said["subject"] for said in kept] == [
        Subject(kind="information_request", public_id=asked)
    ]


def test_one_that_was_prepared_is_late_all_the_same():
    asked = whole(somebody()[2])
    prepare(asked)
    assert remind_everywhere(now=on(DUE + timedelta(days=30))) == 1
    assert told(supervisor(), asked) == [PAST]


def test_nobody_is_told_of_one_that_waits_for_who_asked():
    write_down(somebody()[2])
    assert remind_everywhere(now=on(DUE + timedelta(days=90))) == 0


def test_a_day_that_was_counted_anew_is_told_of_anew():
    asked = whole(somebody()[2])
    assert remind_everywhere(now=on(DUE)) == 1
    with acts(bea()):
        InformationRequest.objects.filter(public_id=asked).update(
            due_on=DUE + timedelta(days=3)
        )
    assert remind_everywhere(now=on(DUE)) == 1
    assert remind_everywhere(now=on(DUE)) == 0
