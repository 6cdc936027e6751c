"""Ten questions answered by keyboard, and the pages around them."""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from alongside.care.matching.types import Why
from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.factories.feeds import receive
from tests.factories.reviews import make_review
from tests.integration.web.conftest import PASSWORD

NARROW, WIDE = 320, 1280
PAIRS = 10
FIRST_NAMES = ("Amara", "Bogdan", "Cerys", "Dilip", "Ewa", "Femi", "Gwen", "Hamza")
MORE_NAMES = ("Iulia", "Joan", "Kofi", "Leah", "Marek", "Nisha", "Owen", "Petra")
LAST_NAMES = ("Quill", "Raman", "Stone", "Tanaka")
SURNAMES = ("Adeyemi", "Brook", "Chowdhury", "Dunn", "Evans", "Farouk", "Gill", "Hart")
# 1 and 2 in turn: what joins takes longer than what keeps apart.
KEYS = "2122122122"
SECONDS = 60


def people() -> list[dict[str, str]]:
    """Twenty people as unlike as people are; the tasks say that two may be one."""
    names = FIRST_NAMES + MORE_NAMES + LAST_NAMES
    return [
        {
            "crime_ref": f"260001{number:05}",
            "person_ref": f"P{number}",
            "given_names": name,
            "surname": SURNAMES[number * 3 % len(SURNAMES)] + name[::-1].lower(),
            "date_of_birth": str(date(1942 + number * 3, 1 + number % 12, 9 + number)),
            "mobile_phone": f"07700 900{311 + 17 * number}",
            "address_line_1": f"{number * 7 + 1} {name} Street",
            "postcode": f"LE{2 + number % 8} {number % 9}AA",
            "gender": "female" if number % 2 else "male",
        }
        for number, name in enumerate(names)
    ]


@pytest.fixture
def tasks(site: str) -> str:
    """Ten tasks about twenty people."""
    now = datetime.now(tz=UTC)
    rows = people()
    receive(rows, now=now - timedelta(days=3))
    whys = (Why.TWIN, Why.NAMESAKE, Why.SURNAME_DIFFERS, Why.BORN_DIFFERS)
    for place in range(PAIRS):
        make_review(
            rows[2 * place + 1]["crime_ref"],
            rows[2 * place]["crime_ref"],
            now=now - timedelta(days=2),
            why=whys[place % len(whys)],
            weight=9.5 - place,
            household=place == 0,
        )
    return site


def press(page: Page, key: str) -> None:
    """Press a key as soon as the page listens."""
    expect(page.locator("html[data-keys=heard]")).to_have_count(1)
    page.keyboard.press(key)


@pytest.fixture
def visit(page: Page, tasks: str) -> Callable[[str], None]:
    """Signs in as one of the demonstration's accounts."""

    def change(name: str) -> None:
        sign_in(page, tasks, email=f"{name}@llr.example", password=PASSWORD)

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


def test_ten_are_answered_by_keyboard_in_under_a_minute(
    page: Page, visit: Callable[[str], None]
) -> None:
    visit("supervisor")
    page.get_by_role("link", name="Same person? (10)").click()
    expect(page.get_by_text("10 tasks")).to_be_visible()
    began = time.monotonic()
    press(page, "Enter")
    for done, key in enumerate(KEYS):
        expect(page.locator(".al-heading p")).to_have_text(
            f"{PAIRS - done} task{'s' if PAIRS - done > 1 else ''} to do"
        )
        press(page, key)
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    assert time.monotonic() - began < SECONDS


def test_anyone_can_use_the_desk(page: Page, visit: Callable[[str], None]) -> None:
    visit("supervisor")
    page.get_by_role("link", name="Same person?").click()
    assert_anyone_can_use(page, "same-person")
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it the same person?")
    assert_anyone_can_use(page, "desk")
    first = page.url
    press(page, "3")
    expect(page.get_by_role("heading", name="Ask somebody")).to_be_visible()
    assert_anyone_can_use(page, "ask")
    page.go_back()
    press(page, "2")
    expect(page.get_by_text("You said: not the same person.")).to_be_visible()
    assert_anyone_can_use(page, "desk-undo")
    press(page, "u")
    expect(page).to_have_url(first)
    page.get_by_role("link", name="All tasks").click()
    page.get_by_role("link", name="How linking goes").click()
    assert_anyone_can_use(page, "linking-quality")


def test_keys_lead_on_and_back_and_can_be_switched_off(
    page: Page, visit: Callable[[str], None]
) -> None:
    visit("supervisor")
    page.get_by_role("link", name="Same person?").click()
    expect(page.get_by_text("10 tasks")).to_be_visible()
    press(page, "Enter")
    expect(page.get_by_role("button", name="Not the same person")).to_be_visible()
    first = page.url
    press(page, "ArrowRight")
    expect(page).not_to_have_url(first)
    press(page, "ArrowLeft")
    expect(page).to_have_url(first)
    press(page, "?")
    page.get_by_role("button", name="Switch the keys off").click()
    page.get_by_text("Keys (?)").click()
    expect(page.get_by_role("button", name="Switch the keys on")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(first)
    page.get_by_role("button", name="Switch the keys on").click()
    press(page, "ArrowRight")
    expect(page).not_to_have_url(first)
