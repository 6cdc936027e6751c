"""Consent withdrawn while the other service has the page open, and what each side sees.

Everybody is invented.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.accounts.types import Actor
from alongside.walls.context import acting_as
from alongside.workflows import share_case
from tests.browser.helpers import (
    assert_axe_clean,
    assert_fits,
    assert_keyboard_reachable,
    sign_in,
)
from tests.factories.feeds import receive
from tests.factories.sharing import SUPPORT, agree, case_of, make_agreement, plan
from tests.integration.web.conftest import PASSWORD

ASHA = {
    "crime_ref": "26000000001",
    "given_names": "Asha",
    "surname": "Reed",
    "date_of_birth": "1992-02-03",
    "mobile_phone": "07700 900461",
    "safe_phone": "y",
    "consent_referral": "given",
}
NARROW, WIDE = 320, 1280


def account(name: str, now: datetime) -> Actor:
    user = User.objects.get(email=f"{name}@llr.example")
    return get_actor(user_id=user.pk, now=now)


@dataclass(frozen=True)
class Shared:
    """A referral to Harbour that rests on what Asha said."""

    site: str
    case: UUID
    entry: UUID
    share: UUID
    agreement: UUID


@pytest.fixture
def shared(site: str) -> Shared:
    """Asha's case, an agreement, her consent, and a referral that waits."""
    now = datetime.now(tz=UTC)
    receive([ASHA], now=now - timedelta(days=3))
    agreement = make_agreement(account("information", now), now=now)
    worker = account("worker", now)
    with acting_as(worker), transaction.atomic():
        case = case_of(ASHA["crime_ref"])
        entry = agree(worker, case, now=now)
        asked = plan(case, asked="Would you offer a place in the group?")
        share = share_case.share(actor=worker, now=now, plan=asked)
    return Shared(site, case, entry, share, agreement)


@pytest.fixture
def somebody(browser: Browser, shared: Shared) -> Callable[[str], Page]:
    """A browser of their own for one of the demonstration's accounts."""

    def enter(name: str) -> Page:
        page = browser.new_context(viewport={"width": WIDE, "height": 800}).new_page()
        sign_in(page, shared.site, email=f"{name}@llr.example", password=PASSWORD)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Sign in")
        return page

    return enter


def assert_anyone_can_use(page: Page) -> None:
    assert_axe_clean(page)
    assert_keyboard_reachable(page)
    assert_fits(page, width=NARROW)
    assert_fits(page, width=WIDE)


def test_consent_withdrawn_while_the_page_is_open(
    somebody: Callable[[str], Page], shared: Shared
) -> None:
    maeve, tom = somebody("provider"), somebody("worker")
    maeve.goto(f"{shared.site}/shared/{shared.share}")
    expect(maeve.get_by_role("heading", level=1)).to_contain_text("Asha Reed")
    assert_anyone_can_use(maeve)

    tom.goto(f"{shared.site}/cases/{shared.case}/sharing")
    tom.get_by_role("link", name="Withdraw").click()
    expect(tom.get_by_text("Referral to Harbour")).to_be_visible()
    assert_anyone_can_use(tom)
    tom.get_by_label("The person themselves").check()
    tom.get_by_label("Spoken, in person or on the phone").check()
    tom.get_by_role("button", name="Withdraw consent").click()
    expect(tom.get_by_text("They withdrew their consent")).to_be_visible()

    # Her page still shows what it showed; whatever she presses shows nothing more.
    maeve.get_by_role("button", name="Accept this referral").click()
    expect(
        maeve.get_by_text("This is not shared with you, or no longer")
    ).to_be_visible()
    expect(maeve.get_by_text("Asha")).to_have_count(0)
    maeve.goto(f"{shared.site}/shared")
    expect(maeve.get_by_text("No longer shared with you")).to_be_visible()
    expect(maeve.get_by_text("Asha")).to_have_count(0)


def test_a_worker_shares_and_sees_first_what_they_will_see(
    somebody: Callable[[str], Page], shared: Shared
) -> None:
    tom = somebody("worker")
    for page in ("sharing", "sharing/said", "sharing/share"):
        tom.goto(f"{shared.site}/cases/{shared.case}/{page}")
        assert_anyone_can_use(tom)
    tom.get_by_role("link", name="Support from another service").click()
    tom.get_by_label("They agreed").check()
    tom.get_by_role("button", name="Continue").click()

    expect(tom.get_by_text("They will see")).to_be_visible()
    assert_anyone_can_use(tom)
    tom.get_by_role("button", name="Share").click()
    expect(tom.get_by_text("Shared with Harbour")).to_be_visible()


def test_governance_keeps_the_register(
    somebody: Callable[[str], Page], shared: Shared
) -> None:
    bea = somebody("information")
    for page in ("shares", "agreements", f"agreements/{shared.agreement}"):
        bea.goto(f"{shared.site}/{page}")
        assert_anyone_can_use(bea)
    bea.goto(f"{shared.site}/agreements/new")
    assert_axe_clean(bea)
    assert_fits(bea, width=NARROW)
    bea.get_by_role("button", name="Save draft").click()
    expect(bea.get_by_role("alert")).to_contain_text("Choose at least one other agency")
    assert_axe_clean(bea)
    assert SUPPORT in bea.content()
