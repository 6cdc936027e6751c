"""What no request brings about, whatever it looks like."""

import logging

import pytest
from django.db import OperationalError
from django.test import Client
from lxml import html

from config.logs import WordlessFormatter

# What may stand in an address: where a list begins, how it is narrowed.
# "words" looks for an account: a colleague's name, never that of somebody supported.
MAY_BE_TYPED_IN_AN_ADDRESS = {"days", "words"}
TYPED = "//form[translate(@method, 'GET', 'get')='get' or not(@method)]"
TYPED += "//*[self::textarea or self::input[@type='text' or @type='search'"
TYPED += " or @type='email' or @type='tel' or @type='number' or not(@type)]]"
ELSEWHERE = "/api/v1/deliveries"


@pytest.fixture
def strict_doors(doors):
    """Every page, with the check on forms that a real site makes."""
    for door in doors:
        door.client.handler.enforce_csrf_checks = True
    return doors


def test_a_form_without_its_token_is_believed_nowhere(strict_doors):
    believed = []
    for door in strict_doors:
        answer = door.client.post(door.page, {"text": "x"})
        if answer.status_code not in {403, 405}:
            believed.append((door.page, answer.status_code))
    assert believed == []


def test_a_form_sent_by_another_site_is_believed_nowhere(strict_doors):
    sent = {"csrfmiddlewaretoken": "x" * 64, "text": "x"}
    elsewhere = {"origin": "https://x.example"}
    for door in strict_doors:
        answer = door.client.post(door.page, sent, headers=elsewhere)
        assert answer.status_code in {403, 405}, door.page


@pytest.mark.django_db
def test_a_browser_that_is_signed_in_is_no_token(client_as):
    answer = client_as("supervisor").get(ELSEWHERE)

    assert answer.status_code == 401
    assert Client().post(ELSEWHERE, "x", content_type="text/csv").status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_a_method_nobody_asked_for_does_nothing(client_as, method):
    client = client_as("worker")
    for page in ("/sign-in", "/work", "/sign-out"):
        answer = client.generic(method, page, headers={"x-secret": "seen"})
        assert answer.status_code == 405
        assert b"seen" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *("/static/", "/static", "/static/../config/settings.py", "/.git/config"),
        *("/api/v1/docs", "/api/v1/openapi.json", "/admin/", "/debug", "/metrics"),
        *("/static/%2e%2e/secrets.json", "/secrets.json", "/var/secrets.json"),
    ],
)
def test_nothing_is_served_that_is_no_page(client, path):
    answer = client.get(path)

    assert answer.status_code in {301, 404}
    assert b"SECRET" not in answer.content


def test_a_value_in_the_address_does_not_pass_for_one_in_the_form(doors):
    door = next(door for door in doors if door.page.endswith("/note"))
    given = f"{door.page}?text=from-the-address&kind=shared"
    answer = door.client.post(given, {"kind": "shared"})

    assert answer.status_code != 302
    case = door.page.rpartition("/")[0]
    assert b"from-the-address" not in door.client.get(case).content


def test_a_database_that_is_gone_tells_nobody_anything(db, client, monkeypatch):
    client.raise_request_exception = False

    def gone(*args, **kwargs):
        raise OperationalError("connection to server at 10.0.0.9, user alongside_app")

    with monkeypatch.context() as broken:
        broken.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
        answer = client.post("/sign-in", {"email": "a@b.example", "password": "x" * 12})

    assert answer.status_code in {500, 503}
    assert b"10.0.0.9" not in answer.content
    assert b"alongside_app" not in answer.content
    assert b"Something went wrong on our side" in answer.content


def test_no_form_sends_what_was_typed_in_an_address(doors):
    """An address is kept by proxies and browsers; nobody's name belongs there."""
    typed = set()
    for door in doors:
        answer = door.client.get(door.page)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            found = html.fromstring(answer.content).xpath(TYPED)
            typed |= {box.get("name") for box in found}
    assert typed <= MAY_BE_TYPED_IN_AN_ADDRESS


def test_a_line_cannot_be_written_into_the_log(db, client, caplog):
    client.get("/nowhere%0a2026-11-22%20ERROR%20forged%0d%1b[2J")

    (line,) = [WordlessFormatter("%(message)s").format(one) for one in caplog.records]
    assert not [character for character in line if character < " "]


@pytest.mark.urls("tests.integration.web.urls")
def test_what_breaks_is_logged_without_its_words(db, client, caplog):
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        client.get("/refuse/Maud-Applegarth")

    (record,) = [one for one in caplog.records if one.exc_info]
    line = WordlessFormatter("%(message)s").format(record)
    assert "KeyError" in line
    assert line.count("Applegarth") <= 1  # in the address, where we put no name
