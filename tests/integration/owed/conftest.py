"""Promises of people who are supported. Everybody is invented."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from alongside.care.casework.models import Case, Victimisation
from alongside.care.journey.models import Clock
from alongside.care.journey.tables import RULES
from alongside.care.journey.types import DutyHolder
from alongside.foundation.lib.local import local_day
from tests.integration.web.casework.conftest import (  # noqa: F401
    actor_as,
    asha,
    case_of,
    held_by_tom,
    now,
    omar,
    received,
    sarah,
    tom,
    worker,
)
from tests.integration.web.conftest import client_as, sign_in  # noqa: F401


@pytest.fixture
def today(now: datetime) -> date:  # noqa: F811
    return local_day(now)


@pytest.fixture
def promise(worker, today) -> Callable[..., Clock]:  # noqa: F811
    """Starts a promise of a rule in a case, due so many days from today."""

    def start(case_id, rule: str, days: int, **fields: object) -> Clock:
        row = max(
            (one for one in RULES if one.code == rule),
            key=lambda one: one.in_force_from,
        )
        case = Case.objects.get(public_id=case_id)
        return Clock.objects.create(
            area_id=case.area_id,
            case=case,
            rule=rule,
            rule_from=row.in_force_from,
            starts_at=case.opened_at,
            due_on=today + timedelta(days=days),
            enhanced=case.tier == "enhanced",
            holder=DutyHolder(row.duty_holder),
            **fields,
        )

    return start


@pytest.fixture
def no_promises(worker) -> None:  # noqa: F811
    """Everything that the report started is settled, out of the way."""
    Clock.objects.filter(met_on=None).update(not_owed_reason="told_by_another")


@pytest.fixture
def police_promise(promise, today) -> Callable[..., Clock]:
    """Starts a promise in the case of a crime, due on a day."""

    def start(crime: str, due: date, rule: str = "R06-ARREST") -> Clock:
        victimisation = Victimisation.objects.get(crime_ref=crime)
        case = Case.objects.get(pk=victimisation.case_id or 0)
        days = (due - today).days
        began: Clock = promise(case.public_id, rule, days, victimisation=victimisation)
        return began

    return start


class World:
    """The fixtures of these tests by name, for a test that needs many of them."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._request = request

    def __getattr__(self, name: str) -> Any:
        return self._request.getfixturevalue(name)


@pytest.fixture
def world(request: pytest.FixtureRequest, worker) -> World:  # noqa: F811
    return World(request)


@pytest.fixture
def victimisation(worker) -> Callable[[UUID], Victimisation]:  # noqa: F811
    """The only crime of a case."""

    def find(case_id: UUID) -> Victimisation:
        return Victimisation.objects.get(case_id=Case.objects.get(public_id=case_id).pk)

    return find
