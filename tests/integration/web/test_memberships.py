"""What depends on whom an account acts for, and until when."""

import pytest
from django.utils import timezone

from alongside.foundation.accounts.models import Membership, User
from alongside.foundation.accounts.types import Role
from alongside.web.accounts.views.signing_in import NOT_RECOGNISED

# Only the database's owner changes who acts for whom, so these are committed.
pytestmark = [
    pytest.mark.usefixtures("fresh_database"),
    pytest.mark.urls("tests.integration.web.urls"),
]


def end_membership(email):
    memberships = Membership.objects.using("owner").filter(user__email=email)
    memberships.update(until=timezone.now())


def test_every_failure_has_one_answer(client, sign_in):
    """Unknown, wrong, ended and machine accounts cannot be told apart."""
    end_membership("fitter@llr.example")
    answers = {
        email: sign_in(client, email=email, password=password)
        for email, password in (
            ("nobody@llr.example", "a-practice-passphrase"),
            ("worker@llr.example", "a-wrong-passphrase"),
            ("fitter@llr.example", "a-practice-passphrase"),
            ("feed.receiver@llr.example", "a-practice-passphrase"),
        )
    }

    for email, answer in answers.items():
        assert answer.status_code == 200
        text = answer.content.decode()
        assert NOT_RECOGNISED in text
        assert "<title>Error: Sign in - Alongside</title>" in text
        assert email in text
        assert "passphrase" not in text
    assert "_auth_user_id" not in client.session


def test_someone_with_several_roles_chooses(client, sign_in):
    user = User.objects.get(email="worker@llr.example")
    first = Membership.objects.get(user=user)
    other = Membership.objects.using("owner").create(
        user=user, agency_id=first.agency_id, role=Role.SUPERVISOR
    )

    assert sign_in(client, next="/status").url == "/sign-in/acting-for"
    assert client.get("/my-work").url == "/sign-in/acting-for"
    assert b"Supervisor" in client.get("/sign-in/acting-for").content
    assert client.post("/sign-in/acting-for", {"membership": other.pk}).url == "/status"
    assert client.get("/status").content == b"Status"


def test_who_no_longer_acts_for_anyone_is_signed_out(client, sign_in):
    sign_in(client)
    end_membership("worker@llr.example")

    assert client.get("/my-work").status_code == 302
    assert not client.session.keys()
