"""A delivery with something of each fate in it. Everybody is invented."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.care.intake.types import DeliveryReport
from tests.factories.feeds import receive

NO_CONSENT = {"consent_referral": "refused", "given_names": "Nadia", "surname": "Field"}
OUTSIDE = {"postcode": "SW1A 1AA", "given_names": "Otto", "surname": "Lang"}
CHILD = {
    "date_of_birth": "2014-05-06",
    "consent_referral": "refused",
    "given_names": "Cass",
    "surname": "Young",
}
WELL = {"given_names": "Wendy", "surname": "Marsh"}
BAD = {"date_of_birth": "never"}


@pytest.fixture
def earlier() -> datetime:
    """When the delivery was received: three days ago, so that it can have waited."""
    return datetime.now(tz=UTC) - timedelta(days=3)


@pytest.fixture
def report(db, earlier: datetime) -> DeliveryReport:
    """Five rows: one accepted, three held, one rejected."""
    return receive([WELL, NO_CONSENT, OUTSIDE, CHILD, BAD], now=earlier)


@pytest.fixture
def delivery_page(report: DeliveryReport) -> str:
    """Where that delivery has its page."""
    return f"/feeds/leicestershire/{report.delivery_id}"
