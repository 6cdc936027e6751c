"""Time the pages a worker lives in, in a process of its own; prints JSON."""

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.databases import open_copy

WORKER = "worker@llr.example"
CASELOAD = 30
TIMES = 25
Page = Callable[[], str]


def main(database: str) -> None:
    """Sign a worker in, give them a caseload, and ask for each page again and again."""
    open_copy(database)
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    client, case_id, person_id = _worker_at_work()
    pages = {
        "my work": "/work",
        "queue": "/queue",
        "case page": f"/cases/{case_id}",
        "person page": f"/people/{person_id}",
    }
    found = {name: _measure(client, path) for name, path in pages.items()}
    sys.stdout.write(json.dumps(found))


def _worker_at_work() -> tuple[Any, str, str]:
    """(a client signed in, one of their cases, its person)."""
    from datetime import UTC, datetime

    from django.db import transaction

    from alongside.care.casework import queries as casework
    from alongside.care.casework.operations.working import take_case
    from alongside.care.people import queries as people
    from alongside.walls.context import acting_as

    now = datetime.now(tz=UTC)
    client, actor = sign_in(WORKER)
    with acting_as(actor), transaction.atomic():
        team = actor.team_id or 0
        cases = casework.list_queue(actor=actor, team_id=team, limit=CASELOAD)
        for case in cases:
            take_case(actor=actor, now=now, case_id=case.public_id)
        person_ids = people.list_public_ids(person_ids=[cases[0].person_id])
    return client, str(cases[0].public_id), str(person_ids[cases[0].person_id])


def sign_in(email: str) -> tuple[Any, Any]:
    """A client in which somebody of the demonstration has signed in, and as whom.

    A code works once, and half a minute has one: the ones either side of it, which are
    taken too, let one person sign in three times in that.

    Raises:
        RuntimeError: they cannot: all of those were used, or the account is stopped.
    """
    from datetime import UTC, datetime

    from django.test import Client

    from alongside.foundation.accounts.models import User
    from alongside.foundation.accounts.queries import get_actor
    from alongside.web.middleware import MEMBERSHIP

    now = datetime.now(tz=UTC)
    user = User.objects.get(email=email)
    client = Client()
    client.post("/sign-in", {"email": email, "password": _password()})
    for code in _codes(now):
        client.post("/sign-in/second-factor", {"way": "app", "code": code})
        if MEMBERSHIP in client.session:
            break
    else:
        raise RuntimeError(f"{email} cannot sign in: try again in half a minute")
    membership = client.session[MEMBERSHIP]
    return client, get_actor(user_id=user.pk, now=now, membership_id=membership)


def _codes(now: Any) -> list[str]:
    from alongside.demo.area import read_practice_secret
    from alongside.foundation.accounts.rules import app_codes

    secret = app_codes.read_secret(read_practice_secret())
    steps = app_codes.steps_open(now, after=0)
    return [app_codes.code_of(secret, step) for step in steps]


def _password() -> str:
    import tomllib

    from alongside.demo.area import DATA

    given = tomllib.loads((DATA / "area.toml").read_text(encoding="utf-8"))
    return str(given["password"])


def _measure(client: Any, path: str) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)  # templates are compiled once
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"the page answered {answer.status_code}")
    queries = len(captured)  # the next request empties the record
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        client.get(path)
        taken.append((time.perf_counter() - started) * 1000)
    return {"queries": queries, "ms": median(taken)}


if __name__ == "__main__":
    main(*sys.argv[1:])
