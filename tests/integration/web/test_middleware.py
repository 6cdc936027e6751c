"""What happens around every page."""

from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.web.urls")]


@pytest.fixture
def later(monkeypatch):
    """Lets time pass for the pages, though not for the database."""
    start = timezone.now()

    def wait(**by):
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(**by))

    return wait


def test_a_page_is_kept_by_nobody_and_framed_by_nobody(client):
    headers = client.get("/sign-in").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_quiet_session_ends_and_says_so(client, sign_in, later):
    sign_in(client)
    later(minutes=17)
    asked = client.get("/my-work")

    assert "timed_out=1" in asked.url
    assert b"because nothing happened for 15 minutes" in client.get(asked.url).content
    assert not client.session.keys()


def test_a_session_in_use_goes_on(client, sign_in, later):
    sign_in(client)
    for minutes in (10, 20, 30):
        later(minutes=minutes)
        assert client.get("/still-here").status_code == 204
    later(minutes=47)
    assert client.get("/still-here").status_code == 403


def test_asking_whether_a_session_lives_does_not_keep_it_alive(client, sign_in, later):
    sign_in(client)
    later(minutes=15)
    assert client.head("/still-here").status_code == 204
    later(minutes=17)
    assert client.head("/still-here").status_code == 403


def test_no_session_lasts_longer_than_a_day_at_work(client, sign_in, later):
    sign_in(client)
    for minutes in range(10, 12 * 60, 10):
        later(minutes=minutes)
        assert client.get("/still-here").status_code == 204
    later(hours=12, minutes=1)
    assert client.get("/still-here").status_code == 403


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("gone", (404, "We could not find that")),
        ("forbidden", (403, "You do not have permission to do that")),
        ("late", (409, "That cannot be done")),
    ],
)
def test_a_refusal_is_a_page_in_plain_words(client, sign_in, why, told):
    status, words = told
    sign_in(client)
    answer = client.get(f"/refuse/{why}")

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_page_that_is_not_for_the_role_says_so(client, sign_in):
    sign_in(client)
    answer = client.get("/status")

    assert answer.status_code == 403
    assert b"Your role does not include it" in answer.content
    assert b"Case status" not in answer.content


def test_an_address_that_leads_nowhere_says_so(client):
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert b"We could not find that page" in answer.content


def test_what_breaks_is_said_without_details(client, settings):
    client.raise_request_exception = False
    answer = client.get("/refuse/unheard-of")

    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content
    assert b"unheard-of" not in answer.content
