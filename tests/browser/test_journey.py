"""One victim, followed from the report of the crime to the release on licence."""

from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.factories.feeds import receive
from tests.integration.web.casework.conftest import ASHA
from tests.integration.web.conftest import PASSWORD

NARROW, WIDE = 320, 1280
SUSPECT = "S700101"
# What happens, how many days after the day before, what is said, and the stage then.
HAPPENS: tuple[tuple[str, int, dict[str, str], str], ...] = (
    ("Suspect arrested", 2, {}, "Suspect identified"),
    ("Suspect released on bail", 1, {}, "Suspect on bail or under investigation"),
    ("Suspect charged", 20, {}, "Charged"),
    ("First hearing listed", 3, {"Court": "Leicester"}, "First hearing"),
    ("Plea entered", 9, {"Plea": "Not guilty"}, "Preparing for trial"),
    ("Verdict given", 30, {"Verdict": "Guilty"}, "Awaiting sentence"),
    ("Sentenced", 14, {"Sentence": "Custody", "Months in custody": "12"}, "Sentenced"),
    ("Release from custody planned", 90, {}, "Release, licence or recall"),
    ("Released on licence", 14, {}, "Release, licence or recall"),
)
FIRST_DAY = date(2026, 4, 3)


def fill_day(page: Page, question: str, day: date) -> None:
    """Answer a question about a day in its three boxes."""
    boxes = page.get_by_role("group", name=question)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(part).fill(str(number))


def assert_anyone_can_use(page: Page) -> None:
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=NARROW)
    assert_fits(page, width=WIDE)


def choose_event(page: Page, what: str) -> None:
    """Say what happened."""
    page.get_by_role("button", name="Write down what happened").click()
    page.get_by_label("What happened?").select_option(label=what)
    page.get_by_role("button", name="Continue").click()


def write_down(page: Page, what: str, day: date, said: dict[str, str]) -> None:
    """Write down that something happened to the suspect on a day."""
    choose_event(page, what)
    known = page.get_by_label(f"suspect {SUSPECT}")
    if known.count():
        known.check()
    else:
        page.get_by_label("whoever is suspected of it").check()
        page.get_by_label("Police number of the suspect").fill(SUSPECT)
    fill_day(page, "Date it happened", day)
    fill_day(page, "Date on which whoever must tell them got the news", day)
    for label, answer in said.items():
        field = page.get_by_label(label, exact=True)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=answer)
        else:
            field.fill(answer)
    page.get_by_role("button", name="Write it down").click()


def test_one_victim_from_report_to_release(page: Page, site: str) -> None:
    receive([ASHA], now=datetime.now(tz=UTC) - timedelta(days=1))
    sign_in(page, site, email="specialist@llr.example", password=PASSWORD)
    page.goto(f"{site}/queue")
    page.get_by_role("link", name="Asha Reed").click()
    page.get_by_role("button", name="Take this case").click()
    page.get_by_role("button", name="Journey").click()
    assert_anyone_can_use(page)
    way = page.locator(".al-way").first

    day = FIRST_DAY
    for what, later, said, stage in HAPPENS:
        day += timedelta(days=later)
        write_down(page, what, day, said)
        expect(way.locator("[aria-current]")).to_contain_text(stage)
    assert_anyone_can_use(page)

    # The news of the release reached her, and whose word that is stands beside it.
    page.get_by_role("link", name="They were told").first.click()
    page.get_by_label("probation").check()
    page.get_by_label("Phone call").check()
    fill_day(page, "Date they were told", day)
    page.get_by_label("Time").fill("15:00")
    page.get_by_label("How do we know?").fill("The liaison officer told us")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("The liaison officer told us")

    # A slip is put right and stays to be seen.
    page.get_by_role("link", name="It did not happen").first.click()
    page.get_by_label("Why does it not count?").fill("It was another man")
    page.get_by_role("button", name="It did not happen").click()
    expect(page.locator("main")).to_contain_text("It was another man")


def test_a_day_that_cannot_be_is_said_beside_the_field(page: Page, site: str) -> None:
    receive([ASHA], now=datetime.now(tz=UTC) - timedelta(days=1))
    sign_in(page, site, email="specialist@llr.example", password=PASSWORD)
    page.goto(f"{site}/queue")
    page.get_by_role("link", name="Asha Reed").click()
    page.get_by_role("button", name="Take this case").click()
    page.get_by_role("button", name="Journey").click()
    choose_event(page, "Suspect arrested")
    page.get_by_label("whoever is suspected of it").check()
    tomorrow = datetime.now(tz=UTC).date() + timedelta(days=2)
    fill_day(page, "Date it happened", tomorrow)
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_axe_clean(page)
