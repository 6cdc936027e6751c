"""`alongside erase`: erase somebody for good, at the machine itself."""

import sys
from argparse import ArgumentTypeError, Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.cli.arguments import Subparsers, add_json
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import say, say_json, say_table
from alongside.cli.site import open_site, site_of
from alongside.foundation.lib.errors import DomainError

if TYPE_CHECKING:
    from alongside.workflows.erase import ConsoleView

YES = "yes"


class NotConfirmed(DomainError):
    user_message = "Nothing was erased"


class WhyNeeded(DomainError):
    user_message = "Say why with --why, in a few words and without a name"


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "erase",
        help="erase a person for good; asks first",
        description="Erases everything that says who a person is, and keeps counts "
        "that name nobody. Legal holds stand. There is no way back.",
    )
    command.add_argument("person", metavar="PERSON", type=_uuid, help="our reference")
    command.add_argument("--why", required=True, metavar="WORDS", help="without a name")
    command.add_argument("--yes", action="store_true", help="do not ask")
    command.add_argument(
        "--dry-run", action="store_true", help="only say what would go"
    )
    add_json(command)
    command.set_defaults(run=run)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ArgumentTypeError(
            "give our reference for the person, as their page shows it"
        ) from error


def run(args: Namespace) -> int:
    """Say what goes, ask, and erase.

    Raises:
        WhyNeeded: there is no reason.
        NotFound, HeldByLaw: there is no such person, or a legal hold stands.
        NotConfirmed: the answer was not yes.
    """
    open_site(site_of(args))
    check_up_to_date()
    from alongside.care.information_rights.permissions import HeldByLaw
    from alongside.workflows import erase

    if not args.why.strip():
        raise WhyNeeded
    view = erase.read_console(person_id=args.person)
    if not args.json:
        _say_what_goes(view)
    if view.kept_by_law:
        raise HeldByLaw
    if args.dry_run:
        return _answer(args, view, erased=False)
    if not args.yes and not _confirmed():
        raise NotConfirmed
    erase.erase_at_console(
        now=datetime.now(tz=UTC), person_id=args.person, why=args.why
    )
    return _answer(args, view, erased=True)


def _say_what_goes(view: "ConsoleView") -> None:
    say_table(("what goes", "rows"), sorted(view.tables.items()))
    if view.still_open:
        say("Something about this person is still open: a case, a hold or a request")


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        return False
    say(f"There is no way back. Type {YES} to erase")
    return sys.stdin.readline().strip().lower() == YES


def _answer(args: Namespace, view: "ConsoleView", *, erased: bool) -> int:
    if args.json:
        say_json(
            {
                "person": view.person_id,
                "erased": erased,
                "still_open": view.still_open,
                "rows": dict(view.tables),
            }
        )
    else:
        say("Erased" if erased else "Nothing was erased: this was a dry run")
    return 0
