"""Whoever opens a person of another team says why first, and that is written down."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.care.people.models import Person
from alongside.walls.context import acting_as
from tests.factories.feeds import receive
from tests.integration.walls.conftest import actor_of
from tests.integration.web.casework.conftest import ASHA, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha_of_another_team():
    receive([ASHA], now=datetime.now(tz=UTC) - timedelta(days=1))
    with acting_as(actor_of("worker@llr.example")):
        return Person.objects.values_list("public_id", flat=True).get()


def test_a_reason_is_asked_for_and_then_the_page_opens(client_as, asha_of_another_team):
    tom, address = client_as("worker"), f"/people/{asha_of_another_team}"
    assert tom.get(address).headers["Location"] == f"{address}/why"
    assert "Covering for a colleague" in text_of(tom.get(f"{address}/why"))
    answer = tom.post(f"{address}/why", {"reason": "complaint", "words": "Ref 12"})
    assert answer.headers["Location"] == address
    assert "Asha Reed" in text_of(tom.get(address))
    seen = text_of(client_as("information").get(f"{address}/seen"))
    assert "A complaint: Ref 12" in seen


@pytest.mark.parametrize(
    "typed",
    [{}, {"reason": "other"}, {"reason": "other", "words": " "}, {"reason": "x"}],
)
def test_no_reason_opens_nothing(client_as, asha_of_another_team, typed):
    tom, address = client_as("worker"), f"/people/{asha_of_another_team}"
    assert "Error:" in text_of(tom.post(f"{address}/why", typed))
    assert tom.get(address).status_code == 302


def test_their_own_team_is_not_asked(client_as, asha_of_another_team):
    priya, address = client_as("specialist"), f"/people/{asha_of_another_team}"
    assert priya.get(address).status_code == 200
