"""Nothing opens with a password alone (OWASP ASVS 5.0, 6.3.3, 6.5, 6.6, 7.5)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.demo.area import read_practice_secret
from alongside.foundation.accounts.models import RecoveryCode, SecondFactor
from alongside.foundation.accounts.rules import app_codes
from tests.integration.web.accounts.people import WORKER, give, password_only
from tests.support.signing_in import PAGE, fresh_code

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.web.urls")]


@pytest.fixture
def halfway(client):
    """Somebody who has given their password and nothing else."""
    return password_only(client)


@pytest.mark.parametrize(
    "path", ["/my-work", "/queue", "/account", "/confirm", "/accounts", "/still-here"]
)
def test_a_password_alone_opens_nothing(halfway, path):
    answer = halfway.get(path)

    assert answer.status_code in {302, 403}
    assert "/sign-in" in answer.headers.get("Location", "/sign-in")
    assert "_auth_user_id" not in halfway.session


def test_the_right_code_opens_the_page_asked_for(client):
    password_only(client, onward="/queue")

    assert give(client, fresh_code(WORKER)).url == "/queue"
    assert client.get("/my-work").status_code == 200


@pytest.mark.parametrize("typed", ["000000", "12345", "abcdef", "", "１２３４５６"])
def test_a_wrong_code_is_said_and_opens_nothing(halfway, typed):
    answer = give(halfway, typed)

    assert answer.status_code == 200
    assert b"Error: Give your second factor" in answer.content
    assert "_auth_user_id" not in halfway.session


def test_a_code_works_once(client):
    code = fresh_code(WORKER)
    password_only(client)
    give(client, code)
    client.post("/sign-out")
    password_only(client)

    assert b"has been used" in give(client, code).content
    assert "_auth_user_id" not in client.session


def test_a_code_of_long_ago_does_not_work(halfway):
    SecondFactor.objects.filter(user__email=WORKER).update(last_step=0)
    secret = app_codes.read_secret(read_practice_secret())
    old = app_codes.step_at(timezone.now() - timedelta(minutes=2))

    assert give(halfway, app_codes.code_of(secret, old)).status_code == 200


def test_spaces_in_a_code_do_not_matter(halfway):
    code = fresh_code(WORKER)

    assert give(halfway, f" {code[:3]} {code[3:]} ").url == "/"


def test_half_a_sign_in_runs_out(halfway, later):
    later(minutes=11)

    assert give(halfway, fresh_code(WORKER)).url.startswith("/sign-in?")
    assert not halfway.session.keys()


def test_the_session_is_new_at_each_step(client):
    client.get("/sign-in")
    password_only(client)
    first = client.session.session_key
    give(client, fresh_code(WORKER))

    assert client.session.session_key != first
    client.cookies["session"] = first
    assert client.get("/my-work").status_code == 302


def test_who_is_elsewhere_cannot_go_on_from_somebody_elses_password(halfway):
    assert give(Client(), fresh_code(WORKER)).url.startswith("/sign-in")


class TestFirstTime:
    @pytest.fixture
    def newcomer(self, client):
        """Somebody with a password and no second factor yet."""
        SecondFactor.objects.filter(user__email=WORKER).delete()
        return password_only(client)

    def test_is_asked_to_set_one_up_and_sees_nothing_else(self, newcomer):
        assert newcomer.get(PAGE).url == "/sign-in/set-up"
        assert newcomer.get("/my-work").url.startswith("/sign-in")

    def test_an_app_is_added_and_recovery_codes_are_shown_once(self, newcomer):
        page = newcomer.get("/sign-in/set-up")
        secret = page.context["page"].secret.typed
        assert "<svg" in page.content.decode()
        code = app_codes.code_of(
            app_codes.read_secret(secret), app_codes.step_at(timezone.now())
        )
        told = newcomer.post("/sign-in/set-up", {"code": code})

        assert len(told.context["page"].codes) == 10
        assert newcomer.get("/my-work").status_code == 200
        assert newcomer.get("/sign-in/set-up").status_code == 302
        assert RecoveryCode.objects.filter(user__email=WORKER).count() == 10

    def test_the_secret_is_not_readable_in_the_session(self, newcomer):
        typed = newcomer.get("/sign-in/set-up").context["page"].secret.typed

        assert typed.replace(" ", "") not in str(dict(newcomer.session))

    def test_a_wrong_first_code_adds_nothing(self, newcomer):
        newcomer.get("/sign-in/set-up")
        answer = newcomer.post("/sign-in/set-up", {"code": "000000"})

        assert b"not the code your app shows now" in answer.content
        assert not SecondFactor.objects.filter(user__email=WORKER).exists()

    def test_who_has_one_cannot_add_another_with_a_password_alone(self, halfway):
        assert halfway.get("/sign-in/set-up").status_code == 302
        assert halfway.get("/sign-in/set-up/passkey").status_code == 302
        assert halfway.post("/sign-in/set-up", {"code": "000000"}).status_code == 302
        assert SecondFactor.objects.filter(user__email=WORKER).count() == 1


class TestRecoveryCodes:
    @pytest.fixture
    def codes(self, client, sign_in):
        """Codes that were shown to the worker, who then signed out."""
        sign_in(client)
        shown = client.post("/account/recovery-codes").context["page"].codes
        client.post("/sign-out")
        return shown

    def test_one_lets_in_once(self, client, codes):
        password_only(client)
        assert give(client, codes[0].upper().replace("-", " "), "recovery").url == "/"
        client.post("/sign-out")
        password_only(client)
        assert give(client, codes[0], "recovery").status_code == 200
        assert give(client, codes[1], "recovery").url == "/"

    def test_new_ones_end_the_old(self, client, codes, sign_in):
        sign_in(client)
        client.post("/account/recovery-codes")
        client.post("/sign-out")
        password_only(client)

        assert give(client, codes[0], "recovery").status_code == 200

    def test_nobody_elses_works(self, client, codes):
        password_only(client, email="supervisor@llr.example")

        assert give(client, codes[0], "recovery").status_code == 200

    def test_they_are_not_kept(self, codes):
        kept = b"".join(
            bytes(mac) for mac in RecoveryCode.objects.values_list("mac", flat=True)
        )
        assert all(code.encode() not in kept for code in codes)


def test_the_secret_of_an_app_is_sealed_and_bound_to_its_owner(db, settings):
    row = SecondFactor.objects.get(user__email=WORKER)
    secret = app_codes.read_secret(read_practice_secret())
    other = SecondFactor.objects.get(user__email="supervisor@llr.example")

    assert secret not in bytes(row.sealed)
    assert bytes(row.sealed) != bytes(other.sealed)


def test_a_secret_moved_to_another_account_does_not_open(client):
    """Whoever can write the table gives nobody their own app."""
    supervisor = "supervisor@llr.example"
    mine = SecondFactor.objects.get(user__email=WORKER)
    theirs = SecondFactor.objects.get(user__email=supervisor)
    theirs.delete()
    SecondFactor.objects.create(
        user_id=theirs.user_id,
        kind=mine.kind,
        label="Moved",
        sealed=mine.sealed,
        added_at=mine.added_at,
    )
    password_only(client, email=supervisor)
    answer = give(client, fresh_code(supervisor))

    assert answer.status_code == 409
    assert b"altered or moved" in answer.content
    assert "_auth_user_id" not in client.session


def test_the_practice_code_is_told_only_where_practice_is_on(halfway, settings):
    assert b"Practice area" not in halfway.get(PAGE).content
    settings.PRACTICE_SECOND_FACTOR = read_practice_secret()
    page = halfway.get(PAGE)

    assert b"Practice area: your code is" in page.content
    assert give(halfway, page.context["page"].practice_code).url == "/"
