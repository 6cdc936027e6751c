"""`alongside createtoken`: lets a force's machine use the API."""

import getpass
from argparse import Namespace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from alongside.cli.arguments import Subparsers, day
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import complain, say
from alongside.cli.site import open_site, site_of
from alongside.foundation.lib.errors import DomainError


class NotAToken(DomainError):
    """What was given does not make a token. The text says what to change."""


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "createtoken",
        help="make a token with which a force sends its feed to the API",
        description="The token is shown once, on a line of its own.",
    )
    command.add_argument(
        "force", metavar="FORCE_CODE", help="as in the feed, for example leicestershire"
    )
    command.add_argument("--label", required=True, help="which machine it is for")
    command.add_argument(
        "--until", type=day, metavar="DATE", help="the first day it works no longer"
    )
    command.add_argument(
        "--replace", action="store_true", help="end those with the same label now"
    )
    command.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Make the token and tell it: the last time that anybody can read it."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.foundation.organisations.queries import UnknownForce
    from alongside.workflows.give_token import give_token

    now = datetime.now(tz=UTC)
    until = _start_of(args.until)
    if until is not None and until <= now:
        raise NotAToken("--until is a day in the future")
    try:
        token = give_token(
            actor=getpass.getuser(),
            now=now,
            force_code=args.force,
            label=args.label,
            until=until,
            in_place_of_others=args.replace,
        )
    except UnknownForce as error:
        raise NotAToken("No force of this installation has that code") from error
    complain("Keep this token where only the machine that sends can read it:")
    say(token)
    return 0


def _start_of(given: date | None) -> datetime | None:
    from django.conf import settings

    if given is None:
        return None
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(given, time.min, zone).astimezone(UTC)
