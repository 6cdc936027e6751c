"""`alongside demo`: the demonstration area, its sample feed, and the site."""

from argparse import Namespace
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from alongside.cli.arguments import Subparsers, add_port
from alongside.cli.migrate import migrate
from alongside.cli.output import progress, say
from alongside.cli.serve import check_port, serve
from alongside.cli.site import site_of
from alongside.foundation.lib.errors import DomainError

if TYPE_CHECKING:
    from alongside.demo.area import DemoAccount


class NotInProduction(DomainError):
    """Invented people have no place among real ones."""

    user_message = "This is a production site: there is no demonstration on it"


@dataclass(frozen=True)
class Size:
    """How much of the sample feed is received: at most `rows` rows, or none."""

    rows: int | None


# The first day's work goes back some hours: what is worked came in before that.
CAME_BEFORE = timedelta(hours=5)
# Names the secret of everybody's app here, so that the page can tell the codes.
PRACTICE = "ALONGSIDE_PRACTICE_SECOND_FACTOR"
FULL, SMALL, EMPTY = Size(None), Size(300), Size(0)


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "demo", help="set up the demonstration area and serve it"
    )
    command.add_argument(
        "--no-serve", action="store_true", help="set up only, leave the database up"
    )
    add_port(command)
    size = command.add_mutually_exclusive_group()
    for flag, of_size, words in (
        ("--small", SMALL, f"only {SMALL.rows} rows of the sample feed"),
        ("--empty", EMPTY, "the area, its agencies and accounts, and no people"),
    ):
        size.add_argument(
            flag, dest="size", action="store_const", const=of_size, help=words
        )
    command.set_defaults(run=run, size=FULL)


def run(args: Namespace) -> int:
    """Make the demonstration, or bring it up to date; then serve it."""
    site = site_of(args)
    if site.production:
        raise NotInProduction
    port = args.port or site.port
    if not args.no_serve:
        check_port(port)
    say("Setting up the database")
    migrate(site)
    from alongside.demo.area import make_practice_token, read_practice_secret
    from alongside.demo.practice_notify import practice_sender

    say("Setting up the area, its agencies and accounts")
    accounts = _set_up(now=datetime.now(tz=UTC))
    token = make_practice_token(now=datetime.now(tz=UTC))
    _receive(args.size, max_bytes=site.feed_max_bytes)
    welcome = [
        *_welcome(accounts, port),
        "",
        "The page that asks for a second factor tells you the code. So does one",
        "served later with:",
        f"  {PRACTICE}={read_practice_secret()} alongside serve",
        "",
        *_of_api(token, port),
    ]
    if args.no_serve:
        for line in welcome[1:]:
            say(line)
        return 0
    say("Starting the site")
    with practice_sender(site.installation.home):
        return serve(
            port,
            welcome=[*welcome, "", "Ctrl-C stops the site"],
            variables={PRACTICE: read_practice_secret()},
        )


def _set_up(*, now: datetime) -> "list[DemoAccount]":
    from django.conf import settings

    from alongside.demo.area import give_second_factors, set_up_demonstration

    accounts = set_up_demonstration(now=now)
    give_second_factors(now=now, keys=settings.SIGN_IN_KEYS, accounts=accounts)
    return accounts


def _receive(size: Size, *, max_bytes: int) -> None:
    """Receive the samples by the way a force's own files take."""
    if size.rows == 0:
        return
    from alongside.demo.sample import PROGRESS, REFERRALS, first_rows
    from alongside.workflows.receive_delivery import receive_file
    from alongside.workflows.receive_progress import receive_progress_file

    for sample, receive, words in (
        (REFERRALS, receive_file, "The sample feed"),
        (PROGRESS, receive_progress_file, "The sample progress messages"),
    ):
        with (
            first_rows(sample, size.rows) as path,
            progress(words, total=size.rows) as on_progress,
        ):
            report = receive(
                path=path,
                now=datetime.now(tz=UTC) - CAME_BEFORE,
                max_bytes=max_bytes,
                on_progress=on_progress,
            )
        say(
            f"{words}: {report.rows} rows, {report.accepted} accepted, "
            f"{report.held} held, {report.rejected} rejected"
        )
    from alongside.demo.stories import play_stories

    say("A first day's work on it")
    play_stories(now=datetime.now(tz=UTC))


def _welcome(accounts: "list[DemoAccount]", port: int) -> list[str]:
    able = [account for account in accounts if account.password]
    width = max(len(account.email) for account in able)
    lines = [f"Alongside is at http://localhost:{port}/", ""]
    lines.append(f"Sign in with the password {able[0].password} as:")
    lines += [
        f"  {account.email.ljust(width)}  {account.role.label}" for account in able
    ]
    return lines


def _of_api(token: str, port: int) -> list[str]:
    return [
        f"The force's machine sends its feed to http://localhost:{port}/api/v1/",
        f"  Authorization: Bearer {token}",
    ]
