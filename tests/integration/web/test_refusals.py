"""What is refused shows nothing and stays on the trail, whatever else is undone."""

import time
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from alongside.care.information_rights.operations import erasing, keeping
from alongside.walls import context
from alongside.web.middleware import STRONG
from tests.integration.api.machines import machine_of
from tests.integration.linking.merging import FIRST, SECOND, person_of, take_in
from tests.integration.rights.people import NOW, acts, bea, somebody
from tests.integration.web.accounts.people import give, password_only
from tests.support.receiving import FORCE, ask, send

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture
def trail(fresh_database):
    """(action, subject kind, subject, purpose, user, request) of what was refused."""

    def read():
        with psycopg.connect(fresh_database.auditor.conninfo()) as auditor:
            return auditor.execute(
                "SELECT action, subject_kind, subject_id, purpose, user_id, request_id"
                " FROM audit.entry WHERE action LIKE '%refused' ORDER BY id"
            ).fetchall()

    return read


def age(client):
    """Have the second factor given an hour ago."""
    session = client.session
    session[STRONG] = int(session[STRONG]) - 60 * 60
    session.save()


def user_id(name):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT id FROM accounts_user WHERE email = %s", [f"{name}@llr.example"]
        )
        return cursor.fetchone()[0]


@pytest.fixture
def case():
    send({})
    ((public_id,),) = ask("SELECT public_id FROM casework_case")
    return public_id


def test_a_page_that_is_not_for_the_role(client_as, trail):
    assert client_as("worker").get("/status").status_code == 403
    (entry,) = trail()

    assert entry[:4] == ("page.refused", "page", None, "403 GET status:status")
    assert entry[4] == user_id("worker")
    assert isinstance(entry[5], UUID)


def test_a_case_that_is_not_theirs(client_as, trail, case):
    """The liaison's role opens no case; a worker asks for one that is not there."""
    client = client_as("worker")
    answer = client.get(f"/cases/{uuid4()}")
    asked = answer.request["PATH_INFO"].rsplit("/", 1)[-1]

    assert answer.status_code == 404
    (entry,) = trail()
    assert entry[:3] == ("page.refused", "page", UUID(asked))


def test_a_mistyped_address_is_no_refusal(client_as, trail):
    assert client_as("worker").get("/nowhere").status_code == 404
    assert client_as("worker").get("/api/v1/nowhere").status_code == 404
    assert trail() == []


def test_who_has_not_signed_in_is_asked_to_and_it_is_no_refusal(client, trail):
    assert client.get(reverse("casework:my_work")).status_code == 302
    assert trail() == []


FORGED = {
    "altered": lambda token: token.replace("|", "|1", 1),
    "another agency's": lambda token: "|".join(
        [*token.split("|")[:2], "999", *token.split("|")[3:]]
    ),
    "not a context": lambda token: "1; DROP TABLE people_person",
}


@pytest.fixture(params=[*FORGED, "expired", "missing"])
def spoilt(client_as, case, monkeypatch, request):
    """A worker who has signed in, and whose context is then not ours any more."""
    client, sign = client_as("worker"), context.sign

    def expired(actor, **given):
        return sign(actor, **{**given, "expires": int(time.time()) - 5})

    def forged(actor, **given):
        return FORGED[request.param](sign(actor, **given))

    if request.param == "missing":
        monkeypatch.setattr("alongside.walls.backend.base.current_token", lambda: "")
    elif request.param == "expired":
        monkeypatch.setattr(context, "sign", expired)
    else:
        monkeypatch.setattr(context, "sign", forged)
    return client


def test_a_context_that_is_not_ours_shows_nothing(spoilt, trail, case):
    answer = spoilt.get(f"/cases/{case}")

    assert answer.status_code in {403, 404}
    assert b"Nanda" not in answer.content
    entries = trail()
    assert entries
    assert entries[-1][:3] == ("page.refused", "page", case)


