"""Signing in by keyboard, and staying signed in while writing."""

from collections.abc import Iterator

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Page, expect

from alongside.foundation.gateways.identity_provider import Provider
from tests.browser.helpers import assert_axe_clean, assert_keyboard_reachable
from tests.integration.web.conftest import PASSWORD
from tests.support.identity_provider import CLIENT, SECRET, serving
from tests.support.signing_in import fresh_code


@pytest.fixture
def pages(request: pytest.FixtureRequest) -> Iterator[str]:
    """The real site, with stand-ins for the pages behind the sign-in page."""
    with override_settings(ROOT_URLCONF="tests.integration.web.urls"):
        yield request.getfixturevalue("site")


def sign_in_by_keyboard(page: Page, password: str) -> None:
    page.get_by_label("E-mail address").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("worker@llr.example")
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def give_code_by_keyboard(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Give your second factor")
    page.get_by_label("Code from your app").focus()
    page.keyboard.type(fresh_code("worker@llr.example"))
    page.keyboard.press("Enter")


def test_a_mistake_is_said_at_the_top_and_a_second_try_works(page: Page, pages: str):
    page.goto(f"{pages}/queue")
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    sign_in_by_keyboard(page, "a-wrong-passphrase")

    expect(page.get_by_role("alert")).to_contain_text("Check your e-mail address")
    assert_axe_clean(page)
    sign_in_by_keyboard(page, PASSWORD)
    page.get_by_role("heading", name="Give your second factor").wait_for()
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    give_code_by_keyboard(page)
    expect(page.get_by_text("Tom Hollis at")).to_be_visible()
    assert page.url == f"{pages}/queue"


def test_staying_signed_in_is_one_press(page: Page, pages: str):
    page.clock.install()
    page.goto(f"{pages}/sign-in")
    sign_in_by_keyboard(page, PASSWORD)
    give_code_by_keyboard(page)
    expect(page.get_by_text("Tom Hollis at")).to_be_visible()
    page.goto(f"{pages}/sign-in/acting-for")
    page.clock.fast_forward("13:05")
    page.get_by_role("button", name="Stay signed in").click()

    expect(page.get_by_role("button", name="Stay signed in")).to_be_hidden()
    page.clock.fast_forward("13:05")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_visible()


def assert_blank(page: Page, pages: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("You were signed out")
    assert page.title() == "You were signed out - Alongside"
    expect(page.locator("body > *")).to_have_count(1)
    assert_axe_clean(page)
    page.get_by_role("link", name="Sign in again").click()
    assert page.url == f"{pages}/sign-in"


def test_a_page_left_open_is_blank_once_its_session_is_over(page: Page, pages: str):
    """OWASP ASVS 5.0, 14.3.1."""
    page.clock.install()
    page.goto(f"{pages}/sign-in")
    sign_in_by_keyboard(page, PASSWORD)
    give_code_by_keyboard(page)
    expect(page.get_by_text("Tom Hollis at")).to_be_visible()
    page.goto(f"{pages}/sign-in/acting-for")
    page.clock.fast_forward("16:05")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who are you acting for?")

    page.context.clear_cookies()
    page.clock.fast_forward("01:05")
    assert_blank(page, pages)


def test_pressing_the_button_too_late_says_so(page: Page, pages: str):
    page.clock.install()
    page.goto(f"{pages}/sign-in")
    sign_in_by_keyboard(page, PASSWORD)
    give_code_by_keyboard(page)
    expect(page.get_by_text("Tom Hollis at")).to_be_visible()
    page.goto(f"{pages}/sign-in/acting-for")
    page.context.clear_cookies()
    page.clock.fast_forward("13:05")
    page.get_by_role("button", name="Stay signed in").click()

    assert_blank(page, pages)


def test_an_organisations_own_sign_in_is_one_press_away(page: Page, pages: str):
    """Our policy of where forms may go does not stop the way to another site."""
    with serving() as stub:
        known = Provider(
            key="harbour",
            name="Harbour",
            issuer=stub.issuer,
            client_id=CLIENT,
            client_secret=SECRET,
            email_domains=("llr.example",),
        )
        with override_settings(IDENTITY_PROVIDERS={"harbour": known}):
            page.goto(f"{pages}/queue")
            assert_axe_clean(page)
            page.get_by_role("button", name="Sign in with Harbour").click()
            give_code_by_keyboard(page)

    expect(page.get_by_text("Tom Hollis at")).to_be_visible()
    assert page.url == f"{pages}/queue"
