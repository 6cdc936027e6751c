"""What is owed without a deadline is settled and taken back, on desks and phones."""

from playwright.sync_api import Page, expect

from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.browser.test_code_rights import decide_against_charging
from tests.integration.web.casework.conftest import ASHA
from tests.integration.web.conftest import PASSWORD

NEWS = "Police to tell them about restorative justice"


def test_what_is_owed_without_a_deadline(page: Page, site: str) -> None:
    case = decide_against_charging()[ASHA["crime_ref"]]
    sign_in(page, site, email="worker@llr.example", password=PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    page.goto(f"{site}/cases/{case}/code-rights/standing")
    waiting = page.get_by_role("region", name="Nobody has said yet")
    expect(waiting).to_contain_text(NEWS)
    assert_axe_clean(page)
    assert_fits(page, width=320)

    waiting.get_by_role("link", name=f"Say what became of it {NEWS}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEWS)
    page.get_by_label("It was kept").check()
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("Say how you know")
    page.get_by_label("How do you know?").fill("A leaflet came with the letter")
    page.get_by_role("button", name="Save").click()

    known = page.get_by_role("region", name="What we know")
    expect(known).to_contain_text("A leaflet came with the letter")
    expect(waiting).not_to_contain_text(NEWS)
    known.get_by_role("link", name=f"Take back {NEWS}").click()
    expect(page.locator("main")).to_contain_text("It is owed again")
    page.get_by_role("button", name="Take it back").click()
    expect(waiting).to_contain_text(NEWS)

    page.goto(f"{site}/standing-promises?rule=R03-RJINFO")
    expect(page.locator("main")).to_contain_text("owed longest first")
    assert_axe_clean(page)
    assert_fits(page, width=320)
