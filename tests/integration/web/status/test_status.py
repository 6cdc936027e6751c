"""No case without a known status: counts that add up, and every case astray."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.feeds import receive

pytestmark = pytest.mark.django_db

STATEMENTS = 17


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_no_cases_yet_says_so(client_as):
    assert "There are no cases yet" in text_of(client_as("supervisor").get("/status"))


def test_when_nothing_is_missing_it_says_so(client_as):
    receive([{}, {}], now=timezone.now())
    page = text_of(client_as("supervisor").get("/status"))

    assert "Every open case has an owner, a next action and a recent event" in page
    assert "2 cases" in page


def test_the_counts_add_up_to_every_case(client_as):
    enhanced = {
        "flags": "domestic_abuse",
        "safe_phone": "y",
        "consent_referral": "given",
    }
    receive([{}, {}, enhanced], now=days_ago(1))
    page = text_of(client_as("supervisor").get("/status"))

    counts = re.findall(r"(\d+)\s*</td>\s*</tr>", page.split("Every case, counted")[-1])
    *parts, total = (int(count) for count in counts)
    assert sum(parts) == total == 3
    assert len(parts) == 2


def test_a_case_left_alone_is_listed_with_what_is_missing(client_as):
    receive([{"given_names": "Lost", "surname": "Sight"}], now=days_ago(40))
    page = text_of(client_as("supervisor").get("/status"))

    assert "Lost Sight" in page
    assert "Nothing has happened lately" in page
    assert "Nobody has taken it and its day has passed" in page
    assert "40 days ago" in page


def test_the_days_can_be_chosen(client_as):
    receive([{"given_names": "Lost", "surname": "Sight"}], now=timezone.now())
    receive([{"given_names": "Calm", "surname": "Sea"}], now=days_ago(3))
    client = client_as("supervisor")

    page = text_of(client.get("/status?days=2"))
    assert "Calm Sea" in page
    assert "Lost Sight" not in page


@pytest.mark.parametrize("days", ["0", "366", "soon", ""])
def test_days_beyond_the_bounds_are_refused_in_words(client_as, days):
    answer = client_as("supervisor").get(f"/status?days={days}")

    assert answer.status_code == 200
    assert "<title>Error: Case status" in text_of(answer)
    assert 'href="#id_days"' in text_of(answer)


def test_the_list_can_be_saved_and_names_nobody(client_as):
    receive([{"given_names": "Lost", "surname": "Sight"}], now=days_ago(40))
    file = client_as("supervisor").get("/status?days=28&format=csv").content.decode()

    (line,) = csv.DictReader(io.StringIO(file))
    assert (line["quiet"], line["no_owner"], line["no_next_action"]) == (
        *("yes", "yes"),
        "no",
    )
    assert "Sight" not in file


def test_governance_sees_numbers_and_no_names(client_as):
    receive([{"given_names": "Lost", "surname": "Sight"}], now=days_ago(40))
    page = text_of(client_as("information").get("/status"))

    assert "Nothing has happened lately" in page
    assert "Sight" not in page
    assert 'href="/cases/' not in page


@pytest.mark.parametrize("role", ["worker", "police", "analyst", "administrator"])
def test_other_roles_may_not_open_it(client_as, role):
    assert client_as(role).get("/status").status_code == 403


def test_pages_lead_on_and_back(client_as, monkeypatch):
    monkeypatch.setattr("alongside.web.status.views.PAGE_ROWS", 2)
    receive([{}, {}, {}], now=days_ago(40))
    client = client_as("supervisor")

    assert "1 to 2 of 3" in text_of(client.get("/status"))
    assert "3 to 3 of 3" in text_of(client.get("/status?page=2"))


def test_takes_the_same_statements_whatever_there_is(
    client_as, django_assert_num_queries
):
    client = client_as("supervisor")
    receive([{}], now=days_ago(40))
    client.get("/status")
    with django_assert_num_queries(STATEMENTS):
        client.get("/status")
    receive([{}] * 9, now=days_ago(40), extract_id="LEI-2")
    with django_assert_num_queries(STATEMENTS):
        client.get("/status")
