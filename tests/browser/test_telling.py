"""A worker tells somebody; words are read over. By keyboard, without scripts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page, expect

from alongside.demo.practice_notify import practice_notify
from alongside.foundation.gateways.messages import Route
from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.factories.feeds import receive
from tests.integration.telling.conftest import NINA, send_news
from tests.integration.web.casework.conftest import ASHA
from tests.integration.web.conftest import PASSWORD

NARROW, WIDE = 320, 1280
ADMINISTRATOR, SUPERVISOR = "administrator", "supervisor"
CHARGED = "/words/en/charged/standard"


@pytest.fixture
def told_of(site: str) -> Iterator[str]:
    """Nina, whose phone is her own, and Asha, at high risk: somebody was arrested."""
    now = datetime.now(tz=UTC)
    receive([NINA, ASHA], now=now - timedelta(days=9))
    events = [
        {"crime_ref": one["crime_ref"], "event": "suspect_arrested"}
        for one in (NINA, ASHA)
    ]
    assert send_news(events, now=now).accepted == len(events)
    with practice_notify() as server:
        senders = dict.fromkeys(Route, server.sender)
        with override_settings(MESSAGE_SENDERS=senders):
            yield site


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def enter(page: Page, site: str, who: str) -> None:
    sign_in(page, site, email=f"{who}@llr.example", password=PASSWORD)


def open_news(page: Page, site: str, name: str) -> None:
    """Open what is to be told to somebody, from the list."""
    page.goto(f"{site}/tell?whose=all")
    row = page.get_by_role("row").filter(has_text=name)
    row.get_by_role("link", name="Suspect arrested").click()


def press(page: Page, words: str, role: str = "button") -> None:
    """Reach a control by Tab, and press it."""
    wanted = page.locator("main").get_by_role(role, name=words).first  # type: ignore[arg-type]
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reaches {words}")


def choose(page: Page, way: str) -> None:
    """Reach the ways by Tab, and one of them by the arrows."""
    wanted = page.get_by_label(way, exact=True)
    inside = "it => it.closest('fieldset').contains(document.activeElement)"
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate(inside):
            break
    page.keyboard.press("Space")
    for _ in range(8):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The arrows never reach {way}")


def test_somebody_is_told_and_it_is_taken_back_by_keyboard_without_scripts(
    told_of: str, plain: Page
) -> None:
    enter(plain, told_of, "supervisor")
    open_news(plain, told_of, NINA["surname"])
    expect(plain.locator("main")).to_contain_text("They read Polish")
    text = plain.get_by_label("What they are told")
    text.fill(f"{text.input_value()}\nRing me if you like.")
    press(plain, "Keep as a draft")
    expect(plain.get_by_text("Kept as a draft")).to_be_visible()
    expect(plain.locator("section")).to_contain_text("Ring me if you like.")

    choose(plain, "Send a text message")
    press(plain, "Tell them")
    expect(plain.get_by_role("alert")).to_contain_text("at this hour")
    choose(plain, "Yes: this is a time they gave")
    press(plain, "Tell them")
    expect(plain.get_by_text("It leaves in 5 minutes")).to_be_visible()
    press(plain, "Take it back", "link")
    press(plain, "Take it back")
    expect(plain.get_by_text("It is a draft again")).to_be_visible()

    press(plain, "Not told", "link")
    press(plain, "They are not told")
    expect(plain.get_by_role("alert")).to_contain_text("Choose why")
    plain.get_by_label("They know it from somebody else").check()
    press(plain, "They are not told")
    expect(plain.locator("main")).to_contain_text("They know it from somebody else")


def test_a_channel_nobody_marked_safe_is_never_offered(
    told_of: str, page: Page
) -> None:
    enter(page, told_of, "supervisor")
    open_news(page, told_of, ASHA["surname"])
    expect(page.locator("main")).to_contain_text("no safe way to tell them in writing")
    for way in ("Send a text message", "Send an e-mail", "I posted the letter"):
        expect(page.get_by_label(way)).to_have_count(0)


def test_what_arrives_on_a_shared_phone_says_nothing(told_of: str, page: Page) -> None:
    enter(page, told_of, "supervisor")
    open_news(page, told_of, NINA["surname"])
    preview = page.locator("section").filter(has_text="What they would read")
    for said in ("victim", "crime", "assault", "Alongside", ASHA["surname"]):
        expect(preview).not_to_contain_text(said, ignore_case=True)
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=NARROW)
    assert_fits(page, width=WIDE)


def read_over(page: Page, site: str, who: str, address: str) -> None:
    enter(page, site, who)
    page.goto(site + address)
    page.get_by_label("I have read these words").check()
    page.get_by_role("button", name="They may be sent").click()
    expect(page.get_by_text("Written down that you read them over")).to_be_visible()


def test_words_are_written_and_read_over_by_two(site: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        enter(page, site, ADMINISTRATOR)
        page.goto(f"{site}{CHARGED}/own")
        words = page.get_by_label("The words", exact=True)
        good = words.input_value()
        words.fill("The victim is told.")
        page.get_by_role("button", name="Save draft").click()
        expect(page.locator("main")).to_contain_text("{date} is missing")
        assert_axe_clean(page)
        words.fill(f"{good}\nWe are here.")
        page.get_by_role("button", name="Save draft").click()
        page.get_by_role("button", name="Put in use").click()
        page.get_by_role("button", name="Put in use").click()
        expect(page.locator("main")).to_contain_text("Version 1001, our own")
    for who in (SUPERVISOR, "information"):
        with browser.new_context() as context:
            read_over(context.new_page(), site, who, CHARGED)
    with browser.new_context() as context:
        page = context.new_page()
        enter(page, site, SUPERVISOR)
        page.goto(site + CHARGED)
        expect(page.get_by_role("heading", level=1)).to_contain_text("May be sent")
        for address in (CHARGED, "/words", "/words?state=waiting"):
            page.goto(site + address)
            assert_axe_clean(page)
            assert_keyboard_reachable(page)
            assert_fits(page, width=NARROW)
            assert_fits(page, width=WIDE)
