"""Accepting, returning and putting off a held referral."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.foundation.lib.local import local_day
from tests.integration.web.intake.test_held import first_held, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(client_as, report):
    return client_as("supervisor")


@pytest.fixture
def held(supervisor) -> str:
    return first_held(supervisor)


def test_accepting_needs_a_reason(supervisor, held):
    page = text_of(supervisor.post(f"{held}/accept", {"reason": "  "}))

    assert "<title>Error: Accept the referral anyway" in page
    assert 'href="#id_reason"' in page
    assert "Say why it can be worked" in page


def test_accepting_opens_the_case_and_ends_the_hold(supervisor, held):
    answer = supervisor.post(f"{held}/accept", {"reason": "She rang us herself"})

    assert re.fullmatch(r"/cases/[0-9a-f-]{36}", answer.url)
    assert supervisor.get(held).status_code == 404
    page = text_of(supervisor.get("/held"))
    assert "Nadia Field" not in page
    assert "2 to decide" in page


def test_a_decision_is_taken_once(supervisor, held):
    supervisor.post(f"{held}/accept", {"reason": "She rang us herself"})
    again = supervisor.post(f"{held}/return", {"code": "duplicate"})

    assert again.status_code == 404
    assert "somebody has decided it" in text_of(again)


def test_the_return_form_offers_the_code_that_fits_and_warns(supervisor, held):
    page = text_of(supervisor.get(f"{held}/return"))

    chosen = re.search(r'value="(\w+)" checked', page)
    assert chosen and chosen[1] == "consent_needed"
    assert "The force reads this" in page
    assert "This cannot be undone here" in page


def test_returning_asks_once_whether_it_is_meant(supervisor, held):
    page = text_of(supervisor.post(f"{held}/return", {"code": "consent_needed"}))

    assert "Confirm that you understand it cannot be undone" in page
    assert supervisor.get(held).status_code == 200


def test_a_return_reaches_the_force_with_its_note(
    supervisor, held, client_as, delivery_page
):
    form = {"code": "consent_needed", "note": "Please ask again", "understood": "on"}
    answer = supervisor.post(f"{held}/return", form)

    assert answer.url == "/held"
    assert "returned to Leicestershire Police" in text_of(supervisor.get("/held"))
    force = client_as("police")
    page = text_of(force.get(delivery_page))
    assert "Returned to the force: 1 referral" in page
    assert "Consent needed" in page
    assert "Please ask again" in page
    lines = force.get(f"{delivery_page}/returns.csv").content.decode().splitlines()
    assert lines[0].startswith("source_system,crime_ref,person_ref,row,return_code")
    assert ",consent_needed," in lines[1]
    assert "Nadia" not in lines[1]


def test_a_code_that_is_not_offered_is_refused(supervisor, held):
    page = supervisor.post(f"{held}/return", {"code": "boredom", "understood": "on"})

    assert page.status_code == 200
    assert supervisor.get(held).status_code == 200


def _in(days: int) -> dict[str, str]:
    day = local_day(timezone.now()) + timedelta(days=days)
    parts = (day.day, day.month, day.year)
    return {f"until_{place}": str(part) for place, part in enumerate(parts)}


def test_waiting_moves_it_to_the_ones_put_off(supervisor, held):
    form = {**_in(5), "reason": "The officer is away"}
    assert supervisor.post(f"{held}/wait", form).url == "/held"

    page = text_of(supervisor.get("/held"))
    assert "2 to decide" in page
    assert "Nadia Field" not in page
    page = text_of(supervisor.get("/held?show=waiting"))
    assert "1 put off" in page
    assert "Nadia Field" in page
    assert "The officer is away" in page
    assert "Accept anyway" in text_of(supervisor.get(held))


@pytest.mark.parametrize("days", [0, -1])
def test_waiting_needs_a_day_to_come(supervisor, held, days):
    page = text_of(supervisor.post(f"{held}/wait", {**_in(days), "reason": "x"}))

    assert "Choose a day in the future to wait until" in page
    assert 'href="#id_until_0"' in page


def test_waiting_needs_a_day_and_a_reason(supervisor, held):
    page = text_of(supervisor.post(f"{held}/wait", {}))

    assert "Enter the day to look at it again" in page
    assert "Say what you are waiting for" in page
