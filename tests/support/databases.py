"""A database made once by the product's own set-up, and quick copies of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from alongside.cli.migrate import bring_up_to_date
from alongside.demo.area import give_second_factors, set_up_demonstration
from alongside.foundation.gateways.database_setup import prepare, start_server
from alongside.foundation.gateways.installation import (
    Connection,
    Connections,
    Installation,
)
from alongside.foundation.gateways.secrets_file import locked, read_secrets
from tests.support.home import PROJECT, TEMPLATE

# What the template is made from; when any of it changes, it is made anew.
MADE_FROM = (
    "alongside/*/*/migrations/*.py",
    "alongside/*/migrations/*.py",
    "alongside/walls/**/*",
    "alongside/foundation/reference/**/*",
    "alongside/demo/area.py",
    "alongside/demo/data/area.toml",
    "alongside/foundation/organisations/*.py",
    "alongside/foundation/accounts/*.py",
    "tests/support/hashers.py",
)


def installation(database: str) -> Installation:
    """The tests' installation, with one of its databases."""
    return replace(settings.INSTALLATION, database=database)


def make_worker_database(name: str) -> Connections:
    """This process's copy of an up-to-date template, made if there is none."""
    with locked(settings.INSTALLATION.home / ".template.lock"):
        _spare_the_disk()
        if not _template_is_current():
            _make_template()
        return copy_template(name)


def _spare_the_disk() -> None:
    """Let the tests' own server forget what a power cut would take.

    What the tests kill are processes, and those lose nothing by it; but each test with
    a database of its own would otherwise wait for the disk many times over.
    """
    if settings.INSTALLATION.database_url:
        return
    prepare(installation(TEMPLATE))
    with _administrator() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            statement = sql.SQL("ALTER SYSTEM SET {} = off")
            connection.execute(statement.format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def copy_template(name: str) -> Connections:
    """A fresh database like the template; one of that name is replaced."""
    with _administrator() as connection:
        _drop(connection, name)
        _copy(connection, TEMPLATE, name)
    return prepare(installation(name))


@contextmanager
def as_administrator(name: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """The server's administrator inside one database, in an open transaction."""
    secrets = read_secrets(settings.INSTALLATION.home)
    assert secrets is not None
    reach = start_server(installation(TEMPLATE), secrets)
    with psycopg.connect(reach.conninfo(dbname=name)) as connection:
        yield connection


def administrator_parts(name: str) -> dict[str, Any]:
    """How Django reaches a database as the administrator, round every wall."""
    secrets = read_secrets(settings.INSTALLATION.home)
    assert secrets is not None
    reach = start_server(installation(TEMPLATE), secrets)
    return _parts(replace(reach, database=name))


def drop_database(name: str) -> None:
    """Take a database away, whoever is still connected."""
    with _administrator() as connection:
        _drop(connection, name)


@contextmanager
def pointed_at(reach: Connections) -> Iterator[None]:
    """Have Django's connections, of every thread, go to another database."""
    before = {alias: dict(settings.DATABASES[alias]) for alias in settings.DATABASES}
    point_at(reach)
    try:
        yield
    finally:
        for alias, parts in before.items():
            _point(alias, parts)


def point_at(reach: Connections) -> None:
    """Have Django's connections go to another database from now on."""
    _point("default", _parts(reach.app))
    _point("beside", _parts(reach.app))
    _point("owner", _parts(reach.owner))


def _parts(reach: Connection) -> dict[str, Any]:
    return {
        "NAME": reach.database,
        "HOST": reach.host,
        "PORT": reach.port,
        "USER": reach.user,
        "PASSWORD": reach.password,
    }


def _point(alias: str, parts: dict[str, Any]) -> None:
    connections[alias].close()
    # New threads read the first, this thread's connection reads the second.
    connections.settings[alias].update(parts)
    connections[alias].settings_dict.update(parts)


def _administrator() -> psycopg.Connection[tuple[Any, ...]]:
    secrets = read_secrets(settings.INSTALLATION.home)
    assert secrets is not None
    reach = start_server(installation(TEMPLATE), secrets)
    return psycopg.connect(reach.conninfo(), autocommit=True)


def _drop(connection: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(statement.format(sql.Identifier(name)))


def _copy(
    connection: psycopg.Connection[tuple[Any, ...]], source: str, name: str
) -> None:
    statement = sql.SQL(
        "CREATE DATABASE {} TEMPLATE {} OWNER alongside_owner STRATEGY file_copy"
    )
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(source)))


def _fingerprint() -> str:
    digest = sha256()
    for pattern in MADE_FROM:
        for path in sorted(PROJECT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(PROJECT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _template_is_current() -> bool:
    reach = prepare(installation(TEMPLATE))
    with psycopg.connect(reach.owner.conninfo()) as connection:
        found = connection.execute(
            "SELECT obj_description('public'::regnamespace, 'pg_namespace')"
        ).fetchone()
    return found == (_fingerprint(),)


def _make_template() -> None:
    """Whatever a new installation does, done here: no short cut of the tests'."""
    drop_database(TEMPLATE)
    reach = prepare(installation(TEMPLATE))
    now = datetime.now(tz=UTC)
    with pointed_at(reach):
        bring_up_to_date(now=now)
        accounts = set_up_demonstration(now=now)
        give_second_factors(now=now, keys=settings.SIGN_IN_KEYS, accounts=accounts)
    with psycopg.connect(reach.owner.conninfo()) as connection:
        statement = sql.SQL("COMMENT ON SCHEMA public IS {}")
        connection.execute(statement.format(sql.Literal(_fingerprint())))


def wait_for_other_databases(database: str, *, seconds: float = 240) -> None:
    """Until what other databases of the server were writing just now has ended.

    The trail is sealed as far as no transaction of the server is still open: one of
    another test process would hold back entries that this test looks for.
    """
    writing = (
        "SELECT pid, backend_xid::text FROM pg_stat_activity"
        " WHERE backend_xid IS NOT NULL AND datname <> current_database()"
    )
    with as_administrator(database) as administrator:
        administrator.autocommit = True
        earlier = set(administrator.execute(writing).fetchall())
        deadline = time.monotonic() + seconds
        while earlier & set(administrator.execute(writing).fetchall()):
            assert time.monotonic() < deadline, "another test writes for too long"
            time.sleep(0.05)
