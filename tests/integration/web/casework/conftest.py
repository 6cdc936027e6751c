"""People whose cases are worked. Everybody is invented."""

import html
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from alongside.care.casework.models import Case, Victimisation
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.accounts.types import Actor
from alongside.walls.context import acting_as
from alongside.workflows.pass_on import take_cases
from tests.factories.feeds import receive

ASHA = {
    "crime_ref": "26000000001",
    "given_names": "Asha",
    "surname": "Reed",
    "date_of_birth": "1992-02-03",
    "flags": "domestic_abuse",
    "consent_referral": "given",
    "safe_phone": "y",
    "safe_email": "n",
    "email": "asha@people.example",
    "contact_times": "weekday mornings",
}
OMAR = {
    "crime_ref": "26000000002",
    "given_names": "Omar",
    "surname": "Bell",
    "date_of_birth": "1960-07-01",
}
LENA = {
    "crime_ref": "26000000003",
    "given_names": "LENA",
    "surname": "FROST",
    "date_of_birth": "1985-11-30",
}


@pytest.fixture
def now() -> datetime:
    """The moment of the test, by the clock that the site uses."""
    return datetime.now(tz=UTC)


@pytest.fixture
def received(db: None, now: datetime) -> None:
    """Asha (high risk, owed enhanced support), Omar and Lena, ten days ago."""
    receive([ASHA, OMAR, LENA], now=now - timedelta(days=10))


@pytest.fixture
def actor_as(db: None, now: datetime) -> Callable[[str], Actor]:
    """The demonstration's account for a role, as operations take it."""

    def actor(name: str) -> Actor:
        user = User.objects.get(email=f"{name}@llr.example")
        return get_actor(user_id=user.pk, now=now)

    return actor


@pytest.fixture
def worker(received: None, actor_as: Callable[[str], Actor]) -> Iterator[Actor]:
    """Tom Hollis, acting for the length of the test."""
    actor = actor_as("worker")
    with acting_as(actor):
        yield actor


@pytest.fixture
def case_of(worker: Actor) -> Callable[[dict[str, str]], UUID]:
    """The case of somebody who was received."""

    def find(row: dict[str, str]) -> UUID:
        matter = Victimisation.objects.get(crime_ref=row["crime_ref"])
        cases = Case.objects.values_list("public_id", flat=True)
        found: UUID = cases.get(pk=matter.case_id or 0)
        return found

    return find


@pytest.fixture
def asha(case_of: Callable[[dict[str, str]], UUID]) -> UUID:
    return case_of(ASHA)


@pytest.fixture
def omar(case_of: Callable[[dict[str, str]], UUID]) -> UUID:
    return case_of(OMAR)


@pytest.fixture
def held_by_tom(worker: Actor, asha: UUID, omar: UUID, now: datetime) -> None:
    """Tom holds Asha's case and Omar's; nobody holds Lena's."""
    take_cases(actor=worker, now=now, case_ids=[asha, omar])


@pytest.fixture
def tom(worker: Actor, client_as: Callable[[str], Client]) -> Client:
    return client_as("worker")


@pytest.fixture
def sarah(worker: Actor, client_as: Callable[[str], Client]) -> Client:
    """The supervisor."""
    return client_as("supervisor")


def text_of(response: HttpResponse) -> str:
    """A page's mark-up with its entities read."""
    return html.unescape(response.content.decode())


def typed_day(name: str, day: date) -> dict[str, str]:
    """A day as the three boxes of a date send it."""
    return {
        f"{name}_0": str(day.day),
        f"{name}_1": str(day.month),
        f"{name}_2": str(day.year),
    }
