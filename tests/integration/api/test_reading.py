"""A force reads what became of what it sent, and of nobody else's."""

import csv
import io
from datetime import UTC, datetime

import pytest

from alongside.care.intake.models import Hold
from alongside.care.intake.operations.holds import return_to_force
from alongside.care.intake.types import ReturnCode
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.types import Role
from alongside.walls.context import acting_as
from tests.integration.api.machines import DELIVERIES, Machine, receive_all, trail
from tests.support.feed import REFERRAL, as_csv

MIXED = as_csv(
    [
        REFERRAL,
        {**REFERRAL, "crime_ref": "2", "consent_referral": "refused"},
        {**REFERRAL, "crime_ref": "3", "reported_at": "yesterday"},
    ]
)


@pytest.fixture
def address(force: Machine) -> str:
    """Where a delivery of three rows, one of each fate, can be read."""
    sent = force.send(MIXED).json()
    receive_all()
    return str(sent["address"])


def test_each_row_has_its_fate(force: Machine, address: str):
    rows = force.ask(f"{address}/rows").json()["rows"]

    assert [(one["row"], one["fate"], one["code"]) for one in rows] == [
        (1, "accepted", "created"),
        (2, "held", "no_consent"),
        (3, "rejected", "bad_row"),
    ]
    assert rows[2]["column"] == "reported_at"
    assert set(rows[0]) == {"row", "fate", "code", "column", "message", "codes"}


def test_rows_come_in_pages(force: Machine, address: str):
    first = force.ask(f"{address}/rows", limit=2).json()
    second = force.ask(first["next"]).json()

    assert [one["row"] for one in first["rows"]] == [1, 2]
    assert [one["row"] for one in second["rows"]] == [3]
    assert second["next"] is None


def test_rows_come_as_csv(force: Machine, address: str):
    answer = force.ask(f"{address}/rows.csv")
    lines = list(csv.reader(io.StringIO(answer.getvalue().decode())))

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0] == ["row", "fate", "code", "message", "column"]
    assert [line[0] for line in lines[1:]] == ["1", "2", "3"]
    assert lines[3][4] == "reported_at"


def test_rows_of_a_delivery_that_waits_are_not_there_yet(force: Machine):
    sent = force.send(MIXED).json()

    for part in ("rows", "rows.csv", "returns", "returns.csv"):
        answer = force.ask(f"{sent['address']}/{part}")
        assert answer.status_code == 409
        assert answer.json()["error"] == "not_received_yet"


def test_returns_tell_the_force_what_is_asked_for(force: Machine, address: str):
    assert force.ask(f"{address}/returns").json() == {"returns": []}
    return_the_held_one()

    (returned,) = force.ask(f"{address}/returns").json()["returns"]
    assert returned["crime_ref"] == "2"
    assert returned["return_code"] == "consent_needed"
    assert "agree to be referred" in returned["message"]
    assert returned["note"] == "Asked on Monday"

    text = force.ask(f"{address}/returns.csv").content.decode()
    (line,) = csv.DictReader(io.StringIO(text))
    assert (line["row"], line["person_ref"]) == ("2", REFERRAL["person_ref"])


def return_the_held_one() -> None:
    now = datetime.now(tz=UTC)
    member = Membership.objects.get(role=Role.SUPERVISOR)
    actor = accounts.get_actor(user_id=member.user_id, now=now)
    with acting_as(actor):
        return_to_force(
            actor=actor,
            now=now,
            hold_id=Hold.objects.using("owner").get().public_id,
            code=ReturnCode.CONSENT_NEEDED,
            note="Asked on Monday",
        )


def test_deliveries_are_listed_newest_first_and_in_pages(force: Machine):
    ids = [
        force.send(as_csv([{**REFERRAL, "crime_ref": ref}])).json()["id"]
        for ref in ("1", "2", "3")
    ]
    first = force.ask(DELIVERIES, limit=2).json()
    second = force.ask(first["next"]).json()

    assert [one["id"] for one in first["deliveries"]] == [ids[2], ids[1]]
    assert [one["id"] for one in second["deliveries"]] == [ids[0]]
    assert second["next"] is None


def test_a_force_knows_nothing_of_anothers_deliveries(
    force: Machine, other_force: Machine, address: str
):
    assert other_force.ask(DELIVERIES).json() == {"deliveries": [], "next": None}
    for part in ("", "/rows", "/rows.csv", "/returns", "/returns.csv"):
        assert other_force.ask(address + part).status_code == 404
    before = other_force.ask(DELIVERIES, before=address.rsplit("/", 1)[1])
    assert before.status_code == 404


def test_no_answer_names_a_person_or_a_case(force: Machine, address: str):
    for part in ("", "/rows", "/rows.csv", "/returns"):
        answer = force.ask(address + part)
        text = answer.getvalue() if answer.streaming else answer.content
        assert b"person_id" not in text
        assert b"case" not in text
        assert b"Nanda" not in text


def test_reading_is_on_the_audit_trail(force: Machine, address: str):
    for part in ("", "/rows", "/rows.csv", "/returns", "/returns.csv"):
        force.ask(address + part)
    force.ask(DELIVERIES)

    assert trail("delivery.read") == 6


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": "x"}, {"before": "x"}])
def test_a_parameter_that_cannot_be_is_refused_by_name(force: Machine, query):
    answer = force.ask(DELIVERIES, **query)

    assert answer.status_code == 400
    assert next(iter(query)) in answer.json()["message"]
