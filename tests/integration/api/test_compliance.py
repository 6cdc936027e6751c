"""How promises were kept, for a machine of those who answer for the service."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.operations import make_token
from alongside.foundation.lib.local import local_day
from tests.integration.api.machines import machine_of

ADDRESS = "/api/v1/compliance"
pytestmark = pytest.mark.usefixtures("fresh_database")


def ask(token: str, **query: str):
    return Client().get(ADDRESS, query, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def token():
    """A token that acts as the demonstration's supervisor."""
    membership = Membership.objects.using("owner").get(
        user__email="supervisor@llr.example"
    )
    return make_token(
        actor="test", now=datetime.now(tz=UTC), membership=membership, label="review"
    )


def test_it_answers_with_every_state_and_the_least_count_told(token):
    answer = ask(token, by="holder").json()
    assert answer["least"] == 5
    assert set(answer["total"]) == {
        *("met", "late", "missed", "not_owed", "cannot_say", "due")
    }
    assert answer["groups"] == []
    assert answer["by"] == "holder"


@pytest.mark.parametrize(
    "query",
    [
        {"by": "person"},
        {"since": "yesterday"},
        {"since": "2026-05-01", "until": "2026-05-01"},
        {"right": "x"},
        {"since": "0001-01-01"},
        {"since": "2026-04-02"},  # by a day more or less, one person's promises
        {"until": "2026-05-31"},
        {"until": "2099-01-01"},  # not over: between today and tomorrow is one person
        {"since": "2098-01-01"},
    ],
)
def test_what_makes_no_sense_is_refused_in_words(token, query):
    answer = ask(token, **query)
    assert answer.status_code in {400, 422}
    assert answer.json()["message"]


def test_whole_months_are_counted(token):
    answer = ask(token, since="2026-04-01", until="2026-05-01")
    assert answer.status_code == 200
    told = ask(token).json()
    assert told["since"].endswith("-01") and told["until"].endswith("-01")
    assert told["until"] == f"{local_day(datetime.now(tz=UTC)):%Y-%m}-01"


def test_what_is_owed_without_a_deadline_is_told_where_it_is_asked_for(token):
    assert ask(token).json()["standing"] is None
    assert ask(token, standing="true").json()["standing"] == []


def test_a_force_may_not_count():
    assert ask(machine_of("leicestershire").token).status_code == 403
