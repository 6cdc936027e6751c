"""The main job, from the file a force sends to the page the worker acts on."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from alongside.foundation.lib.local import local_day
from alongside.workflows.receive_progress import receive_progress_file
from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.factories.feeds import LARGEST, receive
from tests.integration.web.conftest import PASSWORD
from tests.support.feed import MESSAGE, PROGRESS_NAMES, as_csv

ASHA = {
    "crime_ref": "26000000001",
    "given_names": "Asha",
    "surname": "Reed",
    "date_of_birth": "1992-02-03",
    "flags": "domestic_abuse",
    "consent_referral": "given",
    "mobile_phone": "07700 900461",
    "safe_phone": "y",
    "safe_email": "n",
    "email": "asha@people.example",
    "contact_times": "weekday mornings",
}
ASHA_AGAIN = ASHA | {"crime_ref": "26000000002", "offence_code": "8L"}
OMAR = {
    "crime_ref": "26000000003",
    "given_names": "Omar",
    "surname": "Bell",
    "date_of_birth": "1960-07-01",
}
NADIA = {
    "crime_ref": "26000000004",
    "given_names": "Nadia",
    "surname": "Field",
    "date_of_birth": "1979-04-30",
    "consent_referral": "refused",
}
BAILED = MESSAGE | {"extract_id": "LEI-P-1", "crime_ref": ASHA["crime_ref"]}
WHY_ACCEPTED = "She rang us herself and asked for help"
NOTE = "Her sister will sit with her when we ring."
NARROW, WIDE = 320, 1280


@pytest.fixture
def received(site: str) -> str:
    """The site, where a small feed came in yesterday."""
    yesterday = datetime.now(tz=UTC) - timedelta(days=1)
    report = receive([ASHA, ASHA_AGAIN, OMAR, NADIA], now=yesterday)
    assert (report.accepted, report.held) == (3, 1)
    return site


@pytest.fixture
def visit(page: Page, received: str) -> Callable[[str], None]:
    """Signs in as one of the demonstration's accounts, whoever was there before."""

    def change(name: str) -> None:
        leave = page.get_by_role("button", name="Sign out")
        if leave.count():
            leave.click()
        sign_in(page, received, email=f"{name}@llr.example", password=PASSWORD)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")

    return change


def assert_anyone_can_use(page: Page) -> None:
    """By keyboard, by what a machine can hear, and on the narrowest screen."""
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=NARROW)
    assert_fits(page, width=WIDE)


def follow(page: Page, place: str) -> None:
    """Go where the main navigation says, or what it keeps behind "More"."""
    bar = page.get_by_label("Main")
    if bar.get_by_role("link", name=place).count():
        bar.get_by_role("link", name=place).click()
    else:
        bar.get_by_role("link", name="More").click()
        page.get_by_role("main").get_by_role("link", name=place).click()


def press(page: Page, name: str) -> None:
    """Press a button in the page itself."""
    page.get_by_role("main").get_by_role("button", name=name).click()


def entry(page: Page, words: str) -> Locator:
    """The entries of the timeline that say something."""
    return page.locator(".al-event").filter(has_text=words)


def fill_day(page: Page, question: str, day: date) -> None:
    """Answer a question about a day in its three boxes."""
    boxes = page.get_by_role("group", name=question)
    boxes.get_by_label("Day").fill(str(day.day))
    boxes.get_by_label("Month").fill(str(day.month))
    boxes.get_by_label("Year").fill(str(day.year))


def in_days(days: int) -> date:
    """A day some days from now, by London's calendar."""
    return local_day(datetime.now(tz=UTC)) + timedelta(days=days)


def narrow_queue(page: Page, team: str) -> None:
    """Open a team's queue."""
    follow(page, "Team queue")
    page.get_by_label("Team", exact=True).select_option(team)
    press(page, "Show")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Team queue: {team}")


