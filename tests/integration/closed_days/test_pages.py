"""The pages about closed days, as a supervisor, a worker and a provider open them."""

import csv
import html
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.foundation.lib.local import local_day
from alongside.workflows.replan_clocks import count_closed_days
from tests.integration.web.conftest import *  # noqa: F403  how somebody signs in
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db
HERE = "/closed-days"


def text_of(answer):
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(words))


def typed(first, last=None, **changes):
    days = {"first": first, **({"last": last} if last else {})}
    return {
        **{
            f"{name}_{n}": str(part)
            for name, day in days.items()
            for n, part in enumerate((day.day, day.month, day.year))
        },
        "title": "Office move",
        "reason": "No telephones",
        "holders": "service",
        **changes,
    }


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_a_day_is_looked_at_added_counted_and_taken_back(client_as, contact_due, now):
    sarah = client_as("supervisor")
    shown = text_of(sarah.post(f"{HERE}/add", typed(contact_due)))

    assert "Close offices on this day?" in shown
    assert "2 promises that run now would be due later:" in shown
    assert "This service" in shown
    assert rows_of(sarah.get(f"{HERE}?format=csv"))[0]["kind"] == "Bank holiday"

    done = sarah.post(f"{HERE}/add", typed(contact_due, sure="yes"), follow=True)

    assert "added. Promises that run are counted anew" in text_of(done)
    assert "Counted into promises within a few minutes" in text_of(done)
    count_closed_days(now=now)
    listed = sarah.get(HERE)
    assert "Promises are counted by it" in text_of(listed)
    (own,) = [
        row for row in rows_of(sarah.get(f"{HERE}?format=csv")) if row["added_by"]
    ]
    assert own["day"] == str(contact_due)
    assert (own["what"], own["offices_of"]) == ("Office move", "This service")

    (address,) = set(re.findall(rf'"({HERE}/[^"]+/withdraw)"', listed.content.decode()))
    asked = text_of(sarah.get(address))
    assert "2 promises that run now would be due sooner again:" in asked
    assert "Say why the day is taken back" in text_of(sarah.post(address, {}))
    after = text_of(sarah.post(address, {"reason": "It is put off"}, follow=True))
    assert "is taken back" in after
    assert "It is put off. Counted into promises within a few minutes" in after
    assert sarah.get(address).status_code == 404


def test_nothing_is_kept_before_it_is_confirmed(client_as, contact_due):
    sarah = client_as("supervisor")
    sarah.post(f"{HERE}/add", typed(contact_due))
    again = text_of(sarah.post(f"{HERE}/add", typed(contact_due, change="yes")))

    assert "Add closed days" in again
    assert ask("SELECT count(*) FROM organisations_closedday") == [(0,)]


def test_a_stretch_says_what_it_leaves_out(client_as, now):
    monday = local_day(now) + timedelta(days=7 - local_day(now).weekday() + 14)
    page = text_of(
        client_as("supervisor").post(
            f"{HERE}/add", typed(monday, monday + timedelta(days=8))
        )
    )
    assert re.search(r"\d days?; \d other days? left out", page)
    assert "No promise that runs now would move" in page


def test_errors_stand_beside_their_fields(client_as, now):
    sarah, today = client_as("supervisor"), local_day(now)
    saturday = today + timedelta(days=12 - today.weekday())
    cases = [
        (typed(saturday), "That day is a weekend already"),
        (typed(today - timedelta(days=1)), "That day has passed"),
        (
            typed(today, today - timedelta(days=1)),
            "The last day must be the same as the first, or after it",
        ),
        (typed(today, today + timedelta(days=90)), "31 days at most"),
        (typed(today, holders=["everybody", "police"]), "Choose either everybody"),
        (typed(today, holders=["victim"]), "is not one of the available choices"),
        ({}, "Enter the first day offices are closed"),
        ({}, "Choose whose offices are closed"),
    ]
    for sent, words in cases:
        answer = sarah.post(f"{HERE}/add", sent)
        assert words in text_of(answer), words
        assert "There is a problem" in text_of(answer)


def test_a_day_that_somebody_else_added_meanwhile_is_not_added_twice(
    client_as, contact_due
):
    sarah = client_as("supervisor")
    sarah.post(f"{HERE}/add", typed(contact_due, sure="yes"))
    again = text_of(sarah.post(f"{HERE}/add", typed(contact_due, sure="yes")))

    assert "That day is on the list already" in again
    assert ask("SELECT count(*) FROM organisations_closedday") == [(1,)]


def test_a_year_and_an_empty_one(client_as):
    sarah = client_as("supervisor")

    assert "Closed days of 2022" in text_of(sarah.get(f"{HERE}?year=2022"))
    assert "No closed days here" in text_of(sarah.get(f"{HERE}?year=1999"))
    assert sarah.get(f"{HERE}?year=x").status_code == 200
    assert len(rows_of(sarah.get(f"{HERE}?year=2022&format=csv"))) == 10


def test_a_worker_reads_and_does_not_keep(client_as, contact_due):
    client_as("supervisor").post(f"{HERE}/add", typed(contact_due, sure="yes"))
    tom = client_as("worker")
    page = text_of(tom.get(HERE))

    assert "Office move" in page
    assert "Take back" not in page
    assert "Add closed days" not in page
    assert tom.get(f"{HERE}/add").status_code == 403


def test_the_list_asks_no_more_with_more_days(client_as, contact_due):
    sarah = client_as("supervisor")
    sarah.get(HERE)
    with CaptureQueriesContext(connection) as before:
        sarah.get(HERE)
    last = contact_due + timedelta(days=20)
    sarah.post(f"{HERE}/add", typed(contact_due, last, sure="yes"), follow=True)
    with CaptureQueriesContext(connection) as after:
        sarah.get(HERE)
    assert len(after) == len(before)
