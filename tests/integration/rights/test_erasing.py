"""Erasing: who may, what stands against it, and that nothing is left."""

import pytest
from django.db import connections
from psycopg import sql

from alongside.care.information_rights.operations import erasing, keeping
from alongside.care.information_rights.permissions import (
    AnotherPersonNeeded,
    HeldByLaw,
    StaleFactor,
)
from alongside.foundation.lib.errors import NotAllowed
from alongside.foundation.vault.types import DetailKind
from alongside.workflows import erase, vault_keys
from alongside.workflows.protected_details import protect
from tests.integration.rights.people import (
    ASH,
    MARKS,
    NOW,
    about,
    actor_of,
    acts,
    bea,
    idris,
    somebody,
    write_note,
)
from tests.support.databases import as_administrator
from tests.support.receiving import LATER, LATEST, ask, codes, count, send

TEXTS = """
    SELECT n.nspname, c.relname, a.attname, a.atttypid::regtype::text
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'ctx', 'audit') AND a.attnum > 0
       AND NOT a.attisdropped AND a.atttypid::regtype::text IN (
           'text', 'text[]', 'jsonb', 'json', 'bytea', 'character varying')
"""


@pytest.fixture(autouse=True)
def journal(tmp_path, settings):
    """The journal of what was destroyed, in a folder of the test's own."""
    from dataclasses import replace

    settings.INSTALLATION = replace(settings.INSTALLATION, journal=tmp_path / "gone")
    return vault_keys.shred_journal()


def propose(key, *, by, why="They asked"):
    with acts(by):
        return erasing.propose_erasure(
            actor=by, now=NOW, person_key=key, request_id=None, why=why
        )


def approve(erasure, *, by):
    with acts(by):
        erasing.approve_erasure(actor=by, now=NOW, erasure_id=erasure)


def carry_out(erasure, *, by):
    with acts(by):
        erase.carry_out(actor=by, now=NOW, erasure_id=erasure)


def where_found(database, words):
    """Every column of every table that holds one of these words, as administrator."""
    found = []
    with as_administrator(database) as admin:
        for schema, table, column, kind in admin.execute(TEXTS).fetchall():
            shown = "encode({0}, 'escape')" if kind == "bytea" else "{0}::text"
            name = sql.SQL(shown).format(sql.Identifier(column))
            statement = sql.SQL("SELECT 1 FROM {}.{} WHERE lower({}) ~ %s LIMIT 1")
            query = statement.format(
                sql.Identifier(schema), sql.Identifier(table), name
            )
            found += [
                f"{schema}.{table}.{column}"
                for _ in admin.execute(query, ["|".join(words)]).fetchall()
            ]
    return found


@pytest.mark.usefixtures("fresh_database")
class TestNothingIsLeft:
    def test_not_a_word_is_left_in_any_table(self, fresh_database):
        key, person, case = somebody()
        write_note(case)
        with acts(actor_of("supervisor@llr.example")) as supervisor:
            protect(
                actor=supervisor,
                now=NOW,
                person_id=person,
                kind=DetailKind.SAFE_PHONE,
                text="07700 900456",
                case_id=case,
            )
        database = fresh_database.app.database
        assert len(where_found(database, MARKS)) > 5  # the search itself finds

        erasure = propose(key, by=bea(), why="Quillon asked")
        approve(erasure, by=idris())
        carry_out(erasure, by=bea())

        assert where_found(database, MARKS) == []
        with as_administrator(database) as admin:
            left = [
                table
                for (table,) in admin.execute(
                    "SELECT tbl FROM rights_reach(%s)", [[key]]
                ).fetchall()
            ]
            assert left
            entries = admin.execute(
                "SELECT count(*) FROM audit.entry WHERE action = 'person.erased'"
                " AND person_ids = ARRAY[%s]::uuid[]",
                [person],
            ).fetchall()
        assert entries == [(1,)]
        assert ask("SELECT cases, age_band, tier FROM rights_casecount") == [
            (1, "35 to 49", "standard")
        ]
        lines = vault_keys.shred_journal().read().lines
        assert {line.person for line in lines} == {person}
        assert erase.WHOLE_PERSON in {line.key for line in lines}
        assert len(lines) == 2  # their key in the vault, and all of them


