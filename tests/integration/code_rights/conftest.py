"""The people of the worker's pages, and what happened in their matters."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.care.casework import queries as casework
from alongside.care.journey.models import JourneyEvent
from alongside.workflows.settle_matters import settle_matters_of
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
def case(worker, asha):  # noqa: F811
    return casework.get_case(actor=worker, public_id=asha)


@pytest.fixture
def crime(case):
    return casework.list_crimes(case_ids=[case.pk])[0]


@pytest.fixture
def happened(crime, case, now, worker):  # noqa: F811
    """Something that happened in Asha's matter so many days ago."""

    def put(event, *, days, detail=None):
        event = JourneyEvent.objects.create(
            area_id=case.area_id,
            victimisation_id=crime.victimisation_id,
            event=event,
            suspect_ref="",
            occurred_at=now - timedelta(days=days),
            received_at=now - timedelta(days=days),
            detail=detail or {},
            source="test",
            content_hash=uuid4(),
            recorded_at=now,
        )
        settle_matters_of(
            actor=worker, now=now, victimisation_ids=[crime.victimisation_id]
        )
        return event

    return put


@pytest.fixture
def acting(worker, now, asha):  # noqa: F811
    """Tom, now, in Asha's case: what every write about a right names."""
    return {"actor": worker, "now": now, "case_id": asha}
