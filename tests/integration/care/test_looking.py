"""What searching and reading the trail leave on it, exactly, and who is turned away."""

import psycopg
import pytest
from django.db import connections, transaction

from alongside.care.people import queries
from alongside.care.people.rules import read_terms
from alongside.care.people.types import TrailFilter
from alongside.foundation.lib.errors import NotFound
from alongside.walls.context import acting_as
from alongside.workflows.who_has_seen import list_who_has_seen_me, plain_reason
from tests.integration.care.test_search import AMRIT
from tests.integration.walls.conftest import actor_of
from tests.support.databases import as_administrator
from tests.support.receiving import NOW, ask, send


@pytest.fixture
def amrit(fresh_database):
    """(key, public id, case) of somebody the service holds a case of."""
    send(AMRIT)
    ((key, public_id, case),) = ask(
        "SELECT p.id, p.public_id, c.id FROM people_person p"
        " JOIN casework_case c ON c.person_id = p.id"
    )
    return key, public_id, case


def entries(reach, action):
    with psycopg.connect(reach.auditor.conninfo()) as auditor:
        return auditor.execute(
            "SELECT user_id, subject_kind, person_ids, purpose FROM audit.entry"
            " WHERE action = %s ORDER BY id",
            [action],
        ).fetchall()


def search(actor, text):
    with acting_as(actor), transaction.atomic():
        return queries.search_people(actor=actor, now=NOW, terms=read_terms(text))


def looks(actor, person, **chosen):
    with acting_as(actor), transaction.atomic():
        try:
            return queries.list_looks(
                actor=actor,
                now=NOW,
                person_id=person,
                chosen=TrailFilter(**chosen),
                limit=50,
                purpose="test",
            )
        except NotFound:
            return None


def test_a_search_leaves_its_kinds_and_whom_it_showed(fresh_database, amrit):
    tom = actor_of("worker@llr.example")
    _, public_id, _ = amrit
    search(tom, "amrit 1987-02-03")
    search(tom, "07700900461 zebedee")
    assert entries(fresh_database, "person.searched") == [
        (tom.user_id, "name, date of birth", [public_id], "search"),
        (tom.user_id, "name, phone or e-mail", [], "search"),
    ]


def test_comparing_names_whom_it_met_seen_or_not(fresh_database, amrit):
    tom, (key, public_id, _) = actor_of("worker@llr.example"), amrit
    with acting_as(tom), transaction.atomic():
        queries.read_entry_hint(actor=tom, now=NOW, alike=[key], asked="name")
    with as_administrator(fresh_database.app.database) as administrator:
        administrator.execute("UPDATE casework_caseaccess SET compartments = 2")
        administrator.commit()
    with acting_as(tom), transaction.atomic():
        hidden = queries.read_entry_hint(actor=tom, now=NOW, alike=[key], asked="name")
    assert hidden.people == ()
    assert hidden.ask
    met = (tom.user_id, "name", [public_id], "entry")
    assert entries(fresh_database, "person.compared") == [met, met]


@pytest.mark.parametrize("text", ["amrit", "07700900461", "26000000001", "LE3 1AA"])
def test_who_is_barred_finds_nobody(fresh_database, amrit, text):
    tom, key = actor_of("worker@llr.example"), amrit[0]
    with as_administrator(fresh_database.app.database) as administrator:
        administrator.execute(
            "INSERT INTO casework_conflict (area_id, agency_id, person_id, user_id,"
            " kind, found, reason, since) VALUES (%s, %s, %s, %s, 'related',"
            " 'declared', '', now())",
            [tom.area_id, tom.agency_id, key, tom.user_id],
        )
    assert search(tom, text).count == 0
    assert search(tom, text) == search(tom, "nobody at all")


def test_a_wall_inside_the_agency_hides_from_the_search(fresh_database, amrit):
    tom = actor_of("worker@llr.example")
    with as_administrator(fresh_database.app.database) as administrator:
        administrator.execute("UPDATE casework_case SET compartments = 8")
    assert search(tom, "amrit").count == 0
    assert search(actor_of("information@llr.example"), "amrit").count == 1


def test_reading_the_trail_is_on_it_and_so_is_a_refused_try(fresh_database, amrit):
    _, public_id, _ = amrit
    governance = actor_of("information@llr.example")
    assert looks(governance, public_id) is not None
    with as_administrator(fresh_database.app.database) as administrator:
        administrator.execute("UPDATE casework_case SET compartments = 8")
    sarah = actor_of("supervisor@llr.example")
    assert looks(sarah, public_id) is None  # not cleared for that wall
    assert entries(fresh_database, "audit.read") == [
        (governance.user_id, "person", [public_id], "test")
    ]
    assert entries(fresh_database, "audit.read_refused") == [
        (sarah.user_id, "person", [public_id], "test")
    ]


def test_the_role_is_asked_of_the_database(fresh_database, amrit):
    """Whatever the code above says somebody may: only the membership counts."""
    tom, public_id = actor_of("worker@llr.example"), amrit[1]
    with acting_as(tom), transaction.atomic(), connections["default"].cursor() as c:
        c.execute(
            "SELECT allowed, looks FROM people_who_has_seen(%s, NULL, 50, NULL, NULL,"
            " NULL, '', NULL, %s)",
            [public_id, NOW],
        )
        assert c.fetchall() == [(False, None)]
        c.execute(
            "SELECT * FROM people_unusual_looking(%s, 1, 1, '', NULL, %s)", [NOW] * 2
        )
        assert c.fetchall() == []


def test_the_person_reads_a_role_and_a_plain_reason(fresh_database, amrit):
    tom, governance = (
        actor_of("worker@llr.example"),
        actor_of("information@llr.example"),
    )
    key, public_id, _ = amrit
    with acting_as(tom), transaction.atomic():
        queries.open_labels(
            person_ids=[key], purpose="other: his flat at 9 High Street", now=NOW
        )
    with acting_as(governance), transaction.atomic():
        told = list_who_has_seen_me(actor=governance, now=NOW, person_id=public_id)
    assert [(one.who, one.why) for one in told] == [
        (
            "Contact worker, LLR Victim and Witness Service",
            "For another reason that is written down",
        )
    ]


@pytest.mark.parametrize(
    ("purpose", "plain"),
    [
        ("break_glass: he is at her door", "In an emergency"),
        ("case page", "To work on your case"),
        ("something new: words", "To work on your case"),
    ],
)
def test_no_written_words_reach_the_person(purpose, plain):
    assert plain_reason(purpose) == plain
