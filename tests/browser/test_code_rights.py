"""A review is asked for inside its window, by keyboard, and refused outside it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from playwright.sync_api import Page, expect

from alongside.care.casework.models import Victimisation
from alongside.care.journey.models import JourneyEvent
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.walls.context import acting_as
from alongside.workflows.pass_on import take_cases
from alongside.workflows.settle_matters import settle_matters_of
from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.factories.feeds import receive
from tests.integration.web.casework.conftest import ASHA, OMAR
from tests.integration.web.conftest import PASSWORD

DECIDED = {ASHA["crime_ref"]: 9, OMAR["crime_ref"]: 120}  # days ago


def decide_against_charging() -> dict[str, str]:
    """Two people whose crime the police closed, lately and long ago: case by crime."""
    now = datetime.now(tz=UTC)
    receive([ASHA, OMAR], now=now - timedelta(days=10))
    user = User.objects.get(email="worker@llr.example")
    worker = get_actor(user_id=user.pk, now=now)
    cases = {}
    with acting_as(worker), transaction.atomic():
        for crime in Victimisation.objects.select_related("case"):
            decided = now - timedelta(days=DECIDED[crime.crime_ref])
            JourneyEvent.objects.create(
                area_id=crime.area_id,
                victimisation=crime,
                event="no_further_action",
                suspect_ref="",
                occurred_at=decided,
                received_at=decided,
                detail={},
                source="test",
                content_hash=uuid4(),
                recorded_at=now,
            )
            keys = [crime.pk]
            settle_matters_of(actor=worker, now=now, victimisation_ids=keys)
            assert crime.case is not None
            cases[crime.crime_ref] = crime.case.public_id
        take_cases(actor=worker, now=now, case_ids=list(cases.values()))
    return {ref: str(case) for ref, case in cases.items()}


def ask(page: Page, site: str, case: str) -> None:
    """Fill in that a review was asked for today."""
    page.goto(f"{site}/cases/{case}/code-rights/begin/vrr_police/asked?crime=1")
    page.get_by_label("The person", exact=True).check()
    page.get_by_label("By phone").check()
    page.get_by_role("button", name="Continue").click()


def test_a_review_inside_and_outside_its_window(page: Page, site: str) -> None:
    cases = decide_against_charging()
    sign_in(page, site, email="worker@llr.example", password=PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.goto(f"{site}/cases/{cases[ASHA['crime_ref']]}/code-rights")
    expect(page.locator("main")).to_contain_text("Right to Review: police")
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    ask(page, site, cases[ASHA["crime_ref"]])
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert_axe_clean(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Now: Asked for")
    expect(page.locator("main")).to_contain_text("Police to decide on the review")
    assert_axe_clean(page)
    assert_fits(page, width=320)

    page.goto(f"{site}/cases/{cases[OMAR['crime_ref']]}/code-rights")
    expect(page.locator("main")).not_to_contain_text("Right to Review: police")
    ask(page, site, cases[OMAR["crime_ref"]])
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("The time to ask ended on")
    assert_axe_clean(page)
    # The summary leads to the field; a day on which they were told opens it again.
    told = datetime.now(tz=UTC) - timedelta(days=5)
    parts = page.get_by_role("group", name="Day on which they were told")
    for name, value in (
        ("Day", told.day),
        ("Month", told.month),
        ("Year", told.year),
    ):
        parts.get_by_label(name, exact=True).fill(str(value))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
