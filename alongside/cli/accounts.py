"""`alongside createuser`: an account for somebody who works in the service."""

import getpass
import sys
from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alongside.cli.arguments import Subparsers
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import complain, say
from alongside.cli.site import open_site, site_of
from alongside.foundation.lib.errors import DomainError

if TYPE_CHECKING:
    from alongside.foundation.accounts.types import Role
    from alongside.foundation.organisations.queries import AgencyLine


class NotAnAccount(DomainError):
    """What was given does not make an account. The text says what to change."""


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "createuser",
        help="make an account, or change its name, role or team",
        description="Prints a link with which its owner chooses a password, once.",
    )
    command.add_argument("--email", required=True)
    command.add_argument("--name", required=True, help="as colleagues know them")
    command.add_argument("--role", required=True, help="for example contact_worker")
    command.add_argument(
        "--agency", required=True, metavar="CODE", help="AREA/CODE where areas share it"
    )
    command.add_argument("--team", metavar="NAME", help="a team of the agency")
    command.add_argument(
        "--with-password",
        action="store_true",
        help="ask for a password, or read it from a line of the input, instead",
    )
    command.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Make the account with its one role, or bring it up to date."""
    open_site(site_of(args))
    check_up_to_date()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from alongside.foundation.accounts.operations import (
        NewAccount,
        set_up_account,
        set_up_invitation,
    )

    try:
        validate_email(args.email)
    except ValidationError as error:
        raise NotAnAccount("That is not an e-mail address") from error
    role = _role(args.role)
    agency = _agency(args.agency)
    account = NewAccount(
        email=args.email,
        name=args.name,
        role=role,
        agency_id=agency.agency_id,
        team_id=_team_id(agency, args.team),
        password=_password() if args.with_password else None,
    )
    actor, now = getpass.getuser(), datetime.now(tz=UTC)
    membership = set_up_account(actor=actor, now=now, account=account)
    say(f"The account can sign in as {role.label.lower()} for {agency.name}")
    if not args.with_password:
        secret = set_up_invitation(actor=actor, now=now, membership=membership)
        complain("Give this link to its owner and nobody else; it works once:")
        say(f"{site_of(args).address}/invitation/{secret}")
    return 0


def _role(given: str) -> "Role":
    from alongside.foundation.accounts.types import Role

    signing_in = [role for role in Role if role is not Role.FEED_RECEIVER]
    for role in signing_in:
        if role.value == given:
            return role
    raise NotAnAccount(
        "--role is one of: " + ", ".join(role.value for role in signing_in)
    )


def _agency(given: str) -> "AgencyLine":
    from alongside.foundation.organisations.queries import list_agencies

    agencies = list_agencies()
    found = [
        one for one in agencies if given in {one.code, f"{one.area_code}/{one.code}"}
    ]
    if len(found) != 1:
        codes = ", ".join(f"{one.area_code}/{one.code}" for one in agencies)
        raise NotAnAccount(
            f"--agency is one of: {codes or 'none, set an area up first'}"
        )
    return found[0]


def _team_id(agency: "AgencyLine", given: str | None) -> int | None:
    from alongside.foundation.organisations.queries import list_teams

    if given is None:
        return None
    teams = list_teams(agency_id=agency.agency_id)
    for team in teams:
        if team.name == given:
            return team.team_id
    names = ", ".join(team.name for team in teams)
    raise NotAnAccount(f"--team is one of: {names or 'none, this agency has no teams'}")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise NotAnAccount("The two passwords are not the same")
    return password
