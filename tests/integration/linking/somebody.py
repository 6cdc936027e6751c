"""Somebody who comes by themselves, and the worker who writes them down."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from alongside.foundation.accounts.types import Actor
from alongside.walls.context import acting_as
from alongside.workflows.receiving.by_hand import CameBy, NewArrival
from alongside.workflows.register_person import Registered, register_person
from tests.integration.walls.conftest import actor_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WORKER, SUPERVISOR = "worker@llr.example", "supervisor@llr.example"
BORN = date(1971, 5, 6)
ADA = NewArrival(
    given_names="Ada Mary",
    surname="Swinton",
    came_by=CameBy.THEMSELVES,
    happened="Somebody broke my kitchen window",
    date_of_birth=BORN,
    gender="female",
    mobile_phone="+447700900555",
    email="ada@swinton.example",
    address_lines=("4 Mill Lane",),
    postcode="LE1 5YA",
)


def worker() -> Actor:
    """A contact worker of the service."""
    actor: Actor = actor_of(WORKER)
    return actor


def arrive(arrival: NewArrival = ADA, *, by: Actor | None = None) -> Registered:
    """Write somebody down, and commit."""
    actor = by or worker()
    with acting_as(actor), transaction.atomic():
        return register_person(actor=actor, now=NOW, arrival=arrival)


def like(arrival: NewArrival = ADA, **differently: Any) -> NewArrival:
    """The same with something different."""
    return replace(arrival, **differently)
