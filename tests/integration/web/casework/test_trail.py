"""Whoever looks at a person or a case is on the audit trail."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from alongside.care.casework.models import Case
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.walls.context import acting_as
from tests.factories.feeds import receive
from tests.integration.api.machines import trail
from tests.integration.web.casework.conftest import OMAR

LOOKS: tuple[tuple[str, dict[str, int]], ...] = (
    ("/work", {}),
    ("/queue", {"person.seen": 1}),
    ("/queue?format=csv", {"person.seen": 1}),
    ("/cases/{case}", {"person.seen": 1, "case.seen": 1}),
    ("/cases/{case}/note", {"person.seen": 1}),
)
ACTIONS = ("person.seen", "case.seen", "person.refused")


@pytest.fixture
def case_id(fresh_database):
    now = datetime.now(tz=UTC)
    receive([OMAR], now=now)
    worker = User.objects.get(email="worker@llr.example")
    actor = get_actor(user_id=worker.pk, now=now)
    with transaction.atomic(), acting_as(actor):
        return Case.objects.values_list("public_id", flat=True).get()


def test_every_look_at_somebody_is_written_down(case_id, sign_in):
    client = Client()
    sign_in(client)
    for address, expected in LOOKS:
        before = {action: trail(action) for action in ACTIONS}
        assert client.get(address.format(case=case_id)).status_code == 200
        written = {
            action: trail(action) - before[action]
            for action in ACTIONS
            if trail(action) > before[action]
        }
        assert written == expected, address
