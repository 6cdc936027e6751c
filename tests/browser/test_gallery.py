"""Every component, looked at by a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
)

PAGES = ("case", "work", "queue", "held", "feeds", "form")


@pytest.mark.parametrize("name", PAGES)
def test_anyone_can_use_it(page: Page, gallery: str, name: str):
    page.goto(f"{gallery}/gallery/{name}")

    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=320)
    assert_axe_clean(page)


def test_the_case_is_seen_without_scrolling(page: Page, gallery: str):
    page.goto(f"{gallery}/gallery/case")

    for seen in (
        page.get_by_role("heading", name="Asha Reed"),
        page.get_by_role("heading", name="Safe contact"),
        page.get_by_role("heading", name="Next action"),
        page.get_by_role("heading", name="Clocks"),
        page.locator(".al-clock").last,
        page.locator(".al-event").nth(4),
    ):
        box = seen.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 800


def test_the_safe_contact_strip_is_one_line(page: Page, gallery: str):
    page.goto(f"{gallery}/gallery/case")

    box = page.locator(".al-strip").bounding_box()
    assert box
    assert box["height"] < 50


def test_the_summary_of_mistakes_jumps_to_the_field(page: Page, gallery: str):
    page.goto(f"{gallery}/gallery/form")
    page.get_by_role("link", name="Date of the call must include a month").click()

    expect(page.get_by_label("Month")).to_be_focused()


def test_copying_a_number_says_its_safety_again(page: Page, gallery: str):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{gallery}/gallery/case")
    page.get_by_role("button", name="Copy home number").click()

    expect(page.get_by_text("Copied. Not safe to call.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "+441164960123"


def test_every_row_can_be_chosen_at_once(page: Page, gallery: str):
    page.goto(f"{gallery}/gallery/queue")
    page.get_by_label("Select every row on this page").check()

    assert page.locator("input[name=selected]:checked").count() == 9


def test_a_quiet_session_is_warned_of(page: Page, gallery: str):
    page.clock.install()
    page.goto(f"{gallery}/gallery/case")
    page.clock.fast_forward("13:05")

    expect(page.get_by_role("alert")).to_contain_text("signed out in 2 minutes")


def test_every_page_reads_without_scripts(browser, gallery: str):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    plain = context.new_page()
    for name in PAGES:
        plain.goto(f"{gallery}/gallery/{name}")
        expect(plain.get_by_role("link", name="Team queue", exact=True)).to_be_visible()
    plain.goto(f"{gallery}/gallery/queue")
    expect(plain.get_by_label("Select every row on this page")).to_be_hidden()
    context.close()


def test_paper_has_the_words_and_not_the_buttons(page: Page, gallery: str):
    page.goto(f"{gallery}/gallery/case")
    page.emulate_media(media="print")

    expect(page.get_by_text("Suspect bailed")).to_be_visible()
    expect(page.get_by_text("Log contact")).to_be_hidden()
    expect(page.get_by_text("Sign out")).to_be_hidden()
