"""Finding a person by keyboard, and reading who has seen them."""

import os
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
from tests.integration.care.test_search import AMRIT, ZOE
from tests.integration.web.conftest import PASSWORD

NARROW, WIDE = 320, 1280


@pytest.fixture
def visit(page: Page, site: str) -> Callable[[str], None]:
    """Signs in as one of the demonstration's accounts, whoever was there before."""
    receive([AMRIT, ZOE], now=datetime.now(tz=UTC) - timedelta(days=1))

    def change(name: str) -> None:
        leave = page.get_by_role("button", name="Sign out")
        if leave.count():
            leave.click()
        sign_in(page, site, email=f"{name}@llr.example", password=PASSWORD)

    return change


def assert_anyone_can_use(page: Page, name: str) -> None:
    """By keyboard, by what a machine can hear, and on the narrowest screen."""
    folder = os.environ.get("ALONGSIDE_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=NARROW)
    if folder:
        page.screenshot(path=f"{folder}/{name}-320.png", full_page=True)
    assert_fits(page, width=WIDE)


def test_a_person_is_found_from_any_page_and_the_look_is_read(
    page: Page, visit: Callable[[str], None]
) -> None:
    visit("worker")
    page.locator("h1").first.click()
    page.keyboard.press("/")
    expect(page.get_by_label("Find a person")).to_be_focused()
    page.keyboard.type("amirt kaur")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").nth(1)).to_contain_text("A**** K****")
    assert "amirt" not in page.url
    assert_anyone_can_use(page, "find")
    page.get_by_role("main").get_by_label("Who are you looking for?").fill("nobody")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="Nobody found")).to_be_visible()
    page.get_by_role("main").get_by_label("Who are you looking for?").fill("amrit")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    page.get_by_role("link", name="A**** K****").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amrit")

    visit("information")
    page.get_by_label("Main").get_by_role("link", name="Find").click()
    page.get_by_role("main").get_by_label("Who are you looking for?").fill("amrit")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Seen by").click()
    expect(page.get_by_role("main")).to_contain_text("Tom Hollis, contact worker")
    assert_anyone_can_use(page, "seen")
    page.get_by_label("Main").get_by_role("link", name="Unusual looking").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Unusual looking")
    assert_anyone_can_use(page, "unusual")
