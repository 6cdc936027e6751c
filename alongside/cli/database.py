"""`alongside db`: the embedded database server of this installation."""

import os
import shutil
import subprocess
from argparse import Namespace

from alongside.cli.arguments import Subparsers
from alongside.cli.output import say
from alongside.cli.site import open_database, site_of
from alongside.foundation.gateways.database_setup import embedded_cluster
from alongside.foundation.gateways.embedded_postgres import Cluster
from alongside.foundation.gateways.postgres_binaries import NoPostgres, find_binaries
from alongside.foundation.gateways.secrets_file import read_secrets
from alongside.foundation.lib.errors import DomainError

NOT_RUNNING = 1


class NotOurs(DomainError):
    """The server is somebody else's to start and stop."""

    user_message = "DATABASE_URL names the database server; it is not ours to manage"


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("db", help="the embedded database server")
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, run, words in (
        ("start", run_start, "start it, and set it up the first time"),
        ("stop", run_stop, "stop it"),
        ("status", run_status, "say whether it runs (exit 1 when not)"),
        ("shell", run_shell, "open psql as the database's owner"),
    ):
        actions.add_parser(name, help=words).set_defaults(run=run)


def run_start(args: Namespace) -> int:
    """Start the server; the database is then set up too."""
    open_database(site_of(args))
    say("The database is running")
    return 0


def run_stop(args: Namespace) -> int:
    """Stop the server, letting what is under way finish."""
    cluster = _cluster(args)
    stopped = cluster is not None and cluster.stop()
    say("The database has stopped" if stopped else "The database was not running")
    return 0


def run_status(args: Namespace) -> int:
    """Say whether the server answers."""
    cluster = _cluster(args)
    running = cluster is not None and cluster.is_listening()
    say("The database is running" if running else "The database is not running")
    return 0 if running else NOT_RUNNING


def run_shell(args: Namespace) -> int:
    """Open psql. Row security binds the owner too, by policies that say so."""
    site = site_of(args)
    owner = open_database(site).owner
    try:
        psql = find_binaries(site.installation.pg_bin) / "psql"
    except NoPostgres:
        psql = None
    program = str(psql) if psql and psql.exists() else shutil.which("psql")
    if program is None:
        raise NoPostgres("psql was not found on this machine")
    # The password goes by the environment: a command line is read by anybody.
    target = owner.conninfo(password="")
    environment = {**os.environ, "PGPASSWORD": owner.password}
    return subprocess.run(  # noqa: S603
        [program, target], env=environment, check=False
    ).returncode


def _cluster(args: Namespace) -> Cluster | None:
    """The server here, or None where none was ever made."""
    installation = site_of(args).installation
    if installation.database_url:
        raise NotOurs
    secrets = read_secrets(installation.home)
    return embedded_cluster(installation, secrets) if secrets else None
