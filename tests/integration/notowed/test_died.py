"""Somebody who has died: nothing is owed to them any more, and nothing is sent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.care.casework.models import Case
from alongside.care.casework.operations import arrivals, working
from alongside.care.casework.types import Tier
from alongside.care.journey.models import Clock, OutOfReach
from alongside.care.telling.queries import count_owed
from alongside.care.telling.queries.owed import Whose, list_running_promises
from alongside.walls.context import acting_as
from alongside.workflows import close_case
from tests.integration.web.casework.conftest import text_of
from tests.support.receiving import receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def died(worker, now):
    def close(case_id):
        case = Case.objects.get(public_id=case_id)
        close_case.close(
            actor=worker,
            now=now,
            case_id=case_id,
            version=case.version,
            ending=close_case.Ending(disposition="died", reason="Her sister rang us"),
        )
        return case

    return close


@pytest.fixture
def another(worker, now, *, omar):
    """A new case of somebody whose first closed; news of that is still to come."""
    old = Case.objects.get(public_id=omar)
    working.close_case(
        actor=worker,
        now=now,
        case_id=omar,
        version=old.version,
        disposition="supported_basic",
        reason="",
    )
    service = receiver()
    with acting_as(service):
        (key,) = arrivals.take_case_ids(actor=service, now=now, count=1)
        new = arrivals.NewCase(
            case_id=key,
            public_id=uuid4(),
            person_id=old.person_id,
            tier=Tier.STANDARD,
            high_risk=False,
            team_id=old.team_id,
            next_action="Make first contact",
            next_action_on=now.date(),
            compartments=0,
        )
        arrivals.open_cases(actor=service, now=now, cases=[new])
    return new.public_id


def test_nothing_is_owed_in_any_case_of_theirs(
    died, worker, now, *, omar, another, promise
):
    older, own = promise(omar, "R06-CHARGE", 3), promise(another, "R05-COMP", 9)

    died(another)

    for one in (own, older):
        one.refresh_from_db()
        assert (one.not_owed_reason, one.by_fact) == ("person_died", True)
    assert OutOfReach.objects.filter(basis="has_died", until=None).count() == 2
    close_case.reopen(
        actor=worker,
        now=now,
        case_id=another,
        words="Ring",
        on=now.date() + timedelta(days=1),
        reason="It was somebody of the same name",
        with_plan=False,
    )
    assert not OutOfReach.objects.filter(until=None).exists()
    assert Clock.objects.filter(
        case__public_id=omar, rule="R06-CHARGE", replaced_by=None, not_owed_reason=""
    ).exists()


def test_what_was_late_stays_late_and_is_not_told_to_them(
    died, worker, *, omar, promise
):
    late = promise(omar, "R06-CHARGE", -3)
    before = count_owed(actor=worker, whose=Whose.ALL, most=100)

    case = died(omar)

    late.refresh_from_db()
    assert late.not_owed_reason == ""
    assert count_owed(actor=worker, whose=Whose.ALL, most=100) <= before
    assert not list_running_promises(case_key=case.pk, event_ids=[late.event_id or 0])


def test_the_page_says_so_kindly(died, tom, *, omar):
    died(omar)
    text = text_of(tom.get(reverse("casework:case", args=[omar])))
    assert "They have died. Nothing is sent to them" in text
    assert "Family have a case of their own" in text
