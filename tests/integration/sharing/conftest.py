"""Asha's case, a live agreement with Harbour, and everybody who acts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.accounts.types import Actor
from alongside.walls.context import acting_as
from tests.factories.feeds import receive
from tests.factories.sharing import case_of, make_agreement

ASHA = {
    "crime_ref": "26000000001",
    "given_names": "Asha",
    "surname": "Reed",
    "date_of_birth": "1992-02-03",
    "flags": "domestic_abuse",
    "consent_referral": "given",
    "safe_phone": "y",
    "email": "asha@people.example",
}


@pytest.fixture
def now() -> datetime:
    return datetime.now(tz=UTC)


@pytest.fixture
def actor_as(db: None, now: datetime) -> Callable[[str], Actor]:
    """The demonstration's account for a role, as operations take it."""

    def actor(name: str) -> Actor:
        user = User.objects.get(email=f"{name}@llr.example")
        return get_actor(user_id=user.pk, now=now)

    return actor


@pytest.fixture
def worker(actor_as: Callable[[str], Actor]) -> Actor:
    """Tom Hollis, of the service that holds the case."""
    return actor_as("worker")


@pytest.fixture
def maeve(actor_as: Callable[[str], Actor]) -> Actor:
    """The manager of Harbour."""
    return actor_as("provider")


@pytest.fixture
def keeper(actor_as: Callable[[str], Actor]) -> Actor:
    """Information governance of the service."""
    return actor_as("information")


@pytest.fixture
def asha(worker: Actor, now: datetime) -> UUID:
    """Asha's case, received ten days ago."""
    receive([ASHA], now=now - timedelta(days=10))
    with acting_as(worker):
        return case_of(ASHA["crime_ref"])


@dataclass(frozen=True)
class Stage:
    """The moment, Asha's case, and everybody who acts."""

    now: datetime
    asha: UUID
    worker: Actor
    maeve: Actor
    keeper: Actor


@pytest.fixture
def stage(asha: UUID, actor_as: Callable[[str], Actor], now: datetime) -> Stage:
    """Tom holds Asha's case, Maeve runs Harbour, Bea keeps the register."""
    return Stage(
        now=now,
        asha=asha,
        worker=actor_as("worker"),
        maeve=actor_as("provider"),
        keeper=actor_as("information"),
    )


@pytest.fixture
def agreement(keeper: Actor, now: datetime) -> UUID:
    """A live agreement: identity, contact and crime may go to Harbour for support."""
    return make_agreement(keeper, now=now)
