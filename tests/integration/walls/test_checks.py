"""The catalogue checks hold, and each is seen to catch what it is there for."""

from collections.abc import Iterator

import psycopg
import pytest

from alongside.walls.checks import CHECKS, list_breaches
from tests.support.databases import as_administrator

# Check: statements that break what it makes sure of.
PLANTED = {
    "a table the application can reach has no forced row security": (
        "CREATE TABLE leak (id int)",
        "GRANT SELECT (id) ON leak TO alongside_app",
    ),
    "a table listed as walled is not": (
        "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY",
    ),
    "a walled table has no restrictive area wall": (
        "DROP POLICY wall ON casework_case",
    ),
    "row security without a policy that lets anybody see": (
        "CREATE TABLE hidden (id int)",
        "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
    ),
    "a view that runs as its owner": (
        "CREATE VIEW everybody AS SELECT * FROM people_personrecord",
    ),
    "a security definer function without search_path, or open to everybody": (
        """CREATE FUNCTION anyone() RETURNS int LANGUAGE sql SECURITY DEFINER
           SET search_path = pg_catalog AS 'SELECT 1'""",
    ),
    "a role that could go round the walls": ("ALTER ROLE alongside_app BYPASSRLS",),
    "the application may truncate, trigger or reference": (
        "GRANT TRUNCATE ON people_person TO alongside_app",
    ),
    "the application can read or change the audit trail or the signing keys": (
        "GRANT SELECT (purpose) ON audit.entry TO alongside_app",
    ),
    "the application can read a name, a date of birth or a contact point directly": (
        "GRANT SELECT (guardian_name) ON people_personrecord TO alongside_app",
    ),
    "the application may act as another role": (
        "GRANT alongside_owner TO alongside_app",
    ),
}
OTHER_WAYS = {
    "a security definer function without search_path, or open to everybody": (
        """CREATE FUNCTION anywhere() RETURNS int LANGUAGE sql SECURITY DEFINER
           AS 'SELECT 1'""",
        "REVOKE ALL ON FUNCTION anywhere() FROM PUBLIC",
    ),
    "the application can read or change the audit trail or the signing keys": (
        "GRANT INSERT ON ctx.signing_key TO alongside_app",
    ),
    "a role that could go round the walls": ("ALTER ROLE alongside_owner CREATEROLE",),
}


@pytest.fixture
def administrator(fresh_database) -> Iterator[psycopg.Connection]:
    """The server's administrator in a database of the test's own; rolled back."""
    with as_administrator(fresh_database.app.database) as connection:
        yield connection
        connection.rollback()


def breaches(connection: psycopg.Connection) -> list[str]:
    return list_breaches(lambda query: connection.execute(query).fetchall())


def test_each_check_has_a_planted_breach():
    assert {check.name for check in CHECKS} == set(PLANTED)


def test_nothing_is_wrong_and_each_breach_is_caught(administrator):
    assert breaches(administrator) == []
    for name, statements in (*PLANTED.items(), *OTHER_WAYS.items()):
        for statement in statements:
            administrator.execute(statement)
        assert any(found.startswith(f"{name}: ") for found in breaches(administrator))
        administrator.rollback()
    assert breaches(administrator) == []
