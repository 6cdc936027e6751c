"""The administrator, a worker, and an instrument small enough to read."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.accounts.types import Actor

SMALL = """
code = "small"
version = 1
title = "A small one"
purpose = "To be read in a test."
source = "This test"
licence = "Ours"
confidence = "local"
in_force = 2026-01-01

[[section]]
code = "only"
heading = "The only section"

[[section.question]]
code = "well"
kind = "choice"
words = "Are you well?"
required = true
options = [{ code = "yes", words = "Yes" }, { code = "no", words = "No", score = 1 }]

[[score]]
code = "unwell"
words = "Unwell"
counting = "sum"
questions = ["well"]
band = [
  { code = "low", words = "Low", at_least = 0 },
  { code = "high", words = "High", at_least = 1, risk = "high", asks = ["supervisor"] },
]
"""


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
def administrator(actor_as: Callable[[str], Actor]) -> Actor:
    return actor_as("administrator")


@pytest.fixture
def worker(actor_as: Callable[[str], Actor]) -> Actor:
    return actor_as("worker")
