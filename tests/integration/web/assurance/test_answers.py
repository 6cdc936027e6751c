"""What every answer carries, whoever asked and whatever came of it."""

import pytest
from django.http import HttpResponse
from django.test import Client

OUTSIDE = ("/sign-in", "/nowhere", "/api/v1/nowhere", "/api/v1/deliveries")
_asked: list[tuple[str, HttpResponse]] = []


def answers(doors):
    """Every page as who may open it sees it, as nobody does, and what is not there."""
    for door in doors:
        yield door.page, door.client.get(door.page)
    nobody = Client()
    for page in [*OUTSIDE, *(door.page for door in doors[::5])]:
        yield page, nobody.get(page)
    yield "a form from elsewhere", Client(enforce_csrf_checks=True).post("/sign-in")
    yield "a wrong method", nobody.delete("/sign-in")
    worker = next(door.client for door in doors if door.page == "/work")
    yield "a file", worker.get("/work?format=csv")
    yield "not for the role", worker.get("/status")


@pytest.fixture
def all_answers(request):
    """Asked for once: the answers are the same for each test."""
    if not _asked:
        _asked.extend(answers(request.getfixturevalue("doors")))
    return _asked


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
            "text/plain; charset=utf-8",  # an instrument, as its file
            "application/zip",  # characters are its members' own
            "application/json",  # RFC 8259: always UTF-8, and has no charset
            "application/json; charset=utf-8",
        }:
            wrong.append((page, answer.status_code, kind))
    assert wrong == []


def test_what_is_saved_is_an_attachment_under_a_name_of_ours(all_answers):
    files = [
        answer
        for _, answer in all_answers
        if answer["Content-Type"].startswith(("text/csv", "application/zip"))
    ]
    assert {answer["Content-Type"] for answer in files} == {
        "text/csv; charset=utf-8",
        "application/zip",
    }
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
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    answer.close()


def test_every_page_has_a_way_out(all_answers):
    """But those that somebody sees who has not come in yet."""
    pages = [
        (page, answer.content)
        for page, answer in all_answers
        if answer.status_code == 200
        and answer["Content-Type"].startswith("text/html")
        and not page.startswith(("/sign-in", "/invitation"))
    ]
    assert len(pages) > 10
    assert not [page for page, said in pages if b'action="/sign-out"' not in said]


def test_the_key_of_a_session_is_long_and_never_the_same(client, sign_in, db):
    keys = set()
    for _ in range(3):
        sign_in(client)
        keys.add(client.cookies["session"].value)
        client.post("/sign-out")

    assert len(keys) == 3
    # 36 letters and digits carry a little more than five bits each.
    assert all(len(key) * 5 >= 128 for key in keys)


def test_cookies_are_for_this_site_and_not_for_scripts(client, sign_in, db):
    client.get("/sign-in")
    sign_in(client)
    assert client.cookies
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
