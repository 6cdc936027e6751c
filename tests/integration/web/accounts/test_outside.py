"""Signing in by an agency's own provider (OWASP ASVS 5.0, 6.8, 10.5)."""

import json
import time
import urllib.error
import urllib.request
from dataclasses import replace

import pytest
from django.test import Client
from django.utils.html import escape

from alongside.foundation.accounts.models import Membership, OutsideIdentity, User
from alongside.foundation.gateways.identity_provider import (
    FILE,
    Provider,
    ProvidersUnreadable,
    read_providers,
)
from alongside.web.middleware import STRONG
from tests.integration.web.accounts.people import WORKER, give
from tests.support.identity_provider import CLIENT, SECRET, serving
from tests.support.signing_in import PAGE, fresh_code

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.web.urls")]
START, BACK = "/sign-in/with/harbour", "/sign-in/with/harbour/back"


@pytest.fixture
def stub():
    with serving() as provider:
        yield provider


@pytest.fixture
def provider(stub, settings):
    known = Provider(
        key="harbour",
        name="Harbour",
        issuer=stub.issuer,
        client_id=CLIENT,
        client_secret=SECRET,
        email_domains=("llr.example",),
    )
    settings.IDENTITY_PROVIDERS = {"harbour": known}
    return known


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def go_there(address: str) -> str:
    """What the browser does at the provider: where it is sent back to."""
    try:
        urllib.request.build_opener(_Stay).open(address)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("the provider did not send the browser back")


def away(client: Client, onward: str = "") -> str:
    """The provider's address, to which the button on our sign-in page leads."""
    answer = client.post(START, {"next": onward})
    assert answer.status_code == 200
    address: str = answer.context["page"].address
    assert f'content="0; url={escape(address)}"' in answer.content.decode()
    return address


def go(client: Client, onward: str = ""):
    """The whole way, up to our own second factor or past it."""
    return client.get(go_there(away(client, onward)))


def test_is_offered_on_the_sign_in_page(client, provider):
    page = client.get("/sign-in?next=/queue").content.decode()

    assert "Sign in with Harbour" in page
    form = page.partition(f'<form method="post" action="{START}">')[2]
    form = form.partition("</form>")[0]
    assert '<input type="hidden" name="next" value="/queue">' in form
    assert "csrfmiddlewaretoken" in form


def test_only_a_press_of_our_own_button_leads_there(client, provider, stub, sign_in):
    """OWASP ASVS 5.0, 7.6.2: a link from elsewhere neither signs in nor out."""
    sign_in(client)

    assert client.get(START).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(START).status_code == 403
    assert client.get("/my-work").status_code == 200
    assert not stub.asked


def test_leads_to_our_own_second_factor_and_then_onwards(client, provider):
    assert go(client, onward="/queue").url == PAGE
    assert "_auth_user_id" not in client.session
    assert give(client, fresh_code(WORKER)).url == "/queue"
    assert client.get("/my-work").content.startswith(b"Tom Hollis")


def test_proof_of_who_asked_and_a_nonce_are_sent(client, provider, stub):
    go(client)
    (asked,) = stub.asked

    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) >= 32
    assert asked["scope"] == "openid email"


class TestItsOwnSecondFactor:
    @pytest.fixture
    def trusted(self, provider, settings):
        settings.IDENTITY_PROVIDERS = {
            "harbour": replace(provider, gives_second_factor=True)
        }

    def test_counts_where_that_was_agreed_and_said(self, client, trusted, stub):
        stub.claims = {"amr": ["pwd", "mfa"], "auth_time": int(time.time())}
        assert go(client, onward="/queue").url == "/queue"
        assert client.get("/account/password").status_code == 200

    def test_counts_from_when_it_was_given(self, client, trusted, stub):
        hour_ago = int(time.time()) - 3600
        stub.claims = {"amr": ["mfa"], "auth_time": hour_ago}
        assert go(client, onward="/queue").url == "/queue"
        assert client.session[STRONG] == hour_ago
        assert client.get("/account/password").url.startswith("/confirm")

    def test_never_counts_from_later_than_now(self, client, trusted, stub):
        stub.claims = {"amr": ["mfa"], "auth_time": int(time.time()) + 3600}
        go(client)
        assert client.session[STRONG] <= time.time()

    def test_is_not_fresh_where_nobody_says_when(self, client, trusted, stub):
        stub.claims = {"amr": ["mfa"]}
        assert go(client, onward="/queue").url == "/queue"
        assert client.session[STRONG] == 0
        assert client.get("/account/password").url.startswith("/confirm")

    def test_is_fresh_where_it_is_agreed_that_it_always_asks(
        self, client, trusted, stub, settings
    ):
        known = settings.IDENTITY_PROVIDERS["harbour"]
        settings.IDENTITY_PROVIDERS = {"harbour": replace(known, always_asks=True)}
        stub.claims = {"amr": ["mfa"]}
        go(client)
        assert client.get("/account/password").status_code == 200

    @pytest.mark.parametrize("said", ["now", True, -1, 1.5], ids=str)
    def test_a_time_that_is_none_lets_nobody_in(self, client, trusted, stub, said):
        stub.claims = {"amr": ["mfa"], "auth_time": said}
        assert go(client).status_code == 403

    def test_does_not_where_it_was_not_said(self, client, trusted, stub):
        stub.claims = {"amr": ["pwd"]}
        assert go(client).url == PAGE

    def test_does_not_where_it_was_not_agreed(self, client, provider, stub):
        stub.claims = {"amr": ["pwd", "mfa"]}
        assert go(client).url == PAGE


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"iss": "https://other.example"},
        {"exp": 1_000_000_000},
        {"sub": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": "worker@elsewhere.example"},
        {"email": "nobody@llr.example"},
        {"email": "feed.receiver@elsewhere.example"},
    ],
    ids=str,
)
def test_a_token_that_is_not_right_lets_nobody_in(client, provider, stub, claims):
    stub.claims = claims
    answer = go(client)

    assert answer.status_code == 403
    assert b"You are not signed in" in answer.content
    assert not client.session.keys()
    assert not OutsideIdentity.objects.exists()


