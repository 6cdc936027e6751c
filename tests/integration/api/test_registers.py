"""Registers by the API: what the page of each shows to that role, and no names."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.operations import make_token
from alongside.foundation.lib.local import local_day
from tests.integration.api.machines import Machine, machine_of, trail
from tests.integration.information_requests.asking import (
    prepare,
    whole,
)
from tests.integration.rights.people import somebody

RIGHTS = "/api/v1/rights"
REQUESTS = "/api/v1/records-requests"
CLOSED = "/api/v1/closed-days"
pytestmark = pytest.mark.usefixtures("fresh_database")


def machine(who: str) -> Machine:
    """A token that acts as somebody of the demonstration."""
    membership = Membership.objects.using("owner").get(user__email=f"{who}@llr.example")
    now = datetime.now(tz=UTC)
    token = make_token(
        actor="test",
        now=now,
        membership=membership,
        label=who,
        until=now + timedelta(days=9),
    )
    return Machine(token)


@pytest.mark.parametrize(
    ("address", "others"),
    [
        (RIGHTS, ("commissioner", "police")),
        (REQUESTS, ("commissioner", "police", "provider")),
        (CLOSED, ("commissioner",)),
    ],
)
def test_nobody_reads_what_their_pages_do_not_show(address, others):
    assert Machine("nobody").ask(address).status_code == 401
    assert machine("supervisor").ask(address).status_code == 200
    for who in others:
        assert machine(who).ask(address).status_code == 403, who
    assert machine_of("leicestershire").ask(address).status_code == 403


@pytest.mark.parametrize(
    ("address", "query"),
    [
        (RIGHTS, {"page": "0"}),
        (RIGHTS, {"is_open": "x"}),
        (REQUESTS, {"state": "odd"}),
        (REQUESTS, {"page": "9999999"}),
        (CLOSED, {"year": "1"}),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(address, query):
    answer = machine("supervisor").ask(address, **query)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_bank_holidays_and_days_of_the_area():
    ours = machine("supervisor")
    answer = ours.ask(CLOSED, year="2026").json()
    days = [one["day"] for one in answer["days"]]
    assert days == sorted(days)
    (christmas,) = (one for one in answer["days"] if one["day"] == "2026-12-25")
    assert christmas["offices_of"] == ["everybody"]
    this = local_day(datetime.now(tz=UTC)).year
    assert ours.ask(CLOSED).json()["year"] == this


def test_a_request_for_records_is_told_without_names_or_what_was_asked():
    prepare(whole(somebody()[2]))
    ours = machine("supervisor")

    (told,) = ours.ask(REQUESTS).json()["requests"]

    assert (told["state"], told["outcome"]) == ("prepared", "")
    assert told["body"] == "Leicestershire Police"
    assert "Ash" not in str(told) and "messages" not in str(told)
    assert ours.ask(REQUESTS, ended="true").json() == {"requests": [], "next": None}
    assert ours.ask(REQUESTS, state="open").json()["requests"] == []
    assert trail("register.read") == 3
