"""Throw-away databases on the installation's own server, set up by its own code."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql

from alongside.foundation.gateways.database_setup import prepare, start_server
from alongside.foundation.gateways.installation import Connections, Installation
from alongside.foundation.gateways.secrets_file import read_secrets
from config.env import read_env

SETTINGS = "config.settings"
TEMPLATE = "alongside_bench"


def of(database: str) -> Installation:
    """This installation, with another database."""
    return replace(read_env().installation, database=database)


@contextmanager
def bench_template() -> Iterator[None]:
    """A database with the demonstration area and nobody in it, to copy from."""
    # Django reads its database's name once, so it must be known before.
    os.environ["ALONGSIDE_DATABASE"] = TEMPLATE
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    prepare(of(TEMPLATE))
    drop(TEMPLATE)
    prepare(of(TEMPLATE))
    try:
        _set_up()
        yield
    finally:
        drop(TEMPLATE)


@contextmanager
def copy_of_template(name: str, *, template: str = TEMPLATE) -> Iterator[Connections]:
    """A fresh copy, dropped afterwards."""
    make_copy(name, template=template)
    try:
        yield prepare(of(name))
    finally:
        drop(name)


def make_copy(name: str, *, template: str) -> None:
    """A copy of a database that nobody is connected to; an older one is dropped."""
    drop(name)
    _administer(
        sql.SQL(
            "CREATE DATABASE {} TEMPLATE {} OWNER alongside_owner STRATEGY = FILE_COPY"
        ).format(sql.Identifier(name), sql.Identifier(template))
    )


def is_there(name: str) -> bool:
    """Whether there is a database of this name on the installation's server."""
    found = _administer(
        sql.SQL("SELECT count(*) FROM pg_database WHERE datname = {}").format(
            sql.Literal(name)
        )
    )
    return bool(found and found[0])


def drop(name: str) -> None:
    """Take a database away, whoever is still connected."""
    _administer(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


@contextmanager
def administrator_of(name: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """The server's administrator inside one database: goes round every wall."""
    installation = of(TEMPLATE)
    secrets = read_secrets(installation.home)
    if secrets is None:
        raise RuntimeError("the installation has no secrets: run make setup")
    reach = start_server(installation, secrets)
    with psycopg.connect(reach.conninfo(dbname=name)) as connection:
        yield connection


def tidy(name: str) -> None:
    """Do at once what the server's own vacuum would do within minutes."""
    _administer(sql.SQL("VACUUM ANALYZE"), database=name)


def renew(name: str) -> None:
    """Bring a copy of a database that was filled before up to date with the code."""
    open_copy(name)
    from django.db import connections

    from alongside.cli.migrate import bring_up_to_date

    bring_up_to_date(now=datetime.now(tz=UTC))
    connections.close_all()


def open_copy(name: str) -> None:
    """Have this process's Django work on a copy."""
    os.environ["ALONGSIDE_DATABASE"] = name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()


def _set_up() -> None:
    open_copy(TEMPLATE)
    from django.conf import settings
    from django.db import connections

    from alongside.cli.migrate import bring_up_to_date
    from alongside.demo.area import give_second_factors, set_up_demonstration

    now = datetime.now(tz=UTC)
    bring_up_to_date(now=now)
    accounts = set_up_demonstration(now=now)
    give_second_factors(now=now, keys=settings.SIGN_IN_KEYS, accounts=accounts)
    connections.close_all()  # a database in use cannot be copied


def _administer(
    statement: sql.SQL | sql.Composed, *, database: str = ""
) -> tuple[Any, ...] | None:
    installation = of(TEMPLATE)
    secrets = read_secrets(installation.home)
    if secrets is None:
        raise RuntimeError("the installation has no secrets: run make setup")
    reach = start_server(installation, secrets)
    place = {"dbname": database} if database else {}
    with psycopg.connect(reach.conninfo(**place), autocommit=True) as connection:
        done = connection.execute(statement)
        return done.fetchone() if done.description else None
