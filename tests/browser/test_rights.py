"""Information rights in a browser: from a request to its copy, by everybody."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.integration.rights.people import somebody, write_note
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


def test_the_pages_can_be_used_by_everybody(keeper: Page, site: str):
    for address in ("", "/new", "/keeping", "/keeping/hold", "/retention"):
        keeper.goto(f"{site}/rights{address}")
        look_over(keeper)


def fill_day(page: Page, *, day: str, month: str) -> None:
    page.get_by_label("Day", exact=True).fill(day)
    page.get_by_label("Month", exact=True).fill(month)
    page.get_by_label("Year", exact=True).fill("2026")


def test_a_request_is_answered_passage_by_passage(keeper: Page, site: str):
    _, _, case = somebody()
    write_note(case)
    keeper.goto(f"{site}/rights/new")
    keeper.get_by_label("See what we hold").check()
    keeper.get_by_label("Who asked?").fill("The person")
    keeper.get_by_label(re.compile("Our reference for")).fill(str(case))
    fill_day(keeper, day="3", month="11")
    keeper.get_by_label("E-mail", exact=True).check()
    keeper.get_by_role("button", name="Write it down").click()
    keeper.get_by_role("heading", name="Quillon Idwal").wait_for()
    look_over(keeper)

    keeper.get_by_text("Say who asks").click()
    keeper.get_by_label(re.compile("What showed")).fill("Passport, seen")
    fill_day(keeper, day="3", month="11")
    keeper.get_by_role("button", name="Save").click()
    keeper.get_by_text("Go through the copy").first.click()
    keeper.get_by_text("still to decide").first.wait_for()
    look_over(keeper)

    keeper.get_by_role("button", name="Decide the next one").click()
    keeper.get_by_label("Black out all of it").check()
    keeper.get_by_label(re.compile("Why, where")).select_option("other_person")
    look_over(keeper)
    keeper.get_by_role("button", name="Save and go on").click()
    keeper.get_by_text("Decided").first.wait_for()
