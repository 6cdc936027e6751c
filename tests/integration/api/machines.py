"""A force's machine, its worker, and what can be seen of them from outside."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db import connections
from django.test import Client

from alongside.foundation.gateways.database_setup import prepare
from alongside.workflows.give_token import give_token
from alongside.workflows.receive_waiting import receive_next
from tests.support.databases import installation

DELIVERIES = "/api/v1/deliveries"
PROGRESS = "/api/v1/progress"


@dataclass
class Machine:
    """What a force's own system does with the API."""

    token: str
    client: Client = field(default_factory=Client)

    def send(
        self, body: bytes, *, to: str = DELIVERIES, kind: str = "text/csv", **extra: Any
    ) -> Any:
        return self.client.post(
            to, data=body, content_type=kind, headers=self._headers(), **extra
        )

    def ask(self, address: str, **query: Any) -> Any:
        return self.client.get(address, query or None, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def machine_of(force_code: str, **options: Any) -> Machine:
    """A machine with a token of its own."""
    token = give_token(
        actor="test",
        now=datetime.now(tz=UTC),
        force_code=force_code,
        label="test",
        **options,
    )
    return Machine(token)


def receive_all() -> int:
    """What a worker does until nothing waits; how many deliveries it settled."""
    settled = 0
    while receive_next(now=datetime.now(tz=UTC)):
        settled += 1
    return settled


def stored() -> tuple[int, int]:
    """How many deliveries and parts of bodies the database holds."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM intake_delivery), count(*)"
            " FROM intake_deliverypart"
        )
        whole, parts = cursor.fetchone()
    return whole, parts


def trail(action: str) -> int:
    """How many entries of the audit trail say that this was done.

    Only the auditor can read the trail, and Django has no such connection.
    """
    reach = prepare(installation(connections["default"].settings_dict["NAME"]))
    with psycopg.connect(reach.auditor.conninfo()) as connection:
        found = connection.execute(
            "SELECT count(*) FROM audit.entry WHERE action = %s", (action,)
        ).fetchone()
    assert found is not None
    return int(found[0])
