"""What needs a second factor given a moment ago: the list, the pages and the round."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import get_resolver

from alongside.foundation.accounts.tables import STEP_UP
from alongside.web.access import FRESH
from alongside.web.middleware import STRONG
from alongside.workflows.watch_access import late_since, watch_access
from tests.integration.guarding.conftest import ASHA
from tests.integration.guarding.test_break_glass import ask, notices
from tests.integration.web.conftest import *  # noqa: F403  how somebody signs in


def test_the_list_of_acts_is_what_the_pages_ask_for():
    assert get_resolver("config.urls").url_patterns
    places = {act.where for act in STEP_UP.values() if act.where}
    assert {name for name in FRESH if not name.startswith(tuple(places))} == set()
    assert {p for p in places if not any(n.startswith(p) for n in FRESH)} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/work?format=csv", "/queue?format=csv", "/emergency"]
)
def test_a_second_factor_of_long_ago_is_asked_for_again(client_as, address):
    tom = client_as("worker")
    assert tom.get(address).status_code == 200
    session = tom.session
    session[STRONG] = int(session[STRONG]) - 6 * 60
    session.save()
    answer = tom.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/confirm?next=")


@pytest.mark.django_db
def test_a_form_sent_with_an_old_second_factor_opens_nothing(client_as, case_of):
    tom, case = client_as("worker"), case_of(ASHA)
    session = tom.session
    session[STRONG] = int(session[STRONG]) - 11 * 60
    session.save()
    said = {
        "reference": ASHA["crime_ref"],
        "category": "danger_to_life",
        "reason": "Her father rang and she must be warned",
    }
    assert tom.post("/emergency", said).status_code == 403
    assert tom.get(f"/cases/{case}").status_code == 404


@pytest.mark.django_db
def test_the_round_chases_what_nobody_reviewed(act, case_of, now):
    case_of(ASHA)
    ask(act("worker"), now)
    assert watch_access(now=now) == 0
    assert watch_access(now=now + timedelta(days=8)) == 1
    assert any("waits for its review" in one for one in notices(act("information")))


def test_late_is_counted_in_working_days():
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert late_since(monday, closed=()) == datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    friday = {date(2026, 11, 20)}  # the office moves that day
    early = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
    assert late_since(monday, closed=friday) == early