def test_a_token_that_nobody_has(client, trail):
    answer = client.get("/api/v1/deliveries", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401
    (entry,) = trail()
    assert entry[0] == "api.token_refused"
    assert entry[4] is None


def test_another_forces_delivery(trail):
    force = machine_of(FORCE)
    wanted = uuid4()
    assert force.ask(f"/api/v1/deliveries/{wanted}").status_code == 404
    (entry,) = trail()
    assert entry[:3] == ("api.refused", "api", wanted)
    assert entry[4] is not None


def test_a_form_that_did_not_come_from_our_page(client_as, trail):
    """Forged by another site, or open since before the last sign-in."""
    client = client_as("worker")
    client.handler.enforce_csrf_checks = True
    answer = client.post("/account/password", {})

    assert answer.status_code == 403
    assert b"nothing was saved" in answer.content
    (entry,) = trail()
    assert entry[:2] == ("page.refused", "page")
    assert entry[3].startswith("403 POST accounts:")
    assert entry[4] == user_id("worker")


def test_a_forged_form_of_nobodys(trail):
    assert Client(enforce_csrf_checks=True).post("/sign-in", {}).status_code == 403
    (entry,) = trail()
    assert entry[3:5] == ("403 POST accounts:sign_in", None)


def test_a_form_sent_with_a_second_factor_of_long_ago(client_as, trail):
    client = client_as("worker")
    age(client)

    assert client.post("/account/password", {}).status_code == 403
    (entry,) = trail()
    assert entry[0] == "page.refused"
    assert entry[3].startswith("403 POST accounts:")
    assert entry[4] == user_id("worker")


@pytest.fixture
def failed(fresh_database):
    """(purpose, user) of each second factor that was not right, in order."""

    def read():
        with psycopg.connect(fresh_database.auditor.conninfo()) as auditor:
            return auditor.execute(
                "SELECT purpose, user_id FROM audit.entry"
                " WHERE action = 'account.second_factor_failed' ORDER BY id"
            ).fetchall()

    return read


WRONG = {
    "app": ("000000", "app"),
    "recovery": ("AAAA-AAAA-AAAA-AAAA", "recovery code"),
    "passkey": ("{}", "passkey"),
}


@pytest.mark.parametrize("way", WRONG)
def test_a_second_factor_that_is_not_right(client, failed, way):
    """When signing in; nobody has signed in yet, and it is known who tries."""
    typed, told = WRONG[way]
    give(password_only(client), typed, way=way)

    assert failed() == [(told, user_id("worker"))]


def test_a_second_factor_that_is_not_right_when_asked_again(client_as, failed):
    client = client_as("worker")
    client.post("/confirm?next=/account/password", {"way": "app", "code": "000000"})

    assert failed() == [("app", user_id("worker"))]


def test_approving_what_one_proposed_oneself(client_as, trail):
    key, _, _ = somebody()
    erasure = propose_erasure(key)
    client = client_as("information")
    yes = {"decision": "approve", "understood": "on"}
    answer = client.post(f"/rights/erasures/{erasure}", yes)

    assert b"Somebody other than the one who proposed it" in answer.content
    (entry,) = trail()
    assert entry[:4] == (
        *("page.refused", "page", erasure),
        "AnotherPersonNeeded POST rights:erasure",
    )
    assert entry[4] == user_id("information")


def propose_erasure(key):
    actor = bea()
    with acts(actor):
        return erasing.propose_erasure(
            actor=actor, now=NOW, person_key=key, request_id=None, why="They asked"
        )


def test_a_mistake_in_a_form_is_no_refusal(client_as, trail):
    client_as("information").post("/rights/new", {})
    assert trail() == []


def test_a_wrong_password_when_changing_it(client_as, fresh_database):
    typed = {"old": "not-my-passphrase", "password": "n3w-Passphrase-of-mine"}
    answer = client_as("worker").post(
        "/account/password", {**typed, "again": typed["password"]}
    )

    assert b"That is not your password" in answer.content
    with psycopg.connect(fresh_database.auditor.conninfo()) as auditor:
        entries = auditor.execute(
            "SELECT purpose, user_id FROM audit.entry"
            " WHERE action = 'account.sign_in_failed'"
        ).fetchall()
    assert entries == [("password, when changing it", user_id("worker"))]


def test_two_people_who_may_not_be_joined(client_as, trail):
    kept, gone = take_in(FIRST, SECOND)
    with acts(bea()):
        keeping.lay_hold(
            actor=bea(),
            now=NOW,
            person_key=person_of(SECOND)[0],
            person_id=gone,
            reason="Inquest",
            review_on=date(2027, 3, 1),
        )
    answer = client_as("supervisor").post(
        f"/people/{kept}/join/{gone}", {"reason": "They told us"}
    )

    assert "A legal hold stands on one of them" in answer.content.decode()
    assert [entry[:4] for entry in trail()] == [
        ("person.merge_refused", "person", None, "legal_hold")
    ]
