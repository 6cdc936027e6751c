"""What is dangerous asks for a fresh second factor (OWASP ASVS 5.0, 7.5.1, 7.5.3)."""

import pytest

from alongside.foundation.accounts.models import SecondFactor
from tests.integration.web.accounts.people import WORKER
from tests.support.signing_in import fresh_code

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.web.urls")]
PAGE = "/account/password"


@pytest.fixture
def stale(client, sign_in, later):
    """Signed in twelve minutes ago."""
    sign_in(client)
    later(minutes=6)
    client.get("/still-here")
    later(minutes=12)
    return client


def confirm(client, code=None, asked=PAGE):
    given = {"way": "app", "code": code or fresh_code(WORKER)}
    return client.post(f"/confirm?next={asked}", given)


def test_fresh_from_signing_in_opens_it(client, sign_in):
    sign_in(client)

    assert client.get(PAGE).status_code == 200


def test_a_page_sends_to_confirm_and_back(stale):
    assert stale.get(f"{PAGE}?x=1").url == "/confirm?next=%2Faccount%2Fpassword%3Fx%3D1"
    assert b"Confirm it is you" in stale.get(f"/confirm?next={PAGE}").content
    assert confirm(stale).url == PAGE
    assert stale.get(PAGE).status_code == 200


def test_sending_a_form_saves_nothing_and_says_so(stale):
    before = list(SecondFactor.objects.values())
    answer = stale.post("/account/app", {"code": "000000"})

    assert answer.status_code == 403
    assert b"Nothing was saved" in answer.content
    assert b"/confirm?next=%2Faccount%2Fapp" in answer.content
    assert list(SecondFactor.objects.values()) == before


def test_a_form_may_take_some_minutes_to_fill_in(client, sign_in, later):
    sign_in(client)
    later(minutes=8)

    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {}).status_code == 200


def test_a_wrong_code_confirms_nothing(stale):
    assert confirm(stale, code="000000").status_code == 200
    assert stale.get(PAGE).status_code == 302


def test_a_confirmation_runs_out(stale, later):
    confirm(stale)
    later(minutes=18)

    assert stale.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_never_leads_to_another_site(stale, elsewhere):
    assert confirm(stale, asked=elsewhere).url == "/"


def test_the_session_is_new_after_it(stale):
    before = stale.session.session_key
    confirm(stale)

    assert stale.session.session_key != before


def test_what_was_given_reaches_the_database(client, sign_in, rf):
    """As the seventh part of the signed context."""
    sign_in(client)
    request = client.get("/account").wsgi_request

    assert request.actor.strong_at == request.session["strong"] > 0
