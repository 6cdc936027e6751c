"""`alongside check`: is this installation sound?"""

from argparse import Namespace
from typing import Any

from alongside.cli.arguments import Subparsers
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import complain, say
from alongside.cli.site import Site, open_site, site_of

UNSOUND = 1


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "check", help="check the settings, the database and its walls"
    )
    command.add_argument(
        "--deploy", action="store_true", help="as for a site that real people use"
    )
    command.add_argument(
        "--allow-embedded",
        action="store_true",
        help="accept the embedded database for a small site on an encrypted disk",
    )
    command.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Name everything that is wrong; exit 1 when anything is."""
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    problems = [*_of_settings(deploy=args.deploy), *list_walls_down(), *_of_weights()]
    if args.deploy:
        problems += _of_deployment(site, allow_embedded=args.allow_embedded)
    said, is_late = _of_calendar()
    if is_late:
        problems.append(said)
    elif said:
        say(said)
    for problem in problems:
        complain(problem)
    for words in _unread():
        say(words)
    if problems:
        return UNSOUND
    say("Nothing is wrong")
    return 0


def _of_settings(*, deploy: bool) -> list[str]:
    from django.core.checks import WARNING, run_checks

    found = run_checks(include_deployment_checks=deploy)
    return [f"{one.id}: {one.msg}" for one in found if one.level >= WARNING]


def list_walls_down() -> list[str]:
    """What the database's own catalogue says is wrong with the walls, in words."""
    from django.db import connections

    from alongside.walls.checks import list_breaches

    def fetch(query: str) -> list[tuple[Any, ...]]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    return list_breaches(fetch)


def _of_calendar() -> tuple[str, bool]:
    """What is said of bank holidays that run out, and whether it is a fault already."""
    from datetime import UTC, datetime

    from alongside.foundation.lib.local import local_day
    from alongside.foundation.organisations.rules import is_late, renewal

    today = local_day(datetime.now(tz=UTC))
    return renewal(today), is_late(today)


def _of_weights() -> list[str]:
    from alongside.workflows.live_weights import list_unusable

    return list(list_unusable())


def _unread() -> list[str]:
    """What waits to be read over: to be known, and nothing that is wrong."""
    from datetime import UTC, datetime

    from alongside.workflows.unread_words import list_unread

    return list(list_unread(now=datetime.now(tz=UTC)))


def _of_deployment(site: Site, *, allow_embedded: bool) -> list[str]:
    problems = []
    if not site.production:
        problems.append("ALONGSIDE_PRODUCTION is not 1: this is a demonstration")
    if not site.installation.database_url and not allow_embedded:
        problems.append(
            "The embedded database is for evaluation: set DATABASE_URL to a server "
            "that is kept up to date and backed up, or say --allow-embedded"
        )
    return problems
