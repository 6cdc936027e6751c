"""Looking at a person leaves an entry that nobody can take back."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction

from alongside.care.people.queries import open_labels, open_person
from alongside.foundation.lib.errors import NotFound
from alongside.walls.context import acting_as
from tests.support.databases import as_administrator
from tests.support.receiving import NOW, ask, count_everything, send

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def person(fresh_database, delivery):
    """(key, public id, shown record) of somebody the service holds a case of."""
    ((key, public_id, shown),) = ask(
        "SELECT p.id, p.public_id, p.shown_record_id FROM people_person p"
        " JOIN casework_case c ON c.person_id = p.id"
    )
    return key, public_id, shown


def entries(reach, action):
    with psycopg.connect(reach.auditor.conninfo()) as auditor:
        return auditor.execute(
            "SELECT user_id, agency_id, person_ids, purpose FROM audit.entry"
            " WHERE action = %s ORDER BY id",
            [action],
        ).fetchall()


def labels(actor, key):
    with acting_as(actor), transaction.atomic():
        return open_labels(person_ids=[key], purpose="test", now=NOW)


def test_a_look_is_on_the_trail(fresh_database, person, service):
    key, public_id, _ = person
    assert labels(service, key)[key].surname == "Nanda"
    assert entries(fresh_database, "person.seen") == [
        (service.user_id, service.agency_id, [public_id], "test")
    ]


@pytest.mark.parametrize("who", ["provider", "elsewhere"])
def test_who_may_not_see_a_person_is_told_nothing(fresh_database, person, who, request):
    actor = request.getfixturevalue(who)
    key, public_id, shown = person
    assert labels(actor, key) == {}
    with acting_as(actor), transaction.atomic(), pytest.raises(NotFound):
        open_person(
            person_id=key,
            public_id=public_id,
            shown_record_id=shown,
            purpose="test",
            now=NOW,
        )

    # Neither is undone with the transaction that asked.
    assert entries(fresh_database, "person.seen") == []
    refused = entries(fresh_database, "person.refused")
    assert refused == [(actor.user_id, actor.agency_id, [public_id], "test")] * 2


def test_a_refused_look_stays_on_the_trail_when_all_else_is_undone(
    fresh_database, person, provider
):
    with acting_as(provider), pytest.raises(KeyError), transaction.atomic():
        assert open_labels(person_ids=[person[0]], purpose="test", now=NOW) == {}
        raise KeyError
    (entry,) = entries(fresh_database, "person.refused")
    assert entry == (provider.user_id, provider.agency_id, [person[1]], "test")


def test_part_of_a_list_that_is_refused_is_told_apart(
    fresh_database, person, delivery, service
):
    vera = {"given_names": "Vera", "surname": "Birch", "date_of_birth": "1961-05-06"}
    send({**vera, "crime_ref": "3"}, extract="2")
    ((other, other_public_id),) = ask(
        "SELECT id, public_id FROM people_person ORDER BY id DESC LIMIT 1"
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "DELETE FROM casework_caseaccess a USING casework_case c"
            " WHERE c.id = a.case_id AND c.person_id = %s",
            [other],
        )
    with acting_as(service), transaction.atomic():
        found = open_labels(person_ids=[person[0], other], purpose="test", now=NOW)

    assert set(found) == {person[0]}
    people = [ids for _, _, ids, _ in entries(fresh_database, "person.refused")]
    assert people == [[other_public_id]]


def test_who_does_not_act_sees_no_name(fresh_database, person):
    with transaction.atomic():
        assert open_labels(person_ids=[person[0]], purpose="", now=NOW) == {}


def test_a_person_who_does_not_exist_leaves_no_entry(fresh_database, service):
    assert labels(service, 123_456_789) == {}
    assert entries(fresh_database, "person.refused") == []


TABLES = ("entry", "seal", "signature", "era")
WAYS = (
    *(
        way.format(table=f"audit.{table}")
        for table in TABLES
        for way in (
            "SELECT * FROM {table}",
            "COPY {table} TO STDOUT",
            "INSERT INTO {table} DEFAULT VALUES",
            "DELETE FROM {table}",
            "TRUNCATE {table} CASCADE",
            "DROP TABLE {table} CASCADE",
            "ALTER TABLE {table} DISABLE TRIGGER ALL",
            "ALTER TABLE {table} ADD COLUMN more int",
            "ALTER TABLE {table} OWNER TO CURRENT_USER",
            "CREATE RULE gone AS ON INSERT TO {table} DO INSTEAD NOTHING",
            "CREATE TRIGGER t BEFORE INSERT ON {table} EXECUTE FUNCTION audit.refuse()",
            "LOCK TABLE {table}",
            "GRANT ALL ON {table} TO CURRENT_USER",
        )
    ),
    "UPDATE audit.entry SET purpose = ''",
    "UPDATE audit.seal SET rows = 1",
    "INSERT INTO audit.entry (at, action, subject_kind) VALUES (now(), 'x', 'y')",
    "INSERT INTO audit.seal VALUES (9, 1, '1', 1, 1, 1, 1, 1, now(), now(), 'x')",
    "SELECT nextval('audit.entry_id_seq')",
    "DROP INDEX audit.entry_by_place",
    "DROP SCHEMA audit CASCADE",
    "DROP FUNCTION audit.refuse() CASCADE",
    "CREATE FUNCTION audit.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER FUNCTION audit.make_seal() SECURITY INVOKER",
    "SELECT audit.refuse()",
    "SET session_replication_role = replica",
    "SET ROLE alongside_audit",
    "SET SESSION AUTHORIZATION alongside_audit",
)
NO = "permission denied|must be owner|must be able to SET ROLE|no privileges|not exist"


@pytest.mark.parametrize("role", ["app", "owner"])
def test_neither_the_application_nor_the_owner_touches_the_trail(fresh_database, role):
    with psycopg.connect(getattr(fresh_database, role).conninfo()) as connection:
        for statement in WAYS:
            with (
                pytest.raises(psycopg.Error, match=NO) as refused,
                connection.transaction(),
            ):
                connection.execute(statement)
            assert refused.value.sqlstate in {"42501", "42809"}, statement


def test_the_auditor_reads_and_does_nothing_else(fresh_database):
    reading = {
        f"{way} audit.{table}{rest}"
        for table in TABLES
        for way, rest in (("SELECT * FROM", ""), ("COPY", " TO STDOUT"))
    }
    with psycopg.connect(fresh_database.auditor.conninfo()) as connection:
        for statement in WAYS:
            # Granting what one may not grant is a warning to whoever holds a right.
            if statement in reading or statement.startswith("GRANT"):
                continue
            with pytest.raises(psycopg.Error, match=NO), connection.transaction():
                connection.execute(statement)
        for table in TABLES:
            connection.execute(f"SELECT * FROM audit.{table}")
        for call in (
            "SELECT audit.record('x', 'y', NULL, '{}', '', NULL, now())",
            "SELECT audit.make_seal()",
            "SELECT audit.sign_seal(1, 'x', 'y')",
        ):
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege),
                connection.transaction(),
            ):
                connection.execute(call)


def test_even_the_trails_own_owner_is_refused_by_its_triggers(fresh_database, delivery):
    with as_administrator(fresh_database.app.database) as administrator:
        administrator.execute("SELECT audit.make_seal()")
        administrator.execute("SET ROLE alongside_audit")
        for table, change in (
            ("entry", "purpose = ''"),
            ("seal", "rows = 1"),
            ("signature", "key = 'x'"),
            ("era", "n = 7"),
        ):
            for statement in (
                f"UPDATE audit.{table} SET {change}",
                f"DELETE FROM audit.{table}",
                f"TRUNCATE audit.{table} CASCADE",
            ):
                with (
                    pytest.raises(psycopg.Error, match="is append-only"),
                    administrator.transaction(),
                ):
                    administrator.execute(statement)
        administrator.rollback()


def test_an_entry_cannot_be_written_in_somebody_elses_name(
    fresh_database, provider, service
):
    with (
        acting_as(provider),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(
            "SELECT audit.record('person.seen', 'name', NULL, ARRAY[%s]::uuid[], '',"
            " NULL, now())",
            [uuid4()],
        )
    ((user, agency, _, _),) = entries(fresh_database, "person.seen")
    assert (user, agency) == (provider.user_id, provider.agency_id)


def test_what_is_undone_is_undone_with_its_entry(fresh_database, person, service):
    before = count_everything()
    with acting_as(service), pytest.raises(KeyError), transaction.atomic():
        open_labels(person_ids=[person[0]], purpose="test", now=NOW)
        raise KeyError
    assert entries(fresh_database, "person.seen") == []
    assert count_everything() == before


def test_what_the_trail_says_of_a_person_is_for_the_owners_functions(
    fresh_database, person, service
):
    key, public_id, _ = person
    for _ in range(3):
        labels(service, key)
    about = "SELECT at, user_id, purpose FROM audit.entries_about(%s, %s, %s)"
    with psycopg.connect(fresh_database.owner.conninfo()) as owner:
        all_at_once = owner.execute(about, [public_id, LATER, 1]).fetchall()
        nobody = owner.execute(about, [uuid4(), LATER, 9]).fetchall()
        before = owner.execute(about, [public_id, NOW, 9]).fetchall()
    # Entries of one moment come together: the next page starts before it.
    assert all_at_once == [(NOW, service.user_id, "test")] * 3
    assert nobody == before == []

    with (
        psycopg.connect(fresh_database.app.conninfo()) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(about, [public_id, LATER, 9])
