"""Held referrals: the list, one of them, and who may see which."""

import re

import pytest

from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction
from tests.factories.feeds import receive, receive_bytes
from tests.integration.web.intake.conftest import NO_CONSENT
from tests.support.feed import NAMES, REFERRAL, as_csv

pytestmark = pytest.mark.django_db

# Session, user and membership; the signed context and its transaction; then the
# page's own: holds, matters, names, forces, teams and counts.
HELD_STATEMENTS = 15


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def first_held(client, name="Nadia") -> str:
    """The address of the held page of somebody."""
    page = client.get("/held").content.decode()
    card = next(c for c in page.split("<article")[1:] if name in c)
    found = re.search(r'href="(/held/[0-9a-f-]{36})"', card)
    assert found
    return found[1]


def test_the_list_says_who_why_whose_and_how_long(client_as, report):
    page = text_of(client_as("supervisor").get("/held"))

    assert "3 to decide" in page
    assert "Nadia Field" in page
    assert "No consent to be referred" in page
    assert "Held for 3 days, with Referral desk" in page
    assert "sent by Leicestershire Police" in page


def test_every_reason_is_said(client_as, report):
    page = text_of(client_as("supervisor").get("/held"))
    card = next(c for c in page.split("<article")[1:] if "Cass Young" in c)

    assert "No consent to be referred" in card
    assert "A child with no parent or guardian named" in card


def test_a_reason_narrows_the_list_and_says_how_many(client_as, report):
    page = text_of(client_as("supervisor").get("/held?reason=out_of_area"))

    assert "Otto Lang" in page
    assert "Nadia Field" not in page
    assert "1 to decide" in page
    assert "Lives outside the area (1)" in page


@pytest.mark.parametrize("query", ["reason=nonsense", "after=x~y", "before=2026~z"])
def test_an_address_that_makes_no_sense_leaves_nothing_out(client_as, report, query):
    assert "3 to decide" in text_of(client_as("supervisor").get(f"/held?{query}"))


def test_pages_lead_on_and_back_again(client_as, earlier, monkeypatch):
    monkeypatch.setattr("alongside.web.intake.held.PAGE_ROWS", 2)
    receive([NO_CONSENT | {"given_names": f"P{c}"} for c in "abcde"], now=earlier)
    client = client_as("supervisor")

    def names(page):
        return re.findall(r"<p>(P[a-e]) Field", page.content.decode())

    def address(page, rel):
        found = re.search(f'href="([^"]+)" rel="{rel}"', page.content.decode())
        return found and "/held" + found[1].replace("&amp;", "&")

    first = client.get("/held")
    second = client.get(address(first, "next"))
    third = client.get(address(second, "next"))
    seen = names(first) + names(second) + names(third)
    assert sorted(seen) == ["Pa", "Pb", "Pc", "Pd", "Pe"]
    assert address(first, "prev") is None
    assert address(third, "next") is None
    assert names(client.get(address(third, "prev"))) == names(second)
    back = client.get(address(second, "prev"))
    assert names(back) == names(first)
    assert address(back, "prev") is None


def test_nothing_held_says_so(client_as, db):
    assert "Nothing is held" in text_of(client_as("supervisor").get("/held"))


def test_one_shows_what_the_police_said_and_what_they_left_empty(client_as, report):
    client = client_as("supervisor")
    page = text_of(client.get(first_held(client)))

    assert "Consent to be referred" in page
    assert "<dd>Refused</dd>" in page
    assert "Reported" in page
    assert "101 Melton Road" in page
    assert re.search(r"Left empty: [^.]*E-mail", page)
    assert "Ask the police to speak to the person" in page


def test_what_the_police_said_is_read_by_the_columns_of_their_file(client_as, earlier):
    # They stand in an order of the force's own, and one is not the format's.
    names = ("own_column", *reversed(NAMES))
    row = REFERRAL | NO_CONSENT | {"own_column": "x", "town": "Wigston"}
    receive_bytes(as_csv([row], names), now=earlier)
    client = client_as("supervisor")

    page = client.get(first_held(client)).content.decode()
    assert "<dt>Town</dt><dd>Wigston</dd>" in page


def test_a_look_at_what_the_police_said_is_on_the_trail(client_as, report, monkeypatch):
    client = client_as("supervisor")
    address = first_held(client)
    kept = []
    record = audit.record_event

    def spy(**entry):
        kept.append(entry)
        record(**entry)

    monkeypatch.setattr(audit, "record_event", spy)
    client.get(address)

    (entry,) = kept
    assert entry["action"] is AuditAction.PERSON_SEEN
    assert entry["subject"].kind == "what the force said"
    assert len(entry["subject"].person_ids) == 1


def test_a_contact_worker_reads_and_is_offered_nothing_to_decide(client_as, report):
    client = client_as("worker")
    address = first_held(client)
    page = text_of(client.get(address))

    assert "What the police said" in page
    assert "Accept anyway" not in page
    assert "Accept anyway" not in text_of(client.get("/held"))
    for act in ("accept", "return", "wait"):
        assert client.get(f"{address}/{act}").status_code == 403
        assert client.post(f"{address}/{act}", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("role", ["specialist", "police", "information", "analyst"])
def test_other_roles_may_not_open_them(client_as, report, role):
    address = first_held(client_as("supervisor"))
    client = client_as(role)

    assert client.get("/held").status_code == 403
    assert client.get(address).status_code == 403


def test_nobody_at_all_is_asked_to_sign_in(client, db):
    assert client.get("/held").url.startswith("/sign-in")


def test_one_that_is_not_there_is_not_found(client_as, db):
    address = "/held/00000000-0000-4000-8000-000000000000"
    assert client_as("supervisor").get(address).status_code == 404


def test_the_list_takes_the_same_statements_whatever_is_in_it(
    client_as, earlier, django_assert_num_queries
):
    client = client_as("supervisor")
    receive([NO_CONSENT], now=earlier)
    client.get("/held")
    with django_assert_num_queries(HELD_STATEMENTS):
        client.get("/held")
    receive([NO_CONSENT] * 9, now=earlier, extract_id="LEI-2")
    with django_assert_num_queries(HELD_STATEMENTS):
        assert "10 to decide" in text_of(client.get("/held"))
