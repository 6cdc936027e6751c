"""What every answer carries, whoever asked and whatever came of it."""

import pytest
from django.test import Client

SERVICE = ("worker", "supervisor", "governance")


def answers(pages, client_as):
    """Every page as several people see it, as nobody does, and what is not there."""
    for client in [Client(), *map(client_as, SERVICE)]:
        for page in [*pages, "/sign-in", "/nowhere", "/api/v1/nowhere", "/still-here"]:
            yield page, client.get(page)
    yield "/api/v1/deliveries", Client().get("/api/v1/deliveries")
    yield "a form from elsewhere", Client(enforce_csrf_checks=True).post("/sign-in")
    yield "a wrong method", Client().delete("/sign-in")


@pytest.fixture
def all_answers(pages, client_as):
    return list(answers(pages, client_as))


def test_every_answer_says_how_it_may_be_used(all_answers):
    wrong = []
    for page, answer in all_answers:
        policy = answer.headers.get("Content-Security-Policy", "")
        said = {
            "no policy": "default-src 'none'" in policy and "unsafe" not in policy,
            "can be framed": "frame-ancestors 'none'" in policy,
            "base can be moved": "base-uri 'none'" in policy,
            "type can be guessed": answer.headers["X-Content-Type-Options"]
            == "nosniff",
            "may be cached": answer.headers["Cache-Control"] == "no-store",
            "tells other sites": answer.headers["Referrer-Policy"] == "same-origin",
            "shares its window": (
                answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
            ),
            "may be embedded": (
                answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            ),
            "shared with another site": (
                "Access-Control-Allow-Origin" not in answer.headers
            ),
        }
        wrong += [
            (page, answer.status_code, what) for what, ok in said.items() if not ok
        ]
    assert wrong == []


def test_every_body_says_what_it_is_and_in_which_characters(all_answers):
    wrong = []
    for page, answer in all_answers:
        kind = answer.headers.get("Content-Type", "")
        if answer.content and kind not in {
            "text/html; charset=utf-8",
            "text/csv; charset=utf-8",
            "application/json",  # RFC 8259: always UTF-8, and has no charset
            "application/json; charset=utf-8",
        }:
            wrong.append((page, answer.status_code, kind))
    assert wrong == []


def test_what_is_saved_is_an_attachment_under_a_name_of_ours(all_answers):
    files = [answer for _, answer in all_answers if "csv" in answer["Content-Type"]]
    assert files
    for answer in files:
        said = answer.headers["Content-Disposition"]
        assert said.startswith('attachment; filename="')
        assert (
            said.removeprefix('attachment; filename="')[:-5].replace("-", "").isalnum()
        )


def test_no_answer_says_what_it_runs_on(all_answers):
    for _, answer in all_answers:
        assert "Server" not in answer.headers
        assert "X-Powered-By" not in answer.headers


@pytest.mark.django_db
def test_our_own_files_say_how_they_may_be_used(client):
    answer = client.get("/static/brand/favicon.svg")

    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "image/svg+xml"
    answer.close()


def test_cookies_are_for_this_site_and_not_for_scripts(client, sign_in, db):
    client.get("/sign-in")
    sign_in(client)
    assert client.cookies
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
