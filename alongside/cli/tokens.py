"""`alongside createtoken` and `createcountstoken`: let machines use the API."""

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
    counts = subparsers.add_parser(
        "createcountstoken",
        help="make a token with which a commissioning body reads counts",
        description="How promises were kept and what changed for people, and nothing"
        " else. The token is shown once, on a line of its own.",
    )
    counts.add_argument("--label", required=True, help="which machine it is for")
    counts.add_argument(
        "--until",
        type=day,
        required=True,
        metavar="DATE",
        help="the first day it works no longer; at most a year from now",
    )
    counts.add_argument(
        "--area", metavar="AREA", help="the area's code, where there are several"
    )
    counts.add_argument(
        "--replace", action="store_true", help="end those with the same label now"
    )
    counts.set_defaults(run=run_counts)


def run_counts(args: Namespace) -> int:
    """Make a token for counts and tell it: the last time that anybody can read it."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows.give_token import give_counts_token

    now = datetime.now(tz=UTC)
    token = give_counts_token(
        actor=getpass.getuser(),
        now=now,
        label=args.label,
        until=_end(args.until, now),
        area_code=args.area,
        in_place_of_others=args.replace,
    )
    complain("Keep this token where only the machine that reads can read it:")
    say(token)
    return 0


def run(args: Namespace) -> int:
    """Make the token and tell it: the last time that anybody can read it."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.foundation.organisations.queries import UnknownForce
    from alongside.workflows.give_token import give_token

    now = datetime.now(tz=UTC)
    until = _end(args.until, now) if args.until else None
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


def _end(given: date, now: datetime) -> datetime:
    from django.conf import settings

    zone = ZoneInfo(settings.TIME_ZONE)
    until = datetime.combine(given, time.min, zone).astimezone(UTC)
    if until <= now:
        raise NotAToken("--until is a day in the future")
    return until
