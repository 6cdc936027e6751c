"""Copies a whole database out and in, with PostgreSQL's own programs.

Only a superuser may: row security refuses a dump as any of the product's own roles,
and rightly so, for it would be a part of the data that looks like the whole.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from alongside.foundation.gateways.database_setup import make_database
from alongside.foundation.gateways.installation import Connection
from alongside.foundation.gateways.postgres_binaries import (
    SYSTEM_FOLDER,
    NoPostgres,
    find_binaries,
)
from alongside.foundation.gateways.service_user import ServiceUser
from alongside.foundation.lib.errors import DomainError

PIECE_BYTES = 1024 * 1024
LEAVING_SECONDS, LOOK_SECONDS = 5, 0.05
# Keys and what lets somebody in are never in a copy. Sessions must not come back.
LEFT_OUT = (
    "ctx.signing_key",
    "public.accounts_signinsession",
    "public.accounts_trycount",
)
UNFINISHED = "half restored: run alongside restore again"
TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'audit') AND c.relkind = 'r'
     ORDER BY 1, 2
"""

Database = psycopg.Connection[tuple[Any, ...]]


class CopyRefused(DomainError):
    """PostgreSQL would not; its own words may quote a row and are not repeated."""


class InUse(DomainError):
    user_message = "The database is in use: stop the site and the worker first"


@contextmanager
def whole_copy(
    administrator: Connection, pg_bin: Path | None
) -> Iterator[tuple[Mapping[str, int], Iterator[bytes]]]:
    """How many rows each table has, and the database as bytes: both of one moment.

    Raises:
        CopyRefused: the administrator is no superuser, or a program failed.
        NoPostgres: PostgreSQL's programs are missing.
    """
    with psycopg.connect(administrator.conninfo()) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        _check_superuser(connection)
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        program = find_program("pg_dump", pg_bin, connection.info.server_version)
        yield count_rows(connection), _dump(program, administrator, snapshot)


def count_rows(connection: Database) -> dict[str, int]:
    """How many rows each table has, but for those that are left out of copies."""
    counts = {}
    for schema, table in connection.execute(TABLES).fetchall():
        name = f"{schema}.{table}"
        if name not in LEFT_OUT:
            query = sql.SQL("SELECT count(*) FROM {}").format(
                sql.Identifier(schema, table)
            )
            counts[name] = int(_one(connection, query))
    return counts


def holds_somebody(administrator: Connection) -> bool:
    """Whether the database has accounts or people in it."""
    with psycopg.connect(administrator.conninfo()) as connection:
        for table in ("accounts_user", "people_person"):
            if _one(connection, sql.SQL("SELECT to_regclass({})").format(table)):
                query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
                if _one(connection, query):
                    return True
    return False


def check_unused(administrator: Connection, database: str) -> None:
    """Refuse while anybody works on the database.

    Waits a little for those who are just leaving: a connection that was closed here is
    seen there until its server process has ended.

    Raises:
        InUse: somebody does.
    """
    deadline = time.monotonic() + LEAVING_SECONDS
    with psycopg.connect(administrator.conninfo(), autocommit=True) as connection:
        while connection.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = %s"
            " AND usename IS NOT NULL AND pid <> pg_backend_pid()",
            [database],
        ).fetchone():
            if time.monotonic() > deadline:
                raise InUse
            time.sleep(LOOK_SECONDS)


