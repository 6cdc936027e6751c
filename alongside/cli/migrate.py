"""`alongside migrate`: bring the database up to date."""

from argparse import Namespace

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
    """Migrate as the owner, then apply row security, which follows every change.

    Raises:
        DomainError: the database cannot be had.
    """
    open_site(site)
    from django.core.management import call_command

    from alongside.walls.apply import apply_all

    call_command("migrate", database="owner", interactive=False, verbosity=0)
    apply_all()


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
