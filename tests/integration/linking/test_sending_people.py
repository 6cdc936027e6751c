"""People sent to the API by another system: taken in, or refused in words."""

import pytest
from django.test import Client

from tests.integration.api.machines import machine_of
from tests.integration.linking.test_at_once import EIGHT, count, token

PERSON = EIGHT[0]


@pytest.fixture
def bearer(fresh_database):
    return token()


def send(bearer, person):
    return Client().post(
        "/api/v1/people",
        person,
        content_type="application/json",
        headers={"Authorization": f"Bearer {bearer}"},
    )


def test_what_became_of_them_is_said_and_never_who_they_are(bearer):
    first, second = send(bearer, PERSON), send(bearer, PERSON)

    assert (first.status_code, first.json()) == (201, {"outcome": "new"})
    assert (second.status_code, second.json()) == (201, {"outcome": "linked"})
    assert count("people_person") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"surname": " "},
        {"given_names": None},
        {"given_names": "A\x00da"},
        {"given_names": "\ud800"},
        {"surname": "x" * 201},
        {"date_of_birth": "yesterday"},
        {"flags": ["no_such_flag"]},
        {"gender": "no such"},
        {"safe": {"pigeon": True}},
        {"came_by": "balloon"},
    ],
    ids=str,
)
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_is_kept(bearer, wrong):
    answer = send(bearer, {**PERSON, **wrong})

    assert answer.status_code == 400
    assert answer.json()["error"] in {"bad_parameter", "bad_body"}
    assert "Swinton" not in answer.content.decode()
    assert count("people_person") == 0


@pytest.mark.usefixtures("fresh_database")
def test_a_force_adds_nobody_this_way():
    answer = send(machine_of("leicestershire").token, PERSON)

    assert answer.status_code == 403
    assert count("people_person") == 0


def test_a_token_is_needed(bearer):
    assert send("", PERSON).status_code == 401
