"""The administrator's instruments: read, tried by keyboard, made without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.integration.web.conftest import PASSWORD

NARROW, WIDE = 320, 1280
ADMINISTRATOR = "administrator@llr.example"
PAGES = (
    "/instruments",
    "/instruments/new",
    "/instruments/dash/1",
    "/instruments/asb_matrix/1/own",
    # One of each kind of question: scales, grids by radios and by lists, boxes, words.
    "/instruments/needs/1/try",
    "/instruments/access_needs/1/try",
    "/instruments/witness_needs/1/try",
)
SEE = "See what this comes to"


@pytest.fixture
def administrator(site: str, page: Page) -> Page:
    sign_in(page, site, email=ADMINISTRATOR, password=PASSWORD)
    return page


def test_every_page_is_for_everybody(site: str, administrator: Page) -> None:
    for address in PAGES:
        administrator.goto(site + address)
        assert_axe_clean(administrator)
        assert_fits(administrator, width=NARROW)
        assert_fits(administrator, width=WIDE)
    assert_keyboard_reachable(administrator)


def press_until(page: Page, words: str) -> None:
    """Tab to the control of these words, or fail."""
    wanted = page.get_by_role("button", name=words, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {words}")


def choose(page: Page, group: str, answer: str) -> None:
    """Reach a group of radios by Tab and an answer in it by the arrows."""
    wanted = page.get_by_role("group", name=group).get_by_label(answer, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        inside = "it => it.closest('fieldset').contains(document.activeElement)"
        if wanted.evaluate(inside):
            break
    page.keyboard.press("Space")
    for _ in range(12):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The arrows never reach {answer}")


def test_the_prompt_is_tried_by_keyboard_alone_without_scripts(
    site: str, browser: Browser
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, site, email=ADMINISTRATOR, password=PASSWORD)
    page.goto(f"{site}/instruments/suicide_prompt/1/try")
    choose(page, "Are you having thoughts of ending your life?", "Yes")
    choose(page, "Have you hurt yourself on purpose lately", "No")
    press_until(page, SEE)
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("4 more questions")
    for asked in ("about how or when", "what you would use", "ever tried to end"):
        choose(page, asked, "No")
    press_until(page, SEE)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="What to do now")).to_be_visible()
    expect(page.get_by_text("Samaritans")).to_be_visible()
    page.context.close()


def test_our_own_version_is_made_and_put_in_use(site: str, administrator: Page) -> None:
    page = administrator
    page.goto(f"{site}/instruments/asb_matrix/1/own")
    page.get_by_role("button", name="Make a draft").click()
    text = page.get_by_label("The instrument, as text")
    good = text.input_value()
    text.fill(good.replace("up_to = 21", "up_to = 19"))
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("status").filter(has_text="keeps it")).to_contain_text(
        "score harm, band high: begins at 22, but medium ends at 19: there is a gap"
    )
    assert_axe_clean(page)

    text.fill(good.replace("(sample, not official)", "(our own)"))
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("link", name="put it in use").click()
    page.get_by_role("button", name="Put in use").click()
    expect(page.get_by_text("It is in use now")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("(our own) In use")
