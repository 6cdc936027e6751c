"""The person page after a joining: what is not confirmed, the button, the way on."""

import html
import re
from datetime import UTC, datetime

import pytest

from tests.integration.linking.merging import FIRST, SECOND, join, take_in
from tests.integration.web.conftest import *  # noqa: F403  how somebody signs in

pytestmark = pytest.mark.django_db

EMAIL = "omar@post.example"


def text_of(answer):
    """What a reader reads, without the marks and in one line."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(plain).split())


@pytest.fixture
def joined():
    now = datetime.now(tz=UTC)
    kept, gone = take_in(FIRST, SECOND | {"email": EMAIL}, now=now)
    join(kept, gone, now=now)
    return kept, gone


@pytest.fixture
def sarah(client_as):
    return client_as("supervisor")


def opened(client, person):
    address = f"/people/{person}"
    answer = client.get(address)
    if answer.status_code == 302:
        client.post(f"{address}/why", {"reason": "covering"})
        answer = client.get(address)
    return answer


def test_the_page_says_what_is_not_confirmed_and_offers_to_confirm_it(sarah, joined):
    kept, _ = joined
    words = text_of(opened(sarah, kept))
    assert "Not confirmed for this person: came with a record linked on" in words
    (address,) = set(
        re.findall(
            rf'href="(/people/{kept}/contacts/\d+/confirm)"[^>]*>[^<]*',
            "".join(
                row
                for row in sarah.get(f"/people/{kept}").content.decode().split("<tr")
                if EMAIL in row
            ),
        )
    )

    form = sarah.get(address)
    assert f"Is this theirs? E-mail: {EMAIL}" in text_of(form)
    again = sarah.post(address, {"reason": " "})
    assert "Say how you know that it is theirs" in text_of(again)
    done = sarah.post(address, {"reason": "She wrote from it today"})
    assert done["Location"] == f"/people/{kept}/safety"
    assert "Yes, confirmed by" in text_of(sarah.get(f"/people/{kept}"))


def test_the_page_of_who_was_joined_leads_to_who_they_are_now(sarah, joined):
    kept, gone = joined
    assert sarah.get(f"/people/{gone}")["Location"] == f"/people/{kept}"


def test_nobody_confirms_what_is_not_theirs_to_see(client_as, joined):
    kept, _ = joined
    assert client_as("police").get(
        f"/people/{kept}/contacts/1/confirm"
    ).status_code in {403, 404}
    assert (
        client_as("worker").get(f"/people/{kept}/contacts/0/confirm").status_code == 404
    )
