"""Who owes what: filtered, opened, kept with evidence; silence, escalation, compliance.

By keyboard throughout, and once with scripts switched off.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Download, Locator, Page, expect

from alongside.care.casework.models import Case, Victimisation
from alongside.care.journey.models import Clock, JourneyEvent
from alongside.care.journey.tables import RULES
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.lib.local import LONDON, local_day
from alongside.walls.context import acting_as
from alongside.workflows.escalate import escalate_everywhere
from alongside.workflows.pass_on import take_cases
from alongside.workflows.settle_matters import settle_matters_of
from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.factories.feeds import receive
from tests.integration.web.casework.conftest import ASHA, OMAR
from tests.integration.web.conftest import PASSWORD

NARROW, WIDE = 320, 1280
ARREST = "Police to tell them about the arrest"
HEARING = "Witness care to tell them when and where the hearing is"
LATE = {"R06-ARREST": 12, "R08-HEARDATE": 10}  # days past the day


@pytest.fixture
def owed(site: str) -> str:
    """The site, where police and witness care owe Asha something for some days, and of
    it Tom, supervisors and whoever owes it were told."""
    now = datetime.now(tz=UTC)
    receive([ASHA, OMAR], now=now - timedelta(days=20))
    user = User.objects.get(email="worker@llr.example")
    worker = get_actor(user_id=user.pk, now=now)
    with acting_as(worker), transaction.atomic():
        take_cases(
            actor=worker,
            now=now,
            case_ids=list(Case.objects.values_list("public_id", flat=True)),
        )
        crime = Victimisation.objects.get(crime_ref=ASHA["crime_ref"])
        _bailed(crime, now)
        settle_matters_of(actor=worker, now=now, victimisation_ids=[crime.pk])
        # What the report started is out of the way: what is owed is said here.
        Clock.objects.filter(met_on=None).update(not_owed_reason="told_by_another")
        for rule, days in LATE.items():
            _owe(crime, rule, days, now)
    escalate_everywhere(now=now)
    return site


def _bailed(crime: Victimisation, now: datetime) -> None:
    """Bail that ended some days ago, and nobody said what comes next."""
    ended = local_day(now) - timedelta(days=5)
    at = now - timedelta(days=15)
    JourneyEvent.objects.create(
        area_id=crime.area_id,
        victimisation=crime,
        event="suspect_bailed",
        suspect_ref="S-1",
        occurred_at=at,
        received_at=at + timedelta(hours=1),
        detail={"until": ended.isoformat()},
        source="test",
        content_hash=uuid4(),
        recorded_at=now,
    )


def _owe(crime: Victimisation, rule: str, days: int, now: datetime) -> None:
    row = max(
        (one for one in RULES if one.code == rule), key=lambda one: one.in_force_from
    )
    due = local_day(now) - timedelta(days=days)
    assert crime.case_id is not None
    Clock.objects.create(
        area_id=crime.area_id,
        case_id=crime.case_id,
        victimisation=crime,
        rule=rule,
        rule_from=row.in_force_from,
        starts_at=datetime.combine(due - timedelta(days=3), time(9), LONDON),
        due_on=due,
        enhanced=False,
        holder=row.duty_holder,
    )


def press(page: Page, thing: Locator) -> None:
    """Reach something by Tab alone, and press Enter on it."""
    thing.wait_for()
    page.evaluate("document.activeElement?.blur()")
    stops = page.locator("a, button, input, select, textarea, summary, [tabindex]")
    for _ in range(stops.count() + 1):
        page.keyboard.press("Tab")
        if thing.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError("Tab never reaches it")


def go(page: Page, thing: Locator) -> None:
    """The same, where another page follows."""
    with page.expect_navigation():
        press(page, thing)


def assert_anyone_can_use(page: Page) -> None:
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=NARROW)
    assert_fits(page, width=WIDE)


def test_a_supervisor_sees_what_the_force_owes_and_keeps_it(
    page: Page, owed: str
) -> None:
    sign_in(page, owed, email="supervisor@llr.example", password=PASSWORD)
    go(page, page.get_by_role("link", name="Who owes what"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Who owes what")
    assert_anyone_can_use(page)

    page.get_by_label("Due", exact=True).focus()
    page.get_by_label("Due", exact=True).select_option(label="Overdue")
    page.get_by_label("Owed by", exact=True).select_option(label="Police")
    go(page, page.get_by_role("button", name="Show"))
    rows = page.get_by_role("region", name="Overdue, Police, soonest due first")
    expect(rows).to_contain_text(ARREST)
    expect(rows).not_to_contain_text(HEARING)

    go(page, rows.get_by_role("link", name="Asha Reed"))
    promises = page.get_by_label("Open promises")
    expect(promises).to_contain_text("Owed next")
    expect(promises.get_by_text(ARREST)).to_have_count(1)
    assert_anyone_can_use(page)
    go(page, promises.get_by_role("link", name="promises"))
    expect(page.locator("main")).to_contain_text("The worker who holds the case")
    go(page, page.get_by_role("link", name=ARREST))

    go(page, page.get_by_role("button", name="Save"))
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("It was kept").focus()
    page.keyboard.press("Space")
    page.get_by_label("How do you know?").focus()
    page.keyboard.type("She showed me the officer's text of that day")
    assert_axe_clean(page)
    go(page, page.get_by_role("button", name="Save"))
    page.get_by_text("She showed me the officer's text of that day").first.wait_for()

    page.goto(f"{owed}/owed?due=overdue&holder=police")
    expect(page.locator("main")).not_to_contain_text(ARREST)


def test_silent_cases_are_found_by_what_is_missing(page: Page, owed: str) -> None:
    sign_in(page, owed, email="supervisor@llr.example", password=PASSWORD)
    page.goto(f"{owed}/owed")
    go(page, page.get_by_role("button", name="Silent cases"))
    assert_anyone_can_use(page)
    row = page.get_by_role("row").filter(has_text="The day on which bail ends")
    go(page, row.get_by_role("link"))
    expect(page.locator("main")).to_contain_text("Asha Reed")
    expect(page.locator("main")).not_to_contain_text("Omar Bell")
    assert_anyone_can_use(page)
    with page.expect_download() as waiting:
        press(page, page.get_by_role("link", name="Save as a file (CSV)"))
    (line,) = read(waiting.value)
    assert line["worker"] == "Tom Hollis"
    go(page, page.get_by_role("link", name="Asha Reed"))
    asks = page.get_by_label("This case asks for something")
    press(page, asks.locator("summary"))
    expect(asks.get_by_text("The day on which bail ends has passed")).to_be_visible()


def test_what_came_of_telling_somebody_is_written_down(page: Page, owed: str) -> None:
    sign_in(page, owed, email="supervisor@llr.example", password=PASSWORD)
    page.goto(f"{owed}/owed/told")
    assert_anyone_can_use(page)
    page.get_by_label("Told", exact=True).focus()
    page.get_by_label("Told", exact=True).select_option(label="The body that owes it")
    go(page, page.get_by_role("button", name="Show"))
    row = page.get_by_role("row").filter(has_text=HEARING)
    go(page, row.get_by_role("link", name="Say what came of it"))
    go(page, page.get_by_role("button", name="Save"))
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say what came of it")
    page.get_by_label("What came of it?").focus()
    page.keyboard.type("Witness care rang her today")
    assert_anyone_can_use(page)
    go(page, page.get_by_role("button", name="Save"))
    told = page.get_by_role("row").filter(has_text="Witness care rang her today")
    expect(told).to_have_count(1)

    # The letter asks about what nobody answered, and names no person.
    go(page, page.get_by_role("button", name="Letter to the witness care unit"))
    expect(page.locator("main")).to_contain_text("Nothing to write about")
    expect(page.locator("main")).not_to_contain_text("Asha")


def test_compliance_is_a_page_and_a_file(page: Page, owed: str) -> None:
    now = datetime.now(tz=UTC)
    user = User.objects.get(email="worker@llr.example")
    with acting_as(get_actor(user_id=user.pk, now=now)), transaction.atomic():
        crime = Victimisation.objects.get(crime_ref=ASHA["crime_ref"])
        # Past its day in a month that is over: this one is not counted yet.
        _owe(crime, "R06-ARREST", 40, now)
    sign_in(page, owed, email="supervisor@llr.example", password=PASSWORD)
    go(page, page.get_by_role("link", name="More"))
    go(page, page.get_by_role("link", name="Promises kept"))
    expect(page.get_by_role("heading", level=1)).to_have_text("How promises were kept")
    page.get_by_label("Count by").select_option(label="Who owed it")
    go(page, page.get_by_role("button", name="Show"))
    table = page.get_by_role("region", name="Promises that fell due, by who owed it")
    expect(table).to_contain_text("Police")
    assert_anyone_can_use(page)
    with page.expect_download() as waiting:
        press(page, page.get_by_role("link", name="Save as CSV"))
    assert [line["group"] for line in read(waiting.value)][-1] == "All"

    without = "Count also what is owed without a deadline"
    expect(page.get_by_role("region", name="Owed without a deadline")).to_have_count(0)
    go(page, page.get_by_role("link", name=without))
    expect(page.get_by_label("Count by")).to_have_value("holder")
    expect(
        page.get_by_label("Owed without a deadline", exact=True).first
    ).to_have_value("yes")
    expect(page.get_by_role("link", name=without)).to_have_count(0)
    assert_anyone_can_use(page)


def read(download: Download) -> list[dict[str, str]]:
    with Path(download.path()).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(
        java_script_enabled=False, locale="en-GB", timezone_id="Europe/London"
    )
    yield context.new_page()
    context.close()


def test_all_of_it_works_without_scripts(plain: Page, owed: str) -> None:
    sign_in(plain, owed, email="supervisor@llr.example", password=PASSWORD)
    plain.goto(f"{owed}/owed")
    plain.get_by_label("Owed by").select_option(label="Police")
    plain.get_by_role("button", name="Show").click()
    plain.locator("main").get_by_role("link", name="Asha Reed").first.click()
    plain.locator("main").get_by_role("link", name=ARREST).first.click()
    plain.get_by_label("It was kept").check()
    plain.get_by_label("How do you know?").fill("She showed me the letter")
    plain.get_by_role("button", name="Save").click()
    plain.get_by_text("She showed me the letter").first.wait_for()

    plain.goto(f"{owed}/owed/told?told=holder")
    plain.get_by_role("link", name="Say what came of it").first.click()
    plain.get_by_label("What came of it?").fill("They rang her")
    plain.get_by_role("button", name="Save").click()
    plain.get_by_text("They rang her").first.wait_for()

    plain.goto(f"{owed}/compliance?by=holder")
    expect(plain.locator("main")).to_contain_text("How promises were kept")
    plain.goto(f"{owed}/owed/silent")
    expect(plain.locator("main")).to_contain_text("By what is missing")
