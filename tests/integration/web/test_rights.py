"""The pages of information governance: who may, and the way through them."""

import pytest
from django.test import Client

from tests.integration.rights.people import somebody

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
