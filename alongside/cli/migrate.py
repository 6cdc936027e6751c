"""`alongside migrate`: bring the database up to date."""

from argparse import Namespace
from datetime import UTC, datetime

from alongside.cli.arguments import Subparsers
from alongside.cli.output import say
from alongside.cli.site import Site, open_site, site_of
from alongside.foundation.lib.errors import DomainError


class NotUpToDate(DomainError):
    """The database was set up by an older version, or not at all."""

    user_message = "The database is not up to date: run alongside migrate"


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "migrate", help="set up the database or bring it up to date"
    )
    command.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Set up, migrate and put the walls up; safe to repeat."""
    migrate(site_of(args))
    say("The database is up to date")
    return 0


def migrate(site: Site) -> None:
    """Have the database, migrate it, and put up its walls.

    Raises:
        DomainError: the database cannot be had.
    """
    open_site(site)
    bring_up_to_date(now=datetime.now(tz=UTC))


def bring_up_to_date(*, now: datetime) -> None:
    """Migrate as the owner, apply row security, load the reference data, give every
    area its keys and every record its standard form.

    Row security follows every migration: a new table has no walls of its own.
    """
    from django.core.management import call_command

    from alongside.foundation.reference.operations import load_reference
    from alongside.walls.apply import apply_all
    from alongside.workflows.rekey import rekey_if_none
    from alongside.workflows.vault_keys import ensure_keys

    call_command("migrate", database="owner", interactive=False, verbosity=0)
    apply_all()
    load_reference(actor="migrate", now=now)
    ensure_keys(actor="migrate", now=now)
    rekey_if_none(actor="migrate", now=now)


def check_up_to_date() -> None:
    """Refuse to work on a database that still waits for migrations.

    Raises:
        NotUpToDate: it does.
    """
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotUpToDate
