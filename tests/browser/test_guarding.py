"""Emergency access, conflicts and notices in a browser."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.factories.feeds import receive
from tests.integration.guarding.conftest import ASHA, OMAR, REASON
from tests.integration.web.conftest import PASSWORD

NARROW, WIDE = 320, 1280


@pytest.fixture
def visit(page: Page, site: str) -> Callable[[str], None]:
    """Signs in as one of the demonstration's accounts, whoever was there before."""
    receive([ASHA, OMAR], now=datetime.now(tz=UTC) - timedelta(days=1))

    def change(name: str) -> None:
        leave = page.get_by_role("button", name="Sign out")
        if leave.count():
            leave.click()
        sign_in(page, site, email=f"{name}@llr.example", password=PASSWORD)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")

    return change


def assert_anyone_can_use(page: Page) -> None:
    """By keyboard, by what a machine can hear, and on the narrowest screen."""
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=NARROW)
    assert_fits(page, width=WIDE)


def test_a_case_is_opened_in_an_emergency_and_reviewed(
    page: Page, site: str, visit: Callable[[str], None]
) -> None:
    visit("worker")
    page.get_by_role("link", name="Access").click()
    assert_anyone_can_use(page)
    page.get_by_role("link", name="Open a case in an emergency").click()
    assert_anyone_can_use(page)
    page.get_by_label("Case or crime reference").fill(ASHA["crime_ref"])
    page.get_by_label("Danger to life").check()
    page.get_by_label("Why do you need").fill(REASON)
    page.get_by_role("button", name="Open the case").click()
    banner = page.get_by_label("Emergency access")
    expect(banner).to_contain_text(re.compile("3 hours 5. minutes left"))
    expect(page.get_by_label("Who this is")).to_contain_text("Asha Reed")
    assert_anyone_can_use(page)
    case = page.url
    banner.get_by_role("button", name="Close now").click()
    expect(page.get_by_text("You can no longer see that case")).to_be_visible()
    page.goto(case)
    expect(page.get_by_text("Asha")).to_have_count(0)

    visit("information")
    page.get_by_role("link", name="Notices (1 unread)").click()
    assert_anyone_can_use(page)
    page.get_by_role("link", name="Look at it").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    assert_anyone_can_use(page)
    page.get_by_label("Justified", exact=True).check()
    page.get_by_label("How did you come to that?").fill("The call is on the log")
    page.get_by_role("button", name="Save review").click()
    expect(page.get_by_text("No emergency access waits")).to_be_visible()


def test_a_conflict_is_declared_and_lifted(
    page: Page, site: str, visit: Callable[[str], None]
) -> None:
    visit("worker")
    page.goto(f"{site}/conflicts/declare")
    assert_anyone_can_use(page)
    page.get_by_label("Case or crime reference").fill(OMAR["crime_ref"])
    page.get_by_label("Family, household").check()
    page.get_by_label("In your own words").fill("My cousin")
    page.get_by_role("button", name="Declare it").click()
    expect(page.get_by_text("it is closed from now on")).to_be_visible()
    page.goto(f"{site}/conflicts/my-details")
    assert_anyone_can_use(page)

    visit("supervisor")
    page.goto(f"{site}/conflicts")
    assert_anyone_can_use(page)
    page.get_by_role("link", name=re.compile("^Lift")).click()
    assert_anyone_can_use(page)
    page.get_by_label("Why may they be let in?").fill("Another Omar Bell")
    page.get_by_role("button", name="Lift it").click()
    expect(page.get_by_text("Tom Hollis is no longer barred")).to_be_visible()
