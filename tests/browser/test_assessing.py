"""A high-risk assessment, by keyboard alone and without scripts, to form and tasks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from alongside.care.instruments.tables import INSTRUMENTS
from tests.browser.helpers import sign_in
from tests.factories.feeds import receive
from tests.integration.web.casework.conftest import ASHA
from tests.integration.web.conftest import PASSWORD

DASH = INSTRUMENTS["dash", 1]
COUNTED = DASH.scores[0].questions
ENOUGH = 14
SECTIONS = 20


@pytest.fixture
def still(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page that runs no script of ours or anybody's."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def focused(page: Page) -> dict[str, str]:
    """What has the focus: its name, value and kind."""
    client = page.context.new_cdp_session(page)
    found = client.send(
        "Runtime.evaluate",
        {
            "returnByValue": True,
            "expression": "(e => ({name: e.name || '', value: e.value || '',"
            " type: e.type || '', text: (e.innerText || '').trim()}))"
            "(document.activeElement)",
        },
    )
    client.detach()
    answer: dict[str, str] = found["result"]["value"]
    return answer


def tab_to(page: Page, *, whole: bool = False, **wanted: str) -> None:
    """Press Tab until what is wanted has the focus: by how it begins, or `whole`."""
    same = str.__eq__ if whole else str.startswith
    for _ in range(200):
        page.keyboard.press("Tab")
        here = focused(page)
        if all(same(here[key], value) for key, value in wanted.items()):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def press(page: Page, words: str, *, whole: bool = False) -> None:
    """Go to a link or button by Tab, and press Enter."""
    tab_to(page, whole=whole, text=words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer(page: Page, name: str, arrows: int) -> None:
    """Choose a radio of a group: the first by Space, others by the arrow keys."""
    tab_to(page, name=name, type="radio")
    page.keyboard.press("Space")
    for _ in range(arrows):
        page.keyboard.press("ArrowDown")


def answers_on(page: Page) -> list[tuple[str, int]]:
    """The groups of radios of this section, in order, with which one to choose."""
    names: list[str] = []
    for radio in page.locator("input[type=radio]").all():
        name = radio.get_attribute("name") or ""
        if name not in names:
            names.append(name)
    return [(name, _place(name.removeprefix("q_"))) for name in names]


def _place(code: str) -> int:
    """Yes to the first of those that count, then no; the first of any other."""
    return 1 if code in COUNTED and COUNTED.index(code) >= ENOUGH else 0


def test_high_risk_by_keyboard_without_scripts(still: Page, site: str) -> None:
    receive([ASHA], now=datetime.now(tz=UTC) - timedelta(days=1))
    sign_in(still, site, email="specialist@llr.example", password=PASSWORD)
    still.goto(f"{site}/queue")
    press(still, "Asha Reed")
    press(still, "Assess", whole=True)
    still.goto(f"{still.url}/dash/start")
    answer(still, "how", 1)
    press(still, "Begin")
    press(still, "Go on")
    for _ in range(SECTIONS):
        if still.url.endswith("/check"):
            break
        for name, arrows in answers_on(still):
            answer(still, name, arrows)
        press(still, "Save and go on")
    press(still, "Complete the assessment")
    expect(still.get_by_role("heading", level=1)).to_contain_text("High risk")
    result = still.url
    press(still, "Open the MARAC referral form")
    expect(still.get_by_role("heading", level=1)).to_have_text("MARAC referral form")
    expect(still.locator("main")).to_contain_text("Asha Reed")
    still.goto(result)
    press(still, "the case")
    expect(still.locator("main")).to_contain_text("Send the referral form")
    expect(still.locator("main")).to_contain_text("Refer to an independent domestic")
    expect(still.get_by_label("Who this is")).to_contain_text("High risk")
