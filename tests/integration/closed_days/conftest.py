"""Two people who are owed a first contact, and who keeps the calendar."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.types import THE_SERVICE, NewClosing
from tests.factories.feeds import receive
from tests.support.receiving import ask


@pytest.fixture
def now() -> datetime:
    """The moment of the test, by the clock that the site uses."""
    return datetime.now(tz=UTC)


@pytest.fixture
def actor_as(now: datetime) -> Callable[[str], Actor]:
    """The demonstration's account for a role, as operations take it."""

    def actor(name: str) -> Actor:
        user = User.objects.get(email=f"{name}@llr.example")
        return get_actor(user_id=user.pk, now=now)

    return actor


@pytest.fixture
def contact_due(now: datetime):
    """Two people came today; by when the service is to reach them."""
    receive(
        [
            {"given_names": "Omar", "surname": "Bell", "crime_ref": "26000000002"},
            {"given_names": "Lena", "surname": "Frost", "crime_ref": "26000000003"},
        ],
        now=now,
    )
    ((due,),) = ask("SELECT DISTINCT due_on FROM journey_clock WHERE rule = 'FC-FIRST'")
    assert due > local_day(now)
    return due


@pytest.fixture
def closing():
    """A day, as the form gives it: of this service unless others are said."""

    def made(day, *holders, last=None):
        return NewClosing(
            first=day,
            last=last or day,
            title="Office move",
            reason="No telephones",
            holders=holders or (THE_SERVICE,),
        )

    return made


@pytest.fixture
def asked(contact_due, closing):
    """The day by which the two are to be reached, as a day the service is closed."""
    return closing(contact_due)
