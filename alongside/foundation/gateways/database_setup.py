"""Makes the roles, the database and its walls' foundations; safe to repeat.

Done as an administrator: the embedded server's, or the role in DATABASE_URL, which
must be allowed to create roles and databases. The site itself never connects so.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from alongside.foundation.gateways.embedded_postgres import ADMINISTRATOR, Cluster
from alongside.foundation.gateways.installation import (
    APP,
    AUDIT_OWNER,
    AUDITOR,
    OWNER,
    REPORT,
    SIGN_IN_ROLES,
    Connection,
    Connections,
    Installation,
    Server,
    connections_to,
    read_server,
    server_of_url,
)
from alongside.foundation.gateways.postgres_binaries import (
    BUILTIN_LOCALE_MAJOR,
    LEAST_MAJOR,
)
from alongside.foundation.gateways.secrets_file import (
    Secrets,
    ensure_secrets,
    locked,
    read_secrets,
    write_private,
)
from alongside.foundation.lib.errors import DomainError

# Raise it when what set-up does changes: existing databases are then set up again.
SETUP_VERSION = 1
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent", "fuzzystrmatch")
BOOTSTRAP = Path(__file__).resolve().parents[2] / "walls" / "sql" / "bootstrap"
# From 16 a role's creator must give itself the right to act as it.
SELF_GRANT_MAJOR = 16
HMAC_BLOCK_BYTES = 64

Database = psycopg.Connection[tuple[Any, ...]]


class DatabaseNotReady(DomainError):
    """The server cannot be used as it is. The text says what to put right."""

    user_message = "The database could not be prepared"


def prepare(installation: Installation) -> Connections:
    """Start the server if need be and set up the database; quick when it is done.

    Raises:
        DomainError: the server is missing, too old, out of reach, or refuses us.
    """
    secrets = ensure_secrets(installation.home, roles=(ADMINISTRATOR, *SIGN_IN_ROLES))
    stamp = _stamp(secrets)
    with locked(installation.home / ".prepare.lock"):
        known = connections_to(
            read_server(installation), installation.database, secrets
        )
        if _has_stamp(known.app, stamp):
            return known
        administrator = start_server(installation, secrets)
        with _connect(administrator, autocommit=True) as connection:
            _make_roles(connection, secrets)
            make_database(connection, installation.database)
        inside = _connect(
            Connection(**{**vars(administrator), "database": installation.database})
        )
        with inside as connection:
            _bootstrap(connection, secrets)
            _set_stamp(connection, installation.database, stamp)
        return connections_to(read_server(installation), installation.database, secrets)


def start_server(installation: Installation, secrets: Secrets) -> Connection:
    """The administrator's way in, with the embedded server started.

    Raises:
        DomainError: PostgreSQL is missing or did not start.
    """
    if installation.database_url:
        return _administrator_of_url(installation.database_url)
    server = embedded_cluster(installation, secrets).start()
    _note_server(installation, server)
    return server.connection(
        database="postgres",
        user=ADMINISTRATOR,
        password=secrets.passwords[ADMINISTRATOR],
    )


def administrator_of(installation: Installation) -> Connection:
    """The administrator's way into this installation's own database.

    Raises:
        DomainError: it was never set up, or PostgreSQL is missing or did not start.
    """
    secrets = read_secrets(installation.home)
    if secrets is None:
        raise DatabaseNotReady("This installation was never set up")
    administrator = start_server(installation, secrets)
    return replace(administrator, database=installation.database)


def embedded_cluster(installation: Installation, secrets: Secrets) -> Cluster:
    """The embedded server of an installation, started or not."""
    return Cluster(
        home=installation.cluster_home,
        password=secrets.passwords[ADMINISTRATOR],
        pg_bin=installation.pg_bin,
    )


def make_database(connection: Database, name: str) -> None:
    """Make the database unless it is there, owned by the owner, closed to the public.

    `connection` is the administrator's, outside any transaction.
    """
    encoding = connection.execute(
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s",
        (name,),
    ).fetchone()
    if encoding is None:
        locale = "LOCALE 'C.UTF-8'"
        if _major(connection) >= BUILTIN_LOCALE_MAJOR:
            locale = "LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
        statement = sql.SQL(
            "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}"
        )
        connection.execute(
            statement.format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.SQL(locale)
            )
        )
    elif encoding != ("UTF8",):
        raise DatabaseNotReady("The database must have the encoding UTF8")
    open_database(connection, name)


def open_database(connection: Database, name: str) -> None:
    """Say who may connect to a database; nobody else may."""
    _execute_each(
        connection,
        "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {app}",
        "GRANT CONNECT ON DATABASE {name} TO {report}, {auditor}",
        name=name,
        app=APP,
        report=REPORT,
        auditor=AUDITOR,
    )


def _administrator_of_url(url: str) -> Connection:
    parts = {name: str(text) for name, text in conninfo_to_dict(url).items()}
    return server_of_url(url).connection(
        database=parts.get("dbname", "postgres"),
        user=parts.get("user", ADMINISTRATOR),
        password=parts.get("password", ""),
    )


def _note_server(installation: Installation, server: Server) -> None:
    note = json.dumps({"host": server.host, "port": server.port})
    file = installation.address_file
    if not file.exists() or file.read_text(encoding="utf-8") != note:
        write_private(file, note)


def _connect(to: Connection, *, autocommit: bool = False) -> Database:
    try:
        connection = psycopg.connect(to.conninfo(), autocommit=autocommit)
    except psycopg.OperationalError:
        # The driver's own words may hold the address and the role: leave them out.
        raise DatabaseNotReady(
            "The database server cannot be reached, or does not accept the role and "
            "password it was given (DATABASE_URL, or secrets.json in ALONGSIDE_HOME)"
        ) from None
    if _major(connection) < LEAST_MAJOR:
        connection.close()
        raise DatabaseNotReady(
            f"The database server must be PostgreSQL {LEAST_MAJOR} or newer"
        )
    return connection


def _major(connection: Database) -> int:
    return connection.info.server_version // 10_000


def _execute_each(
    connection: Database, *statements: LiteralString, **names: str
) -> None:
    for statement in statements:
        quoted = {key: sql.Identifier(name) for key, name in names.items()}
        connection.execute(sql.SQL(statement).format(**quoted))


def _make_roles(connection: Database, secrets: Secrets) -> None:
    """Roles without rights of their own; passwords leave here only as verifiers."""
    found = connection.execute("SELECT rolname FROM pg_roles").fetchall()
    existing = {name for (name,) in found}
    try:
        for role in (*SIGN_IN_ROLES, AUDIT_OWNER):
            if role not in existing:
                _make_role(connection, role)
        _join_roles(connection)
        for role in SIGN_IN_ROLES:
            _set_password(connection, role, secrets.passwords[role])
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseNotReady(
            "The role in DATABASE_URL must be allowed to create roles (CREATEROLE)"
        ) from error
    _check_roles(connection)


def _make_role(connection: Database, role: str) -> None:
    # The owner inherits one thing: before 16 it owns the schema public only through
    # the role pg_database_owner. The others never come by rights that way.
    if role == OWNER:
        _execute_each(connection, "CREATE ROLE {role} INHERIT", role=role)
    else:
        _execute_each(connection, "CREATE ROLE {role} NOINHERIT", role=role)


def _join_roles(connection: Database) -> None:
    """Let an administrator who is no superuser act as the roles it made."""
    is_superuser = connection.execute(
        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if is_superuser == (True,):
        return
    grant: LiteralString = "GRANT {role} TO CURRENT_USER"
    if _major(connection) >= SELF_GRANT_MAJOR:
        grant += " WITH INHERIT TRUE, SET TRUE"
    for role in (*SIGN_IN_ROLES, AUDIT_OWNER):
        _execute_each(connection, grant, role=role)


def _set_password(connection: Database, role: str, password: str) -> None:
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    statement = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}")
    connection.execute(
        statement.format(sql.Identifier(role), sql.Literal(verifier.decode()))
    )


def _check_roles(connection: Database) -> None:
    over = connection.execute(
        "SELECT 1 FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls"
        " OR rolcreatedb OR rolcreaterole OR rolreplication)",
        ([*SIGN_IN_ROLES, AUDIT_OWNER],),
    ).fetchone()
    if over:
        raise DatabaseNotReady(
            "A database role whose name starts with alongside_ has rights it must not "
            "have (superuser, bypassrls, createdb, createrole or replication)"
        )


def _bootstrap(connection: Database, secrets: Secrets) -> None:
    """What only an administrator may make inside the database."""
    for extension in EXTENSIONS:
        _execute_each(
            connection,
            "CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA public",
            extension=extension,
        )
    _execute_each(
        connection,
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        owner=OWNER,
    )
    for file in _bootstrap_files():
        connection.execute(file.read_bytes())
    for kid, key in secrets.context_keys.items():
        connection.execute("SELECT ctx.set_key(%s, %s, %s)", (kid, *hmac_pads(key)))


def hmac_pads(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer padded key of HMAC-SHA256 (RFC 2104).

    With these the database checks a signature by plain sha256(), which every
    PostgreSQL has.
    """
    padded = key.ljust(HMAC_BLOCK_BYTES, b"\0")
    return bytes(b ^ 0x36 for b in padded), bytes(b ^ 0x5C for b in padded)


def _bootstrap_files() -> Iterable[Path]:
    return sorted(BOOTSTRAP.glob("*.sql"))


def _stamp(secrets: Secrets) -> str:
    """Changes when set-up would do something else than it did."""
    digest = sha256(str(SETUP_VERSION).encode())
    for file in _bootstrap_files():
        digest.update(file.read_bytes())
    for kid, key in sorted(secrets.context_keys.items()):
        digest.update(str(kid).encode() + sha256(key).digest())
    return f"set up {digest.hexdigest()[:32]}"


def _has_stamp(app: Connection, stamp: str) -> bool:
    try:
        with psycopg.connect(app.conninfo()) as connection:
            found = connection.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
                " WHERE datname = current_database()"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return found == (stamp,)


def _set_stamp(connection: Database, database: str, stamp: str) -> None:
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connection.execute(statement.format(sql.Identifier(database), sql.Literal(stamp)))
