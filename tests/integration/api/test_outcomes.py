"""Counts of what changed for people, by the API: as many as the page shows."""

import csv
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.operations.setting_up import make_token
from alongside.foundation.lib.local import local_day
from tests.integration.api.machines import Machine, machine_of

YEAR = {"since": "2026-04-01", "until": "2027-04-01"}


@pytest.fixture
def reports(fresh_database):
    """A machine that reads what a supervisor may read."""
    membership = Membership.objects.get(user__email="supervisor@llr.example")
    now = datetime.now(tz=UTC)
    return Machine(make_token(actor="test", now=now, membership=membership, label="r"))


def test_nothing_asked_is_no_line_and_says_what_was_asked_for(reports):
    answer = reports.ask("/api/v1/outcomes", **YEAR, by="crime_group")

    assert answer.status_code == 200
    assert answer.json() == {
        **YEAR,
        "by": "crime_group",
        "publish_least": 5,
        "lines_left_out": 0,
        "outcomes": [],
        "without": [],
    }
    rows = reports.ask("/api/v1/outcomes.csv", **YEAR)
    assert rows["Content-Type"].startswith("text/csv")
    (head,) = csv.reader(rows.content.decode().splitlines())
    assert head[3:] == [
        *("asked", "answered", "answered_twice", "better", "same", "worse"),
        "not_to_publish",
    ]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"until": "2026-04-01"}, "until"),
        ({"since": "never"}, "since"),
        ({"by": "name"}, "by"),
        ({"team": "x"}, "team"),
    ],
    ids=str,
)
def test_what_cannot_be_counted_is_refused_in_words(reports, asked, words):
    for address in ("/api/v1/outcomes", "/api/v1/outcomes.csv"):
        answer = reports.ask(address, **{**YEAR, **asked})
        assert answer.status_code == 400
        assert answer.json()["error"] == "bad_parameter"
        assert words in answer.json()["message"]


def test_the_last_year_is_counted_where_no_time_is_named(reports):
    answer = reports.ask("/api/v1/outcomes").json()
    since, until = (date.fromisoformat(answer[key]) for key in ("since", "until"))
    assert (until - since).days == 365
    assert since < local_day(datetime.now(tz=UTC)) < until


def test_a_team_of_nobody_is_not_found(reports):
    team = "00000000-0000-4000-8000-000000000000"
    assert reports.ask("/api/v1/outcomes", **YEAR, team=team).status_code == 404


@pytest.mark.usefixtures("fresh_database")
def test_a_force_counts_nothing():
    assert machine_of("leicestershire").ask("/api/v1/outcomes", **YEAR).status_code == (
        403
    )
    assert machine_of("leicestershire").ask("/api/v1/outcomes.csv").status_code == 403
    assert Client().get("/api/v1/outcomes", YEAR).status_code == 401
