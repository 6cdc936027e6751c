"""A passkey, with a device that Chromium pretends to have."""

from collections.abc import Iterator

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Page, expect

from alongside.foundation.accounts.models import SecondFactor
from tests.browser.helpers import assert_axe_clean, assert_fits, sign_in
from tests.integration.web.conftest import PASSWORD

WORKER = "worker@llr.example"


@pytest.fixture
def pages(request: pytest.FixtureRequest) -> Iterator[str]:
    """The real site by a name: passkeys belong to names, not to numbers."""
    with override_settings(ROOT_URLCONF="tests.integration.web.urls"):
        site: str = request.getfixturevalue("site")
        yield site.replace("127.0.0.1", "localhost")


@pytest.fixture
def plugged_key(page: Page) -> None:
    """A key that is plugged in and touched whenever it is asked."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give_password(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("E-mail address").fill(WORKER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_passkey_is_added_and_lets_in(page: Page, pages: str, plugged_key: None):
    sign_in(page, pages, email=WORKER, password=PASSWORD)
    page.goto(f"{pages}/account/passkey")
    assert_axe_clean(page)
    page.get_by_label("Name for this passkey").fill("blue key")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("The passkey is added")).to_be_visible()
    expect(page.locator("strong", has_text="Passkey: blue key")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    give_password(page, pages)
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use your passkey").wait_for()
    assert_axe_clean(page)
    assert_fits(page, width=320)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("Tom Hollis at")).to_be_visible()
    assert SecondFactor.objects.get(kind="passkey").used_at


def test_a_passkey_can_be_the_first(page: Page, pages: str, plugged_key: None):
    SecondFactor.objects.filter(user__email=WORKER).delete()
    give_password(page, pages)
    page.get_by_role("heading", name="Set up an authenticator app").wait_for()
    assert_axe_clean(page)
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_label("Name for this passkey").fill("blue key")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    assert_axe_clean(page)
    assert_fits(page, width=320)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("Tom Hollis at")).to_be_visible()


def test_a_browser_without_the_passkey_is_told(
    page: Page, pages: str, plugged_key: None
):
    sign_in(page, pages, email=WORKER, password=PASSWORD)
    page.goto(f"{pages}/account/passkey")
    page.get_by_label("Name for this passkey").fill("blue key")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("The passkey is added")).to_be_visible()
    other = SecondFactor.objects.get(kind="passkey")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    give_password(page, pages)
    page.get_by_role("heading", name="Give your second factor").wait_for()
    page.goto(f"{pages}/sign-in/second-factor?way=passkey")
    page.evaluate(
        "document.querySelector('[data-passkey]').dataset.passkeyOptions ="
        " JSON.stringify({challenge: 'AAAA', rpId: 'localhost', allowCredentials: []})"
    )
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("alert").first).to_contain_text("Try again")
    other.refresh_from_db()
    assert other.used_at is None