def make_scratch(administrator: Connection, name: str) -> bool:
    """An empty database to restore into; whether one was left by an earlier try."""
    with psycopg.connect(administrator.conninfo(), autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        drop(connection, name)
        make_database(connection, name)
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        connection.execute(statement.format(sql.Identifier(name), UNFINISHED))
        return known is not None


def drop(connection: Database, name: str) -> None:
    """Take a database away, if it is there."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(statement.format(sql.Identifier(name)))


def put_in_place(administrator: Connection, scratch: str, name: str) -> None:
    """Have the restored database take the other's name, at one stroke; drop the other.

    Raises:
        InUse: somebody works on one of them.
    """
    replaced = f"{name}_replaced"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with psycopg.connect(administrator.conninfo(), autocommit=True) as connection:
        drop(connection, replaced)
        try:
            with connection.transaction():
                for old, new in ((name, replaced), (scratch, name)):
                    connection.execute(
                        rename.format(sql.Identifier(old), sql.Identifier(new))
                    )
        except psycopg.errors.ObjectInUse as error:
            raise InUse from error
        drop(connection, replaced)


def fill(
    administrator: Connection, pieces: Iterable[bytes], pg_bin: Path | None
) -> dict[str, int]:
    """Put a copy into an empty database; how many rows each table then has.

    Raises:
        CopyRefused: PostgreSQL would not take it.
        NoPostgres: PostgreSQL's programs are missing.
    """
    with psycopg.connect(administrator.conninfo()) as connection:
        _check_superuser(connection)
        version = connection.info.server_version
    program = find_program("pg_restore", pg_bin, version)
    options = ("--exit-on-error", "--single-transaction", "--no-comments")
    process = _start(program, administrator, options, stdin=subprocess.PIPE)
    try:
        _feed(process, pieces)
        if process.wait():
            raise CopyRefused("PostgreSQL would not take the copy")
    finally:
        _end(process)
    with psycopg.connect(administrator.conninfo()) as connection:
        return count_rows(connection)


def _feed(process: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    pipe = process.stdin
    if pipe is None:
        return
    try:
        for piece in pieces:
            pipe.write(piece)
        pipe.close()
    except BrokenPipeError:
        # It has stopped reading; its exit code says so.
        return


def _dump(program: Path, of: Connection, snapshot: str) -> Iterator[bytes]:
    options = ["--format=custom", "--compress=6", f"--snapshot={snapshot}"]
    options += [f"--exclude-table-data={name}" for name in LEFT_OUT]
    process = _start(program, of, options, stdout=subprocess.PIPE)
    try:
        while process.stdout is not None:
            piece = process.stdout.read(PIECE_BYTES)
            if not piece:
                break
            yield piece
        if process.wait():
            raise CopyRefused("PostgreSQL would not copy the database")
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of a program behind, however it went."""
    if process.poll() is None:
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()


def _start(
    program: Path,
    to: Connection,
    options: Sequence[str],
    *,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    # The password goes by the environment: a command line is read by anybody.
    command = [str(program), f"--dbname={to.conninfo(password='')}", *options]
    environment = {**os.environ, "PGPASSWORD": to.password}
    return subprocess.Popen(  # noqa: S603
        command,
        env=environment,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
    )


def find_program(name: str, told: Path | None, server_version: int) -> Path:
    """One of PostgreSQL's programs, of the server's own version where there is one.

    Raises:
        NoPostgres: there is none that is new enough for the server.
    """
    major = server_version // 10_000
    found: dict[int, Path] = {}
    for path in _places(name, told):
        version = _major_of(path)
        if version is not None and version >= major:
            found.setdefault(version, path)
    if not found:
        raise NoPostgres(
            f"{name} of PostgreSQL {major} was not found on this machine. "
            "Set ALONGSIDE_PG_BIN to a folder of its programs"
        )
    return found[min(found)]


def _places(name: str, told: Path | None) -> Iterator[Path]:
    if told is not None:
        yield told / name
        return
    with suppress(NoPostgres):
        yield find_binaries(None) / name
    yield from (folder / name for folder in SYSTEM_FOLDER.glob("*/bin"))
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)


def _major_of(path: Path) -> int | None:
    if not path.exists():
        return None
    number = re.search(r"\d+", ServiceUser().run(path, "--version").stdout)
    return int(number.group()) if number else None


def _check_superuser(connection: Database) -> None:
    query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    if not _one(connection, query):
        raise CopyRefused(
            "Only a superuser of the database server may copy a whole database: "
            "name one in DATABASE_URL for this command"
        )


def _one(connection: Database, query: str | sql.Composed) -> Any:
    found = connection.execute(query).fetchone()
    return found[0] if found else None


def clear_away(administrator: Connection, scratch: str) -> None:
    """Take away what a restore that failed has left."""
    with psycopg.connect(administrator.conninfo(), autocommit=True) as connection:
        drop(connection, scratch)
