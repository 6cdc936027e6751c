"""Finding people by the API: masked labels of the token's agency, and no more."""

import pytest
from django.test import Client

from tests.integration.api.machines import Machine, machine_of


def ask(machine: Machine, q: object):
    return Client().post(
        "/api/v1/people/search",
        {"q": q},
        content_type="application/json",
        headers={"Authorization": f"Bearer {machine.token}"},
    )


@pytest.mark.usefixtures("fresh_database")
def test_a_force_finds_nobody():
    answer = ask(machine_of("leicestershire"), "amrit")
    assert answer.status_code == 403
    assert answer.json()["error"] == "not_allowed"


@pytest.mark.usefixtures("fresh_database")
def test_a_token_is_needed():
    answer = Client().post("/api/v1/people/search", {"q": "x"}, "application/json")
    assert answer.status_code == 401
