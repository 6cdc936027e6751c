"""A force sends a body: kept whole and received, or refused whole."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.operations import make_token
from alongside.foundation.accounts.types import Role
from tests.integration.api.machines import (
    DELIVERIES,
    PROGRESS,
    Machine,
    machine_of,
    receive_all,
    stored,
    trail,
)
from tests.support.feed import MESSAGE, PROGRESS_NAMES, REFERRAL, as_csv

ONE = as_csv([REFERRAL])


def test_what_is_sent_is_kept_and_received_by_a_worker(force: Machine):
    answer = force.send(ONE)

    assert answer.status_code == 202
    sent = answer.json()
    assert answer.headers["Location"] == sent["address"]
    assert sent["state"] == "received"
    assert sent["extract_id"] == "LEI-1"
    assert force.ask(sent["address"]).json()["rows"] == 0

    assert receive_all() == 1
    told = force.ask(sent["address"]).json()
    assert told["state"] == "visible"
    assert (told["rows"], told["rows_done"], told["accepted"]) == (1, 1, 1)
    assert told["codes"] == {"created": 1}
    assert stored() == (1, 0)


def test_sending_is_on_the_audit_trail(force: Machine):
    force.send(ONE)

    assert trail("delivery.queued") == 1


def test_the_body_waits_sealed(force: Machine):
    force.send(ONE)

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT sealed FROM intake_deliverypart")
        (part,) = cursor.fetchone()
    assert b"Nanda" not in bytes(part)


def test_json_lines_are_the_same_records(force: Machine):
    body = json.dumps(REFERRAL).encode() + b"\n"
    sent = force.send(body, kind="application/x-ndjson").json()
    receive_all()

    assert force.ask(sent["address"]).json()["codes"] == {"created": 1}


def test_the_same_bytes_again_change_nothing(force: Machine):
    first = force.send(ONE)
    waiting = force.send(ONE)
    receive_all()
    received = force.send(ONE)

    assert (waiting.status_code, received.status_code) == (200, 200)
    assert waiting.json() == {**first.json(), "already_received": True}
    assert received.json()["id"] == first.json()["id"]
    assert received.json()["state"] == "visible"
    assert receive_all() == 0
    assert stored() == (1, 0)


def test_the_same_bytes_twice_at_once_are_kept_once(force: Machine):
    def send(ready: Barrier) -> int:
        ready.wait()
        answer = Machine(force.token).send(ONE)
        connections.close_all()
        return int(answer.status_code)

    with ThreadPoolExecutor(4) as machines:
        answers = list(machines.map(send, [Barrier(4)] * 4))
    assert sorted(answers) == [200, 200, 200, 202]
    assert stored() == (1, 1)


def test_progress_messages_are_deliveries_too(force: Machine):
    force.send(ONE)
    body = as_csv([MESSAGE], PROGRESS_NAMES)
    answer = force.send(body, to=PROGRESS)
    assert receive_all() == 2

    assert answer.status_code == 202
    told = force.ask(answer.json()["address"]).json()
    assert (told["kind"], told["state"], told["rows"]) == ("progress", "visible", 1)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"not a list of anything\n", "not CSV"),
        (ONE.replace(b"Paul", b"Pa\xffl"), "not UTF-8"),
        (ONE.replace(b"crime_ref", b"crime_no"), "crime_ref"),
        (as_csv([MESSAGE], PROGRESS_NAMES), "file of progress"),
        (b"\n", "empty"),
        (as_csv([{**REFERRAL, "force_code": "atlantis"}]), "not a force"),
    ],
)
def test_a_bad_file_is_refused_whole(force: Machine, body: bytes, words: str):
    answer = force.send(body)

    assert answer.status_code == 422
    assert words in answer.json()["message"]
    assert stored() == (0, 0)


def test_a_body_over_the_limit_is_refused_before_it_is_read(force: Machine, settings):
    settings.FEED_MAX_BYTES = 3 << 20
    answer = force.send(ONE, CONTENT_LENGTH="4000000")

    assert answer.status_code == 413
    assert answer.json() == {
        "error": "too_large",
        "message": "The body is larger than the limit of 3 MB",
    }
    assert stored() == (0, 0)


def test_a_body_that_breaks_off_is_not_taken_for_a_short_one(force: Machine):
    short: dict[str, Any] = {"wsgi.input": io.BytesIO(ONE[:-30])}
    answer = force.send(ONE, CONTENT_LENGTH=str(len(ONE)), **short)

    assert (answer.status_code, answer.json()["error"]) == (400, "body_incomplete")
    assert stored() == (0, 0)


def test_a_body_of_no_known_length_is_asked_for_it(force: Machine):
    answer = force.send(ONE, CONTENT_LENGTH="")

    assert (answer.status_code, answer.json()["error"]) == (411, "length_needed")


def test_a_body_of_another_kind_is_refused(force: Machine):
    answer = force.send(ONE, kind="application/json")

    assert (answer.status_code, answer.json()["error"]) == (415, "wrong_content_type")


@pytest.mark.parametrize("header", [None, "Bearer ", "Bearer as_nobody", "Basic eDp5"])
def test_nobody_is_let_in_without_a_live_token(force: Machine, header: str | None):
    headers = {"Authorization": header} if header else {}
    answer = force.client.get(DELIVERIES, headers=headers)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["error"] == "unknown_token"


def test_a_token_that_has_ended_lets_nobody_in(force: Machine):
    ended = machine_of("leicestershire", until=datetime.now(tz=UTC))
    lasting = machine_of(
        "leicestershire", until=datetime.now(tz=UTC) + timedelta(days=1)
    )

    assert ended.send(ONE).status_code == 401
    assert lasting.send(ONE).status_code == 202


def test_making_a_token_and_its_account_is_on_the_audit_trail(force: Machine):
    made = trail("account.made"), trail("account.api_access_made")
    machine_of("leicestershire")

    assert (trail("account.made"), trail("account.api_access_made")) == (
        made[0],
        made[1] + 1,
    )


def test_a_token_put_in_place_of_others_ends_them(force: Machine):
    newer = machine_of("leicestershire", in_place_of_others=True)

    assert force.ask(DELIVERIES).status_code == 401
    assert newer.ask(DELIVERIES).status_code == 200


def test_a_token_of_a_role_that_sends_nothing_is_refused(force: Machine):
    token = make_token(
        actor="test",
        now=datetime.now(tz=UTC),
        membership=Membership.objects.get(role=Role.CONTACT_WORKER),
        label="a worker's",
    )

    answer = Machine(token).send(ONE)
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    assert Machine(token).ask(DELIVERIES).status_code == 403


def test_a_force_sends_only_its_own(force: Machine, other_force: Machine):
    answer = other_force.send(ONE)

    assert answer.status_code == 403
    assert stored() == (0, 0)


def test_an_address_that_there_is_not_is_answered_in_words(force: Machine):
    answer = force.ask("/api/v1/persons")

    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_a_method_that_an_address_does_not_take_is_answered_in_words(force: Machine):
    answer = force.client.delete(DELIVERIES)

    assert answer.status_code == 405
    assert answer.json()["message"] == "Use GET or POST here"
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


def test_no_transaction_is_open_while_a_body_comes(force: Machine):
    """A slow sender must not hold one: it would keep the database from tidying up."""
    open_while_reading: list[bool] = []

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            open_while_reading.append(connections["default"].in_atomic_block)
            return super().read(size)

    slow: dict[str, Any] = {"wsgi.input": Slow(ONE)}
    assert force.send(ONE, CONTENT_LENGTH=str(len(ONE)), **slow).status_code == 202
    assert open_while_reading
    assert not any(open_while_reading)
