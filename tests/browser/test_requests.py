"""Requests for records in a browser: by keyboard, in narrow and wide, by everybody."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.integration.information_requests.asking import prepare, whole
from tests.integration.rights.people import somebody
from tests.integration.web.conftest import PASSWORD

WIDE, NARROW = 1280, 320


def look_over(page: Page) -> None:
    """Nothing a machine can find is wrong with the page, wide or narrow."""
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=NARROW)
    assert_fits(page, width=WIDE)


@pytest.fixture
def keeper(page: Page, site: str) -> Page:
    """A page signed in as information governance."""
    sign_in(page, site, email="information@llr.example", password=PASSWORD)
    return page


def press(page: Page, label: str | re.Pattern[str], *keys: str) -> None:
    """Go to a field and press keys there, as somebody without a mouse does."""
    field = page.get_by_label(label, exact=True).first
    field.focus()
    for key in keys:
        page.keyboard.press(key)


def test_the_pages_can_be_used_by_everybody(keeper: Page, site: str):
    asked = whole(somebody()[2])
    prepare(asked)
    one = f"/records-requests/{asked}"
    for address in ("/records-requests", "/records-requests/counts", one):
        keeper.goto(f"{site}{address}")
        look_over(keeper)


def test_a_request_is_written_down_by_keyboard_alone(keeper: Page, site: str):
    _, _, case = somebody()
    keeper.goto(f"{site}/records-requests/new")
    look_over(keeper)
    press(keeper, re.compile("Our reference for"))
    keeper.keyboard.type(case.hex[:8])
    press(keeper, "A police force", "Space")
    press(keeper, "Who asks there?")
    keeper.keyboard.type("Detective constable")
    for part, typed in (("Day", "3"), ("Month", "11"), ("Year", "2026")):
        press(keeper, part)
        keeper.keyboard.type(typed)
    press(keeper, "E-mail", "Space")
    press(keeper, "Yes", "Space")
    keeper.get_by_role("button", name="Write it down and go on").focus()
    keeper.keyboard.press("Enter")

    keeper.get_by_role("heading", name="What it is for").wait_for()
    look_over(keeper)
    press(keeper, re.compile("Which offence"))
    keeper.keyboard.type("Harassment")
    keeper.get_by_role("button", name="Save and go on").focus()
    keeper.keyboard.press("Enter")

    keeper.get_by_role("heading", name="Which records").wait_for()
    press(keeper, "They ask for everything we hold", "Space")
    keeper.get_by_role("button", name="Save and go on").focus()
    keeper.keyboard.press("Enter")
    keeper.get_by_role("heading", name="Why it is needed").wait_for()
    keeper.get_by_role("link", name="Cancel").focus()
    keeper.keyboard.press("Enter")
    keeper.get_by_text("A request for everything cannot be answered").wait_for()
    look_over(keeper)
