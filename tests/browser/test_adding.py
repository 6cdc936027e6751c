"""Adding somebody: warned while typing, by keyboard, and what a wall lets through."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import sign_in
from tests.browser.test_finding import assert_anyone_can_use
from tests.factories.feeds import receive
from tests.integration.guarding.conftest import ASHA, OMAR
from tests.integration.web.conftest import PASSWORD

ASK = "There may be a record. Ask a supervisor before you add a new one."


@pytest.fixture
def visit(page: Page, site: str) -> Callable[[str], None]:
    """Signs in as one of the demonstration's accounts, whoever was there before."""
    receive([ASHA, OMAR], now=datetime.now(tz=UTC) - timedelta(days=1))

    def change(name: str) -> None:
        leave = page.get_by_role("button", name="Sign out")
        if leave.count():
            leave.click()
        sign_in(page, site, email=f"{name}@llr.example", password=PASSWORD)

    return change


def write_down(
    page: Page, given: str, surname: str, born: tuple[str, str, str]
) -> None:
    """Type who somebody is, and how they can be reached."""
    page.get_by_role("link", name="Add somebody").first.click()
    page.get_by_role(
        "group", name="Which ways of reaching them are safe?"
    ).get_by_label("Phone call").check()
    page.get_by_label("First names").fill(given)
    page.get_by_label("Last name").fill(surname)
    group = page.get_by_role("group", name="Date of birth")
    for part, value in zip(("Day", "Month", "Year"), born, strict=True):
        group.get_by_label(part).fill(value)


def answer_the_rest(page: Page) -> None:
    """What happened, and how they came."""
    page.get_by_label("What happened, in short?").fill("Somebody follows her home")
    page.get_by_role("group", name="Do the police know of it?").get_by_label(
        "No", exact=True
    ).check()
    page.get_by_label("They came, rang or wrote themselves").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def test_somebody_known_is_warned_of_while_they_are_typed(
    page: Page, visit: Callable[[str], None]
) -> None:
    visit("specialist")
    write_down(page, "Asha", "Reed", ("3", "2", "1992"))
    page.get_by_label("Mobile number").fill("07700 900111")
    warned = page.get_by_role("status")
    expect(warned).to_contain_text("A**** R****, born 1992, LE1")
    assert_anyone_can_use(page, "add")
    assert "Asha" not in page.url
    answer_the_rest(page)
    assert_anyone_can_use(page, "check")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Choose whether it is one of them"
    )
    page.get_by_label("Yes: A**** R****").check()
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("They have been added")
    assert_anyone_can_use(page, "added")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_label("Who this is")).to_contain_text("Asha Reed")


def test_somebody_behind_a_wall_is_one_sentence(
    page: Page, visit: Callable[[str], None]
) -> None:
    visit("worker")
    write_down(page, "Asha", "Reed", ("3", "2", "1992"))
    warned = page.get_by_role("status")
    page.get_by_label("Mobile number").fill("07700 900111")
    expect(warned).to_have_text(ASK)
    assert_anyone_can_use(page, "add-hidden")
    page.get_by_label("Mobile number").fill("")
    page.get_by_label("Last name").fill("Somebodyelse")
    expect(warned).to_be_empty()
    page.get_by_label("Last name").fill("Reed")
    page.get_by_label("Mobile number").fill("07700 900111")
    answer_the_rest(page)
    assert_anyone_can_use(page, "check-hidden")
    page.get_by_label("I have asked a supervisor").check()
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("They have been added")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_label("Who this is")).to_contain_text("Asha Reed")
