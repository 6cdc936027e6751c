"""Set-up against a real server, as its superuser and as a role that is none."""

import hmac
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from alongside.foundation.gateways import database_setup
from alongside.foundation.gateways.database_setup import (
    DatabaseNotReady,
    hmac_pads,
    prepare,
)
from alongside.foundation.gateways.embedded_postgres import ADMINISTRATOR, Cluster
from alongside.foundation.gateways.installation import (
    Connection,
    Installation,
)
from alongside.foundation.gateways.secrets_file import read_secrets, write_private

PASSWORD = "invented-for-this-test"
ROLES = (
    "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname LIKE 'alongside%'"
    " AND NOT (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole)"
    " ORDER BY rolname"
)
ALL_ROLES = [
    ("alongside_app", True),
    ("alongside_audit", False),
    ("alongside_auditor", True),
    ("alongside_owner", True),
    ("alongside_report", True),
]


def ask(reach: Connection, question: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(reach.conninfo()) as connection:
        return connection.execute(question.encode()).fetchall()


@pytest.fixture
def installation(home: Path) -> Installation:
    return Installation(home=home, database="somewhere")


@pytest.fixture
def elsewhere(home: Path) -> Iterator[Installation]:
    """An installation on another's server, as a role that is no superuser."""
    cluster = Cluster(home=home / "other" / "pg", password="administrator")
    server = cluster.start()
    superuser = server.connection(
        database="postgres", user=ADMINISTRATOR, password="administrator"
    )
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        connection.execute(
            f"CREATE ROLE builder LOGIN CREATEROLE CREATEDB PASSWORD '{PASSWORD}'"
        )
    url = f"postgresql://builder:{PASSWORD}@/postgres?host={server.host}"
    yield Installation(home=home / "site", database="somewhere", database_url=url)
    cluster.stop()


def test_the_roles_have_no_rights_of_their_own(installation: Installation):
    connections = prepare(installation)

    assert ask(connections.app, ROLES) == ALL_ROLES


def test_set_up_twice_changes_nothing(installation: Installation):
    first = prepare(installation)
    again = prepare(installation)

    assert again == first


def test_the_database_is_closed_to_everybody_else(installation: Installation):
    owner = prepare(installation).owner

    privileges = ask(
        owner,
        "SELECT has_database_privilege('public', 'somewhere', 'CONNECT'),"
        " has_schema_privilege('public', 'public', 'CREATE'),"
        " has_schema_privilege('alongside_app', 'public', 'CREATE'),"
        " has_database_privilege('alongside_app', 'somewhere', 'TEMP')",
    )
    assert privileges == [(False, False, False, True)]


def test_the_extensions_are_there(installation: Installation):
    owner = prepare(installation).owner

    found = {name for (name,) in ask(owner, "SELECT extname FROM pg_extension")}
    assert found >= set(database_setup.EXTENSIONS)


def test_a_password_somebody_changed_is_set_anew(installation: Installation):
    connections = prepare(installation)
    with psycopg.connect(connections.app.conninfo()) as connection:
        connection.execute("ALTER ROLE alongside_app PASSWORD 'changed'")

    with pytest.raises(psycopg.OperationalError):
        ask(connections.app, "SELECT 1")
    assert ask(prepare(installation).app, "SELECT 1") == [(1,)]


def test_a_server_of_ones_own_needs_no_superuser(elsewhere: Installation):
    connections = prepare(elsewhere)

    assert ask(connections.app, ROLES) == ALL_ROLES
    assert ask(
        connections.owner,
        "SELECT pg_get_userbyid(relowner)::text FROM pg_class"
        " WHERE oid = 'audit.entry'::regclass",
    ) == [("alongside_audit",)]
    assert prepare(elsewhere) == connections


def test_two_databases_live_side_by_side(elsewhere: Installation):
    prepare(elsewhere)
    other = prepare(replace(elsewhere, database="another"))

    assert ask(other.app, "SELECT current_database()") == [("another",)]


def test_a_role_with_too_many_rights_is_refused(elsewhere: Installation, home: Path):
    prepare(elsewhere)
    with psycopg.connect(
        Cluster(home=home / "other" / "pg", password="administrator")
        .server.connection(
            database="postgres", user=ADMINISTRATOR, password="administrator"
        )
        .conninfo(),
        autocommit=True,
    ) as connection:
        connection.execute("ALTER ROLE alongside_app BYPASSRLS")

    with pytest.raises(DatabaseNotReady, match="rights it must not have"):
        prepare(replace(elsewhere, database="another"))


def test_an_old_server_is_refused_in_words(installation: Installation, monkeypatch):
    monkeypatch.setattr(database_setup, "LEAST_MAJOR", 99)

    with pytest.raises(DatabaseNotReady, match="must be PostgreSQL 99 or newer"):
        prepare(installation)


def test_a_server_out_of_reach_is_said_without_its_password(home: Path):
    url = "postgresql://builder:hush@127.0.0.1:9/postgres"

    with pytest.raises(DatabaseNotReady) as refusal:
        prepare(Installation(home=home, database_url=url))
    assert "hush" not in refusal.value.user_message
    assert "cannot be reached" in refusal.value.user_message


def test_lost_secrets_are_said_in_words(installation: Installation, home: Path):
    prepare(installation)
    kept = read_secrets(home)
    assert kept is not None
    text = (home / "secrets.json").read_text()
    for password in kept.passwords.values():
        text = text.replace(password, "lost")
    write_private(home / "secrets.json", text)

    with pytest.raises(DatabaseNotReady, match="secrets.json"):
        prepare(installation)


def test_the_padded_keys_make_an_hmac():
    key, message = b"k" * 32, b"who|acts"
    inner, outer = hmac_pads(key)

    made = sha256(outer + sha256(inner + message).digest()).digest()

    assert made == hmac.digest(key, message, "sha256")
