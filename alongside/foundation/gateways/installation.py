"""Where one installation keeps its things and how each role reaches its database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from alongside.foundation.gateways.secrets_file import Secrets, read_secrets

SOCKET_PORT = 5432
OWNER, APP = "alongside_owner", "alongside_app"
REPORT, AUDITOR = "alongside_report", "alongside_auditor"
SIGN_IN_ROLES = (OWNER, APP, REPORT, AUDITOR)
AUDIT_OWNER = "alongside_audit"


@dataclass(frozen=True, kw_only=True)
class Installation:
    """What tells one installation from another on the same machine.

    `database_url` names a PostgreSQL server to use instead of the embedded one, and
    there a role that may create roles and databases; only set-up uses it. `keys` and
    `journal` say where the vault's file of keys and the journal of what was shredded
    are, where that is not the home.
    """

    home: Path
    database: str = "alongside"
    database_url: str | None = field(default=None, repr=False)
    pg_bin: Path | None = None
    keys: Path | None = None
    journal: Path | None = None

    @property
    def cluster_home(self) -> Path:
        """Where the embedded server keeps itself."""
        return self.home / "pg"

    @property
    def key_file(self) -> Path:
        """The keys that open the vault. Never in the database or its backup."""
        return self.keys or self.home / "keys.json"

    @property
    def shred_folder(self) -> Path:
        """The journal of destroyed keys, which outlives any one database."""
        return self.journal or self.home / "shredded"

    @property
    def address_file(self) -> Path:
        """Where set-up leaves a note of the server's address for later starts."""
        return self.home / "server.json"


@dataclass(frozen=True, kw_only=True)
class Connection:
    """How to reach one database as one role. Never printed whole: it has a password."""

    host: str
    port: str
    database: str
    user: str
    password: str = field(repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def conninfo(self, **changes: str) -> str:
        """The same as PostgreSQL's own connection string."""
        parts = {
            **self.options,
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": self.user,
            "password": self.password,
            "connect_timeout": "10",
            **changes,
        }
        return make_conninfo("", **{name: text for name, text in parts.items() if text})


@dataclass(frozen=True, kw_only=True)
class Connections:
    """One connection for each role that may sign in."""

    owner: Connection
    app: Connection
    report: Connection
    auditor: Connection


@dataclass(frozen=True, kw_only=True)
class Server:
    """A PostgreSQL server, without saying who asks."""

    host: str
    port: str
    options: Mapping[str, str] = field(default_factory=dict)

    def connection(self, *, database: str, user: str, password: str) -> Connection:
        """How `user` reaches `database` here."""
        return Connection(
            host=self.host,
            port=self.port,
            database=database,
            user=user,
            password=password,
            options=self.options,
        )


def connections_to(server: Server, database: str, secrets: Secrets) -> Connections:
    """One connection a role to `database`, with the passwords kept at home."""

    def reach(role: str) -> Connection:
        return server.connection(
            database=database, user=role, password=secrets.passwords.get(role, "")
        )

    return Connections(
        owner=reach(OWNER),
        app=reach(APP),
        report=reach(REPORT),
        auditor=reach(AUDITOR),
    )


def server_of_url(url: str) -> Server:
    """The server a `DATABASE_URL` names, without its role, password and database."""
    parts = {name: str(text) for name, text in conninfo_to_dict(url).items()}
    for ours in ("user", "password", "dbname"):
        parts.pop(ours, None)
    host = parts.pop("host", "")
    return Server(host=host, port=parts.pop("port", ""), options=parts)


def read_server(installation: Installation) -> Server:
    """The server of this installation, as set-up left it; nothing is started."""
    if installation.database_url:
        return server_of_url(installation.database_url)
    try:
        note = json.loads(installation.address_file.read_text(encoding="utf-8"))
        return Server(host=note["host"], port=note["port"])
    except (OSError, ValueError, KeyError):
        return Server(host=str(installation.cluster_home / "s"), port=str(SOCKET_PORT))


def read_connections(installation: Installation) -> Connections:
    """How each role connects, as set-up left it; before set-up, without passwords."""
    secrets = read_secrets(installation.home) or Secrets.none()
    return connections_to(read_server(installation), installation.database, secrets)
