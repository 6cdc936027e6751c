"""The pages of information governance: who may, and the way through them."""

import pytest
from django.db import connection
from django.test import Client

from tests.factories.feeds import receive
from tests.integration.rights.people import NOW, acts, bea, somebody

pytestmark = pytest.mark.django_db
PAGES = ("/rights", "/rights/new", "/rights/keeping", "/rights/retention")


def test_only_information_governance_opens_them(client_as):
    for page in PAGES:
        assert Client().get(page).status_code == 302
        assert client_as("supervisor").get(page).status_code == 403
        assert client_as("information").get(page).status_code == 200


def test_a_request_is_written_down_and_found_in_the_register(client_as):
    _, _, case = somebody()
    client = client_as("information")
    form = {
        "kind": "access",
        "asked_by": "The person",
        "reference": str(case),
        "received_on_0": "3",
        "received_on_1": "11",
        "received_on_2": "2026",
        "received_by": "email",
    }
    made = client.post("/rights/new", form)
    assert made.status_code == 302
    assert "Quillon Idwal" in client.get(made["Location"]).content.decode()
    register = client.get("/rights").content.decode()
    assert "3 December 2026" in register

    wrong = client.post("/rights/new", form | {"reference": "nothing"})
    assert "We hold nobody under that reference" in wrong.content.decode()


def test_mistakes_stand_beside_their_fields(client_as):
    answer = client_as("information").post("/rights/new", {})
    assert answer.status_code == 200
    for words in ("Choose what they ask for", "Say who asked", "Enter the day it came"):
        assert words in answer.content.decode()


def test_whom_they_would_seem_to_be_is_said_before_it_is_put_right(client_as):
    _, _, case = somebody()
    receive(
        [
            {
                "crime_ref": "26019999077",
                "given_names": "Ewa",
                "surname": "Lisowska",
                "date_of_birth": "1977-03-04",
            }
        ],
        now=NOW,
    )
    client = client_as("information")
    made = client.post(
        "/rights/new",
        {
            "kind": "rectification",
            "asked_by": "The person",
            "reference": str(case),
            "received_on_0": "3",
            "received_on_1": "11",
            "received_on_2": "2026",
            "received_by": "email",
        },
    )
    way = made["Location"]
    right = {
        "given_names": "Ewa",
        "surname": "Lisowska",
        "date_of_birth_0": "4",
        "date_of_birth_1": "3",
        "date_of_birth_2": "1977",
        "reason": "Passport",
    }
    assert client.post(f"{way}/likely", {"surname": "Nobody"}).json() == {}
    (other,) = client.post(f"{way}/likely", right).json()["people"]
    assert other["text"].startswith("E**** L****, born 1977")
    assert other["href"] == ""  # who opens no cases has nothing to follow

    warned = client.post(f"{way}/correct", right)
    text = warned.content.decode()
    assert warned.status_code == 200
    assert "E**** L****, born 1977" in text
    assert "They would look like somebody else we hold" in text
    assert corrections() == 0

    assert client.post(f"{way}/correct", right | {"looked": "on"}).status_code == 302
    assert corrections() == 1


def corrections():
    with acts(bea()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rights_correction")
        return cursor.fetchone()[0]
