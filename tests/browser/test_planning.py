"""A plan made by keyboard alone and without scripts; its pages at every width."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.browser.test_assessing import answer, press, tab_to
from tests.factories.feeds import receive
from tests.integration.web.casework.conftest import ASHA
from tests.integration.web.conftest import PASSWORD

NARROW, WIDE = 320, 1280
WORDS = "To sleep in her own flat again"
ACTION = "Ask the landlord for new locks"


@pytest.fixture
def still(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page that runs no script of ours or anybody's."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def fill(page: Page, name: str, words: str) -> None:
    """Type words over what a field of the form holds."""
    tab_to(page, name=name)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def open_plan(page: Page, site: str) -> None:
    """Sign in, take Asha's case and come to her plan."""
    receive([ASHA], now=datetime.now(tz=UTC) - timedelta(days=1))
    sign_in(page, site, email="specialist@llr.example", password=PASSWORD)
    page.goto(f"{site}/queue")
    press(page, "Asha Reed")
    press(page, "Take this case")
    page.goto(f"{page.url}/plan")


def make_plan(page: Page) -> None:
    """Begin the plan, with one goal and one action of the person's own."""
    press(page, "Begin a plan")
    press(page, "Begin")
    press(page, "Add a goal")
    answer(page, "need", 1)
    fill(page, "words", WORDS)
    press(page, "Add goal")
    press(page, "Add an action")
    fill(page, "words", ACTION)
    answer(page, "whose", 2)
    press(page, "Add action")


def test_a_plan_by_keyboard_without_scripts(still: Page, site: str) -> None:
    open_plan(still, site)
    make_plan(still)
    main = still.locator("main")
    expect(main).to_contain_text(WORDS)
    expect(main).to_contain_text(f"{ACTION}")
    expect(main).to_contain_text("They do it themselves")

    press(still, "They agree: send for approval")
    press(still, "Send for approval")
    expect(still.get_by_role("heading", level=2).first).to_contain_text(
        "There is a problem"
    )
    expect(still.locator(".govuk-error-summary")).to_contain_text(
        "Choose how they agreed"
    )
    answer(still, "how", 0)
    press(still, "Send for approval")
    expect(main).to_contain_text("Waiting for approval")

    press(still, "Done or not")
    answer(still, "state", 0)
    press(still, "Save")
    expect(main).to_contain_text("Done")
    press(still, "Sheet for the person")
    expect(still.get_by_role("heading", level=1)).to_have_text("My notes")
    expect(still.locator("main")).not_to_contain_text("Reed")


def test_the_pages_of_a_plan_are_whole_at_every_width(page: Page, site: str) -> None:
    open_plan(page, site)
    make_plan(page)
    plan = page.url
    for address in (
        *(plan, f"{plan}/goals/add", f"{plan}/agree", f"{plan}/close"),
        *(plan.replace("/plan", "/appointments"), f"{site}/calendar"),
    ):
        assert_fits(page, width=WIDE)
        page.goto(address)
        assert_axe_clean(page)
        assert_keyboard_reachable(page)
        assert_fits(page, width=NARROW)
        assert_axe_clean(page)
    page.goto(f"{plan}/agree")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_fits(page, width=NARROW)
    assert_axe_clean(page)
