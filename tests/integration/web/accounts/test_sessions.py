"""Sessions: what is kept of them, and how they end (OWASP ASVS 5.0, 7.2 to 7.5)."""

import pytest
from django.test import Client

from alongside.foundation.accounts.models import (
    Membership,
    SecondFactor,
    SignInSession,
)
from alongside.web.sessions import hash_key
from tests.integration.web.accounts.people import ADMINISTRATOR, WORKER
from tests.integration.web.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.web.urls")]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Firefox/140.0"
NEW = "three unrelated words"


@pytest.fixture
def two(sign_in):
    """Two browsers of one person."""
    here, there = Client(), Client(HTTP_USER_AGENT=FIREFOX)
    sign_in(here)
    sign_in(there)
    return here, there


def is_in(client: Client) -> bool:
    return client.get("/still-here").status_code == 204


def test_the_table_has_no_key_anybody_could_use(client, sign_in):
    sign_in(client)
    cookie = client.cookies["session"].value
    (row,) = SignInSession.objects.filter(user__email=WORKER)

    assert bytes(row.sha256) == hash_key(cookie)
    assert cookie not in row.data
    thief = Client()
    for found in (bytes(row.sha256).hex(), str(row.public_id)):
        thief.cookies["session"] = found
        assert not is_in(thief)


def test_a_session_is_named_by_its_browser_and_nothing_more(two):
    here, _ = two
    text = here.get("/account").content.decode()

    assert "Firefox on Windows" in text
    assert "NT 10.0" not in str(list(SignInSession.objects.values_list("device")))
    assert text.count("(here)") == 1


def test_one_of_mine_is_ended(two):
    here, there = two
    (other,) = here.get("/account").context["page"].sessions[:1]
    other = next(s for s in here.get("/account").context["page"].sessions if s.end)
    here.post(other.end)

    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_somebody_elses(client, two, sign_in):
    theirs = SignInSession.objects.filter(user__email=WORKER)[0]
    sign_in(client, email="supervisor@llr.example")
    client.post(f"/account/sessions/{theirs.public_id}/end")

    assert all(is_in(one) for one in two)


def test_all_others_are_ended(two):
    here, there = two
    here.post("/account/sessions/end-others")

    assert is_in(here)
    assert not is_in(there)


def test_changing_the_password_ends_the_others(two):
    here, there = two
    typed = {"old": PASSWORD, "password": NEW, "again": NEW}
    assert here.post("/account/password", typed).url == "/account"

    assert is_in(here)
    assert not is_in(there)


def test_losing_a_factor_ends_the_others(two):
    here, there = two
    mine = SecondFactor.objects.get(user__email=WORKER)
    SecondFactor.objects.create(
        user_id=mine.user_id,
        kind="passkey",
        label="old key",
        sealed=b"",
        added_at=mine.added_at,
    )
    old = SecondFactor.objects.get(label="old key")
    here.post(f"/account/second-factors/{old.public_id}/remove")

    assert is_in(here)
    assert not is_in(there)


def test_signing_out_ends_the_session_for_whoever_kept_its_key(client, sign_in):
    sign_in(client)
    kept = client.cookies["session"].value
    client.post("/sign-out")
    client.cookies["session"] = kept

    assert not is_in(client)
    assert not SignInSession.objects.filter(user__email=WORKER).exists()


def test_a_key_of_ones_own_making_is_not_taken(client, sign_in):
    client.cookies["session"] = "a" * 32
    sign_in(client)

    assert client.cookies["session"].value != "a" * 32


def test_sessions_that_are_over_are_cleared_away(sign_in, later):
    sign_in(Client())
    later(hours=13)
    sign_in(Client())

    assert SignInSession.objects.filter(user__email=WORKER).count() == 1


def test_choosing_another_role_does_not_lengthen_a_session(client, sign_in, later):
    sign_in(client)
    membership = Membership.objects.get(user__email=WORKER)
    for minutes in range(10, 12 * 60, 10):
        later(minutes=minutes)
        client.post("/sign-in/acting-for", {"membership": membership.pk})
    assert is_in(client)
    later(hours=12, minutes=1)
    assert not is_in(client)


def test_a_session_that_has_not_chosen_a_role_runs_out_too(client, sign_in, later):
    sign_in(client)
    session = client.session
    del session["membership"]
    session.save()
    later(minutes=17)
    client.get("/sign-in/acting-for")

    assert not client.session.keys()


class TestStaleTabs:
    """What was open when somebody's access changed shows nothing more."""

    @pytest.fixture
    def administrator(self, sign_in):
        client = Client()
        sign_in(client, email=ADMINISTRATOR)
        return client

    @pytest.fixture
    def open_tab(self, client, sign_in):
        sign_in(client, email="supervisor@llr.example")
        assert client.get("/status").status_code == 200
        return client

    def account(self):
        row = Membership.objects.select_related("user").get(
            user__email="supervisor@llr.example"
        )
        return f"/accounts/{row.user.public_id}", row.pk

    def test_an_ended_role(self, administrator, open_tab):
        path, membership = self.account()
        administrator.post(f"{path}/roles/{membership}/end")

        assert open_tab.get("/status").url.startswith("/sign-in")
        assert not open_tab.session.keys()

    def test_an_ended_account(self, administrator, open_tab):
        path, _ = self.account()
        administrator.post(f"{path}/end")

        assert open_tab.get("/status").url.startswith("/sign-in")

    def test_a_changed_role(self, administrator, open_tab):
        """Another role was given, and the one this tab acts in was ended."""
        path, membership = self.account()
        place = administrator.get("/accounts/new").context["page"].form.fields["place"]
        service = next(value for value, words in place.choices if "First" in words)
        administrator.post(
            f"{path}/roles/add", {"role": "contact_worker", "place": service}
        )
        administrator.post(f"{path}/roles/{membership}/end")

        assert open_tab.get("/status").url.startswith("/sign-in")

    def test_somebody_who_must_start_again(self, administrator, open_tab):
        path, _ = self.account()
        administrator.post(f"{path}/start-again")

        assert open_tab.get("/status").url.startswith("/sign-in")