def give_the_case_out(page: Page) -> None:
    """The supervisor sees who waits, and gives the case to a worker."""
    narrow_queue(page, "Enhanced support")
    assert_anyone_can_use(page)
    page.get_by_label("Select Asha Reed").check()
    press(page, "Give the ticked cases to a worker")
    assert_anyone_can_use(page)
    page.get_by_label("Priya Raval").check()
    press(page, "Give")
    expect(page.get_by_role("alert")).to_contain_text("1 case given to Priya Raval")


def accept_the_held_referral(page: Page) -> None:
    """The supervisor reads why it is held, accepts it, and is on its case."""
    follow(page, "Held")
    held = page.get_by_role("article").filter(has_text="Nadia Field")
    expect(held).to_contain_text("No consent to be referred")
    assert_anyone_can_use(page)
    held.get_by_role("button", name="See what the police said").click()
    assert_anyone_can_use(page)
    press(page, "Accept anyway")
    assert_anyone_can_use(page)
    page.get_by_label("Why can it be worked?").fill(WHY_ACCEPTED)
    press(page, "Accept and open the case")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nadia Field")
    expect(entry(page, WHY_ACCEPTED)).to_have_count(1)


def receive_progress(folder: Path) -> None:
    """The force sends one more file: the suspect is on bail."""
    path = folder / "progress.csv"
    path.write_bytes(as_csv([BAILED], PROGRESS_NAMES))
    now = datetime.now(tz=UTC)
    assert receive_progress_file(path=path, now=now, max_bytes=LARGEST).accepted == 1


def open_from_my_work(page: Page) -> None:
    """The worker finds the case on their home page."""
    follow(page, "My work")
    expect(page.get_by_role("row").filter(has_text="Asha Reed")).to_contain_text(
        "High risk. Enhanced: The police flagged this as domestic abuse"
    )
    assert_anyone_can_use(page)
    page.get_by_role("link", name="Asha Reed").click()


def see_who_it_is(page: Page) -> None:
    """Identity, what is safe, how much support and why, promises, and the story."""
    identity = page.get_by_label("Who this is")
    for words in ("Asha Reed", "Enhanced", "as domestic abuse", "Priya Raval"):
        expect(identity).to_contain_text(words)
    expect(identity.locator(".al-channel--safe")).to_have_text(re.compile("Call"))
    expect(identity.locator(".al-channel--unsafe")).to_have_text(re.compile("E-mail"))
    expect(identity).to_contain_text("Use only ✓")
    expect(page.get_by_label("Open promises")).to_contain_text(
        "We make a first attempt to reach them"
    )
    expect(entry(page, "2 referrals received")).to_have_count(1)
    for row in (ASHA, ASHA_AGAIN):
        expect(entry(page, f"Reference {row['crime_ref']}")).to_have_count(1)
    assert_anyone_can_use(page)


def see_what_the_police_did(page: Page) -> None:
    """What the force told us is on the timeline, and what it owes is a promise."""
    expect(entry(page, "Suspect released on bail")).to_contain_text("5 May 2026")
    page.get_by_role("link", name=re.compile("All .* promises")).click()
    told = page.get_by_role("row").filter(has_text="Police to tell them about bail")
    expect(told).to_contain_text("Overdue")
    assert_anyone_can_use(page)
    page.get_by_role("link", name="Back to the case").click()


def log_a_call(page: Page) -> None:
    """Only what is safe is offered; the rest is refused in words. Nobody answers."""
    press(page, "Log contact")
    expect(page.get_by_role("radio", name="Phone call")).to_have_count(1)
    for refused in ("Voicemail", "Text message", "E-mail"):
        expect(page.get_by_role("radio", name=refused)).to_have_count(0)
    said = page.get_by_role("main")
    expect(said).to_contain_text("E-mail: Marked as not safe")
    expect(said).to_contain_text(
        "a channel nobody has marked safe is treated as unsafe"
    )
    page.get_by_label("Phone call").check()
    assert_anyone_can_use(page)
    page.locator("select[name=result_phone]").select_option(label="No answer")
    page.get_by_label("What was said").fill("It rang out.")
    page.get_by_label("What happens next?").fill("Ring again before noon")
    fill_day(page, "Date by which it happens", in_days(3))
    press(page, "Log contact")
    expect(entry(page, "It rang out.")).to_contain_text("Phone call: No answer")
    expect(page.get_by_label("Next action").first).to_contain_text("Ring again before")


