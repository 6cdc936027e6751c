"""The page that finds people, by role."""

import pytest
from django.urls import reverse

from tests.integration.care.test_search import AMRIT, ZOE
from tests.integration.web.casework.conftest import text_of
from tests.support.receiving import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def received():
    send(AMRIT, ZOE)


def find(client, text, **more):
    return client.post(reverse("find:find"), {"q": text, **more})


def test_a_worker_finds_a_masked_label(client_as):
    answer = find(client_as("worker"), "amrit kaur")
    page = text_of(answer)
    assert "A**** K****" in page
    assert "1987" in page and "LE3" in page and "Open case" in page
    for secret in ("Kaur", "Gill", "900461", "LE3 1AA", "amrit@"):
        assert secret not in page.replace('value="amrit kaur"', "")


def test_the_term_never_stands_in_an_address(client_as):
    client = client_as("worker")
    page = text_of(client.get(reverse("find:find") + "?q=amrit"))
    assert "****" not in page and 'method="post"' in page
    assert find(client, "amrit").status_code == 200


@pytest.mark.parametrize(
    "text", ("", "nobody at all", "' OR 1=1 --", "\x00", "<b>x</b>")
)
def test_nothing_found_is_said_and_helped(client_as, text):
    page = text_of(find(client_as("worker"), text))
    assert "****" not in page
    assert (
        "Nobody found" in page
        or "Enter" in page
        or "There is" in page
        or "Null" in page
    )


def test_governance_finds_people_without_a_way_to_open_them(client_as):
    page = text_of(find(client_as("information"), "amrit"))
    assert "A**** K****" in page and "/seen" in page
    assert "/people/" in page and 'href="/people/' in page
    assert not [part for part in page.split('href="/people/')[1:] if part[36] == '"']


@pytest.mark.parametrize("name", ("police", "commissioner", "administrator"))
def test_others_are_refused(client_as, name):
    assert client_as(name).get(reverse("find:find")).status_code == 403


def test_the_box_is_in_the_bar_for_those_who_find(client_as):
    assert "find-anywhere" in text_of(client_as("worker").get("/work"))
    assert "find-anywhere" not in text_of(client_as("police").get("/feeds"))
