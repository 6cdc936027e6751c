"""Who has seen a person: who may read it, what it says, and that reading is written."""

import pytest
from django.urls import reverse

from alongside.care.people.models import Person
from alongside.walls.context import acting_as
from tests.integration.care.test_search import AMRIT
from tests.integration.walls.conftest import actor_of
from tests.integration.web.casework.conftest import text_of
from tests.support.receiving import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def amrit():
    send(AMRIT)
    with acting_as(actor_of("worker@llr.example")):
        return Person.objects.values_list("public_id", flat=True).get()


@pytest.fixture
def opened(amrit, client_as):
    """Tom has found and opened them."""
    tom = client_as("worker")
    tom.post(reverse("find:find"), {"q": "amrit"})
    assert tom.get(reverse("casework:person", args=[amrit])).status_code == 200
    return amrit


def seen(client, person, **query):
    return client.get(reverse("seen:person", args=[person]), query)


def test_governance_reads_who_when_and_why(opened, client_as):
    page = text_of(seen(client_as("information"), opened))
    assert "Tom Hollis, contact worker, LLR Victim and Witness Service" in page
    assert "Opened the person's page" in page and "Found in a search" in page
    assert "Read who has seen them" in page  # this look itself


def test_the_supervisor_of_the_team_reads_it_and_another_role_does_not(
    opened, client_as
):
    assert "Tom Hollis" in text_of(seen(client_as("supervisor"), opened))
    assert seen(client_as("worker"), opened).status_code == 403


def test_a_refused_try_is_on_the_trail(opened, client_as):
    """The supervisor's team holds no case of somebody in another team."""
    tom = client_as("information")
    assert seen(tom, "00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_list_narrows_and_saves(opened, client_as):
    client = client_as("information")
    found = text_of(seen(client, opened, kind="found"))
    assert "Opened the person's page" not in found and "Found in a search" in found
    answer = seen(client, opened, format="csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Tom Hollis" in answer.content.decode()
    assert (
        seen(client, opened, before="nonsense", looker="x", since="y").status_code
        == 200
    )


def test_unusual_looking_is_for_governance(opened, client_as):
    page = text_of(client_as("information").get(reverse("seen:unusual")))
    assert "Unusual looking" in page
    assert client_as("supervisor").get(reverse("seen:unusual")).status_code == 403