@pytest.mark.parametrize("fault", ["signature", "none"])
def test_a_token_that_is_not_signed_by_it_lets_nobody_in(client, provider, stub, fault):
    stub.faults = {fault}

    assert go(client).status_code == 403


def test_a_provider_that_is_somebody_else_is_not_gone_to(client, provider, stub):
    stub.faults = {"issuer"}

    assert client.post(START).status_code == 403


def test_a_provider_that_is_down_is_said(client, provider, stub):
    stub.server.shutdown()
    stub.server.server_close()

    assert client.post(START).status_code == 403


def test_an_answer_nobody_asked_for_is_not_taken(client, provider):
    """Nor one that somebody else asked for: signing others in as oneself."""
    theirs = go_there(away(Client()))

    assert client.get(theirs).status_code == 403
    away(client)
    assert client.get(theirs).status_code == 403


def test_an_answer_works_once(client, provider):
    back = go_there(away(client))

    assert client.get(back).url == PAGE
    assert client.get(back).status_code == 403


def test_a_code_of_another_provider_is_not_taken(client, provider):
    back = go_there(away(client))
    mixed = back.replace("iss=http", "iss=https")

    assert client.get(mixed).status_code == 403


def test_no_account_is_ever_made(client, provider, stub):
    before = User.objects.count()
    stub.claims = {"email": "new.person@llr.example"}
    answer = go(client)

    assert b"no account for you here yet" in answer.content
    assert User.objects.count() == before


def test_an_address_given_to_somebody_new_does_not_bring_the_account(
    client, provider, stub
):
    go(client)
    stub.claims = {"sub": "person-2"}

    assert go(Client()).status_code == 403


def test_who_is_known_stays_known_by_another_address(client, provider, stub):
    go(client)
    stub.claims = {"email": "new.name@llr.example"}

    assert go(Client()).url == PAGE


def test_who_no_longer_acts_for_anybody_is_not_let_in(client, provider, monkeypatch):
    from alongside.foundation.accounts import queries

    monkeypatch.setattr(queries, "list_memberships", lambda **_: [])

    assert go(client).status_code == 403
    assert Membership.objects.filter(user__email=WORKER).exists()


def test_providers_that_are_not_set_up_are_not_there(client, settings):
    settings.IDENTITY_PROVIDERS = {}

    assert client.post(START).status_code == 404
    assert client.get(BACK).status_code == 404


class TestTheFile:
    ROW = {
        "key": "harbour",
        "name": "Harbour",
        "issuer": "https://sign-in.harbour.example",
        "client_id": "x",
        "client_secret": "y",
        "email_domains": ["Harbour.example"],
    }

    def test_is_read(self, tmp_path):
        (tmp_path / FILE).write_text(json.dumps([self.ROW]))
        found = read_providers(tmp_path)

        assert found["harbour"].email_domains == ("harbour.example",)
        assert "client_secret" not in repr(found)

    def test_need_not_be_there(self, tmp_path):
        assert read_providers(tmp_path) == {}

    @pytest.mark.parametrize(
        "wrong",
        [
            {"issuer": "http://sign-in.harbour.example"},
            {"email_domains": []},
            {"key": "not a name"},
            {"colour": "green"},
        ],
    )
    def test_stops_the_start_where_it_is_wrong(self, tmp_path, wrong):
        (tmp_path / FILE).write_text(json.dumps([self.ROW | wrong]))

        with pytest.raises(ProvidersUnreadable, match=FILE):
            read_providers(tmp_path)
