"""What a password may be, and how it is asked for (OWASP ASVS 5.0, 6.2)."""

import pytest
from django.contrib.auth import authenticate
from lxml import html

from alongside.foundation.accounts.models import User
from tests.integration.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db
WORKER = "worker@llr.example"
PAGE = "/account/password"
ODD = {
    "letters alone": "zelkova tugboat",
    "figures alone": "830274619205",
    "one kind of sign": "!?!!??!?!???!!?",
    "another alphabet": "жёлтый трактор у реки",
    "pictures": "🦔🌧🚲🧀🦔🌧🚲🧀🦔🌧🚲🧀",
    "a hundred characters": "zelkova tugboat " * 6 + "end.",
    "spaces around": "  zelkova tugboat  ",
}


@pytest.fixture
def worker(client, sign_in):
    sign_in(client)
    return client


def change(client, new, old=PASSWORD):
    return client.post(PAGE, {"old": old, "password": new, "again": new})


def lets_in(password):
    return authenticate(username=WORKER, password=password) is not None


@pytest.mark.parametrize("name", ODD)
def test_a_password_may_be_made_of_anything(worker, name):
    assert change(worker, ODD[name]).url == "/account"
    assert lets_in(ODD[name])


@pytest.mark.parametrize(
    "almost",
    ["Zelkova Tugboat ", "zelkova tugboat", " zelkova tugboat ", "zelkova tugboat x"],
)
def test_a_password_is_taken_exactly_as_it_was_typed(worker, almost):
    chosen = "zelkova tugboat " + "x" * 200
    change(worker, chosen)

    assert lets_in(chosen)
    assert not lets_in(almost)
    assert not lets_in(chosen[:72])
    assert not lets_in(f"{chosen[:-1]}y")


def test_a_new_password_needs_the_old_one(worker):
    answer = change(worker, "zelkova tugboat", old="not-the-old-one")

    assert b"That is not your password" in answer.content
    assert lets_in(PASSWORD)
    assert not lets_in("zelkova tugboat")


@pytest.mark.parametrize("page", ["/sign-in", PAGE])
def test_a_password_is_hidden_and_may_be_pasted_or_filled_in(worker, page):
    boxes = html.fromstring(worker.get(page).content).xpath("//input")
    asked = [box for box in boxes if "password" in box.get("autocomplete", "")]

    assert asked
    assert {box.get("type") for box in asked} == {"password"}
    assert not {box.get("onpaste") for box in asked} - {None}


def test_nothing_remembers_how_old_a_password_is():
    """Nobody has to change a password because time has passed."""
    names = {field.name for field in User._meta.get_fields()}
    assert {name for name in names if "password" in name} == {"password"}