def write_a_note(page: Page) -> None:
    """Something for whoever opens the case next."""
    press(page, "Add note")
    assert_anyone_can_use(page)
    page.get_by_label("Add a note").fill(NOTE)
    press(page, "Add note")
    expect(entry(page, NOTE)).to_contain_text("Priya Raval")


def close_and_reopen(page: Page) -> None:
    """The case ends, and then does not."""
    page.get_by_role("link", name="Close case").click()
    assert_anyone_can_use(page)
    page.get_by_label("Declined support").check()
    press(page, "Continue")
    assert_anyone_can_use(page)
    press(page, "Close case")
    expect(page.get_by_label("Next action").first).to_contain_text("Declined support")
    press(page, "Reopen")
    assert_anyone_can_use(page)
    page.get_by_label("Why does it open again?").fill("She rang back.")
    page.get_by_label("What happens next?").fill("Ring her")
    fill_day(page, "Date by which it happens", in_days(1))
    press(page, "Reopen")
    expect(page.get_by_label("Next action").first).to_contain_text("Ring her")


def see_everything_held_about_her(page: Page) -> None:
    """The page about the person herself."""
    page.get_by_role("link", name="Everything we hold about them").click()
    expect(page.get_by_role("main")).to_contain_text("Born 3 February 1992")
    assert_anyone_can_use(page)


def see_that_none_is_astray(page: Page) -> None:
    """Every case is counted, and nothing is missing from any."""
    follow(page, "Case status")
    expect(page.get_by_role("main")).to_contain_text("3 cases")
    expect(page.get_by_role("main")).to_contain_text("Nothing is missing from any")
    assert_anyone_can_use(page)


def see_what_became_of_the_file(page: Page) -> None:
    """The force's feed, and one delivery with the fate of its rows."""
    follow(page, "Feeds")
    expect(page.get_by_role("main")).to_contain_text("3 accepted, 1 held, 0 rejected")
    assert_anyone_can_use(page)
    page.get_by_role("link", name="LEI-1", exact=True).click()
    assert_anyone_can_use(page)


def test_nobody_is_lost_from_the_file_to_the_end(
    page: Page, visit: Callable[[str], None], tmp_path: Path
):
    visit("supervisor")
    give_the_case_out(page)
    accept_the_held_referral(page)
    receive_progress(tmp_path)

    visit("specialist")
    open_from_my_work(page)
    see_who_it_is(page)
    see_what_the_police_did(page)
    log_a_call(page)
    write_a_note(page)
    close_and_reopen(page)
    see_everything_held_about_her(page)

    visit("supervisor")
    see_that_none_is_astray(page)
    see_what_became_of_the_file(page)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_main_job_needs_no_scripts(page: Page, visit: Callable[[str], None]):
    visit("specialist")
    narrow_queue(page, "Enhanced support")
    page.get_by_role("link", name="Asha Reed").click()
    press(page, "Take this case")
    press(page, "Log contact")
    page.get_by_label("Phone call").check()
    page.locator("select[name=result_phone]").select_option(label="Spoke with them")
    page.get_by_label("What was said").fill("She would like a visit.")
    press(page, "Log contact")
    expect(entry(page, "She would like a visit.")).to_contain_text("Spoke with them")
    press(page, "Add note")
    page.get_by_label("Add a note").fill(NOTE)
    press(page, "Add note")
    expect(entry(page, NOTE)).to_have_count(1)
    page.get_by_role("link", name="Close case").click()
    page.get_by_label("Supported, enhanced").check()
    page.get_by_label("Why were they not asked again").select_option(index=1)
    press(page, "Continue")
    press(page, "Close case")
    expect(page.get_by_label("Next action").first).to_contain_text(
        "Supported, enhanced"
    )