@pytest.mark.django_db
class TestWhoMay:
    def test_nobody_approves_what_they_proposed(self):
        key, _, _ = somebody()
        erasure = propose(key, by=bea())
        with pytest.raises(AnotherPersonNeeded):
            approve(erasure, by=bea())
        with pytest.raises(erasing.NotApproved):
            carry_out(erasure, by=bea())
        assert count("people_person") == 1

    def test_a_second_factor_that_is_too_old_neither_approves_nor_erases(self):
        key, _, _ = somebody()
        erasure = propose(key, by=bea())
        with pytest.raises(StaleFactor):
            approve(erasure, by=idris(fresh=False))
        approve(erasure, by=idris())
        with pytest.raises(StaleFactor):
            carry_out(erasure, by=bea(fresh=False))
        assert count("people_person") == 1

    def test_nobody_else_may_whatever_their_code_says(self):
        from dataclasses import replace

        key, _, _ = somebody()
        erasure = propose(key, by=bea())
        approve(erasure, by=idris())
        supervisor = actor_of("supervisor@llr.example")
        forged = replace(supervisor, permissions=bea().permissions)
        with acts(forged), pytest.raises(NotAllowed):
            erasing.erase_person(actor=forged, now=NOW, erasure_id=erasure, suppress=[])
        assert count("people_person") == 1

    def test_a_legal_hold_stands_against_it_until_it_is_lifted(self):
        from datetime import date

        key, person, _ = somebody()
        with acts(bea()) as actor:
            hold = keeping.lay_hold(
                actor=actor,
                now=NOW,
                person_key=key,
                person_id=person,
                reason="A claim is before the court",
                review_on=date(2027, 5, 1),
            )
        erasure = propose(key, by=bea())
        approve(erasure, by=idris())
        with pytest.raises(HeldByLaw):
            carry_out(erasure, by=bea())
        with acts(idris()) as actor:
            keeping.lift_hold(
                actor=actor, now=NOW, hold_id=hold, reason="The claim is settled"
            )
        carry_out(erasure, by=bea())
        assert count("people_person") == 0

    def test_the_application_cannot_call_what_asks_nobody(self):
        for call in (
            "people_purge(ARRAY[1]::bigint[], '{}'::jsonb, now())",
            "people_erase_at_console(gen_random_uuid(), 'x', '{}', '{}', now())",
            "people_erase_again('{}', '{}', '{}', now())",
        ):
            with acts(bea()), connections["default"].cursor() as cursor:
                with pytest.raises(Exception, match="permission denied"):
                    cursor.execute(f"SELECT {call}")
                connections["default"].set_rollback(True)


@pytest.mark.django_db
class TestSentAgain:
    def test_what_was_erased_is_held_when_it_is_sent_again(self):
        key, _, _ = somebody()
        erasure = propose(key, by=bea())
        approve(erasure, by=idris())
        carry_out(erasure, by=bea())

        send(ASH, {"crime_ref": "5"}, extract="LEI-2", at=LATER)
        assert codes("LEI-2") == ["erased", "created"]

    def test_an_update_of_what_was_erased_is_of_something_unknown(self):
        key, _, _ = somebody()
        erasure = propose(key, by=bea())
        approve(erasure, by=idris())
        carry_out(erasure, by=bea())

        send(ASH | {"action": "update"}, extract="LEI-3", at=LATEST)
        assert codes("LEI-3") == ["unknown_record"]


def test_the_console_erases_and_an_old_backup_brings_nobody_back(fresh_database):
    _, person, _ = somebody()
    view = erase.read_console(person_id=person)
    assert view.tables["people_personrecord"] == 1
    erase.erase_at_console(now=NOW, person_id=person, why="Asked at the desk")
    assert count("people_person") == 0

    # As a restored backup would have it: the same person is there again.
    send({"crime_ref": "77"}, extract="LEI-9", at=LATER)
    _, other, _ = about("77")
    with as_administrator(fresh_database.app.database) as admin:
        admin.execute(
            "UPDATE people_person SET public_id = %s WHERE public_id = %s",
            [person, other],
        )
    assert erase.erase_again(now=NOW) == 1
    assert count("people_person") == 0
    assert erase.erase_again(now=NOW) == 0
