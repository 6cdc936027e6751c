import io

import pytest
from django.contrib.auth import authenticate

from alongside.foundation.accounts.models import Membership, User
from tests.integration.cli.conftest import Run

ACCOUNT = ("createuser", "--email", "New.Worker@llr.example", "--name", "Ada Finch")
PLACE = ("--role", "contact_worker", "--agency", "service", "--team", "First contact")


@pytest.fixture(autouse=True)
def typed(monkeypatch):
    """What stands on the input: a password on a line of its own."""
    monkeypatch.setattr("sys.stdin", io.StringIO("a long invented phrase\n"))


def test_an_account_can_sign_in_afterwards(run: Run, capsys):
    assert run(*ACCOUNT, *PLACE, "--with-password") == 0

    assert "contact worker" in capsys.readouterr().out
    user = authenticate(
        username="new.worker@llr.example", password="a long invented phrase"
    )
    assert user is not None
    assert user.password.startswith("argon2$")
    membership = Membership.objects.select_related("team").get(user_id=user.pk)
    assert membership.team.name == "First contact"


def test_a_new_account_is_told_by_a_link(run: Run, capsys, client):
    assert run(*ACCOUNT, *PLACE) == 0

    link = capsys.readouterr().out.splitlines()[-1]
    path = link.removeprefix("http://localhost:8000")
    typed = {"password": "a long invented phrase", "again": "a long invented phrase"}
    assert client.post(path, typed).url == "/sign-in"
    assert authenticate(
        username="new.worker@llr.example", password="a long invented phrase"
    )
    assert client.get(path).status_code == 404


def test_doing_it_again_leaves_the_password(run: Run):
    run(*ACCOUNT, *PLACE, "--with-password")
    assert run(*ACCOUNT, *PLACE) == 0
    assert authenticate(
        username="new.worker@llr.example", password="a long invented phrase"
    )


def test_a_password_that_is_too_short_makes_no_account(run: Run, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    assert run(*ACCOUNT, *PLACE, "--with-password") == 1
    assert "at least 12 characters" in capsys.readouterr().err
    assert not User.objects.filter(email="new.worker@llr.example").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "feed_receiver", "--agency", "service"), "--role is one of"),
        (("--role", "analyst", "--agency", "nowhere"), "--agency is one of"),
        (
            ("--role", "analyst", "--agency", "service", "--team", "None such"),
            "--team is one of",
        ),
    ],
)
def test_what_does_not_exist_is_said_with_what_does(
    run: Run, words: tuple[str, ...], said: str, capsys
):
    assert run(*ACCOUNT, *words) == 1
    assert said in capsys.readouterr().err
