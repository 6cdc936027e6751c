"""Signing in tells nobody which accounts exist (OWASP ASVS 5.0, 6.3.8)."""

import re
import statistics
import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.test import Client

from alongside.foundation.accounts.models import Membership, User
from tests.integration.web.accounts.people import HERE, WORKER, WRONG, at, fail
from tests.integration.web.conftest import PASSWORD
from tests.support.databases import as_administrator

pytestmark = pytest.mark.urls("tests.integration.web.urls")

ACCOUNTS = {
    "known": WORKER,
    "unknown": "nobody@llr.example",
    "inactive": "fitter@llr.example",
    "no password": "feed.receiver@llr.example",
}


@pytest.fixture
def real_hashing(fresh_database, settings):
    """Passwords hashed as the product does, at what that costs."""
    settings.PASSWORD_HASHERS = [
        hasher for hasher in settings.PASSWORD_HASHERS if not hasher.startswith("tests")
    ]
    passwords = User.objects.using("owner").exclude(password__startswith="!")
    passwords.update(password=make_password(PASSWORD))


@pytest.fixture
def accounts(fresh_database, real_hashing):
    User.objects.using("owner").filter(email=ACCOUNTS["inactive"]).update(
        is_active=False
    )
    Membership.objects.using("owner").filter(user__email="panel@llr.example").update(
        until="2026-01-01T00:00:00Z"
    )
    return {**ACCOUNTS, "without a role": "panel@llr.example"}


def plain(answer, email) -> str:
    """A page without what differs each time."""
    text = answer.content.decode().replace(email, "EMAIL")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_pages_for_every_kind_of_account_are_the_same(accounts):
    pages = set()
    for email in accounts.values():
        for password in (WRONG, PASSWORD) if email != WORKER else (WRONG,):
            form = {"email": email, "password": password}
            answer = Client().post("/sign-in", form)
            headers = {k: v for k, v in answer.headers.items() if k != "Content-Length"}
            pages.add((answer.status_code, plain(answer, email), str(headers)))
    assert len(pages) == 1


ROUNDS = 12


def test_times_for_every_kind_of_account_are_the_same(accounts):
    """Interleaved, so that a busy machine slows all alike."""
    taken: dict[str, list[float]] = {kind: [] for kind in accounts}
    for number in range(ROUNDS):
        for kind, email in accounts.items():
            client = at(f"192.0.2.{number}")
            start = time.perf_counter()
            client.post("/sign-in", {"email": email, "password": WRONG})
            taken[kind].append(time.perf_counter() - start)
    medians = {kind: statistics.median(times) for kind, times in taken.items()}

    assert max(medians.values()) < 1.5 * min(medians.values()), medians


def test_a_hash_left_out_would_be_caught(accounts, monkeypatch):
    """The bound is narrow enough to see that nothing was hashed."""
    model = get_user_model()
    start = time.perf_counter()
    Client().post("/sign-in", {"email": WORKER, "password": WRONG})
    hashed = time.perf_counter() - start
    monkeypatch.setattr(model, "check_password", lambda user, password: False)
    start = time.perf_counter()
    Client().post("/sign-in", {"email": WORKER, "password": WRONG})

    assert hashed > 1.5 * (time.perf_counter() - start)


def test_failures_and_waits_are_on_the_trail(fresh_database):
    """With the account where there is one, and without any address."""
    client = at(HERE)
    fail(client, 6)
    fail(client, 1, "nobody@llr.example")
    account_id = User.objects.get(email=WORKER).public_id
    with as_administrator(fresh_database.app.database) as connection:
        entries = connection.execute(
            "SELECT action, subject_id, user_id, row_to_json(e)::text"
            "  FROM audit.entry e WHERE action LIKE 'account.sign_in%' ORDER BY id"
        ).fetchall()

    assert [row[:3] for row in entries] == [
        *[("account.sign_in_failed", account_id, None)] * 5,
        ("account.sign_in_throttled", account_id, None),
        ("account.sign_in_failed", None, None),
    ]
    assert HERE not in str(entries)
    assert "nobody" not in str(entries)
