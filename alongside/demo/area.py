"""The demonstration area with its agencies, teams and one account for each role."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from alongside.foundation.accounts.operations import (
    NewAccount,
    set_up_account,
    set_up_apps,
)
from alongside.foundation.accounts.rules.app_codes import read_secret
from alongside.foundation.accounts.rules.keys import SignInKeys
from alongside.foundation.accounts.types import Role
from alongside.foundation.organisations.operations import set_up_agency, set_up_area
from alongside.foundation.organisations.queries import list_teams
from alongside.foundation.organisations.types import AgencyKind, TeamKind
from alongside.foundation.reference.tables import DISTRICTS
from alongside.workflows.give_token import give_token
from alongside.workflows.vault_keys import ensure_keys

DATA = Path(__file__).parent / "data"
ACTOR = "demonstration"


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """Somebody to try the service as. `password` is empty where nobody signs in."""

    role: Role
    name: str
    agency_name: str
    email: str
    password: str


def set_up_demonstration(*, now: datetime) -> list[DemoAccount]:
    """Make the area, or bring it up to date; says who can sign in, and how."""
    given = tomllib.loads((DATA / "area.toml").read_text(encoding="utf-8"))
    area = set_up_area(
        actor=ACTOR, now=now, district_codes=_districts(given), **given["area"]
    )
    agency_ids = {
        row["code"]: set_up_agency(actor=ACTOR, now=now, area=area, **_agency(row)).pk
        for row in given["agencies"]
    }
    accounts = []
    for row in given["accounts"]:
        account = _account(row, agency_ids[row["agency"]], given["password"])
        set_up_account(actor=ACTOR, now=now, account=account)
        accounts.append(_demo_account(row, account, given["agencies"]))
    ensure_keys(actor=ACTOR, now=now)
    return accounts


def make_practice_token(*, now: datetime) -> str:
    """A token for the force's machine, in place of the one made before."""
    given = tomllib.loads((DATA / "area.toml").read_text(encoding="utf-8"))
    codes = [row["force_code"] for row in given["agencies"] if "force_code" in row]
    return give_token(
        actor=ACTOR,
        now=now,
        force_code=codes[0],
        label=ACTOR,
        in_place_of_others=True,
    )


def read_practice_secret() -> str:
    """The secret of everybody's authenticator app here, in base 32."""
    given = tomllib.loads((DATA / "area.toml").read_text(encoding="utf-8"))
    return str(given["second_factor"])


def give_second_factors(
    *, now: datetime, keys: SignInKeys, accounts: Sequence[DemoAccount]
) -> None:
    """Give everybody who signs in an authenticator app with the practice secret."""
    emails = [account.email for account in accounts if account.password]
    set_up_apps(
        actor=ACTOR,
        now=now,
        keys=keys,
        emails=emails,
        secret=read_secret(read_practice_secret()),
    )


def _districts(given: dict[str, Any]) -> list[str]:
    code = given["area"]["code"]
    return [row.code for row in DISTRICTS.values() if row.area == code]


def _agency(row: dict[str, Any]) -> dict[str, Any]:
    teams = [
        (team["code"], team["name"], TeamKind(team["kind"]))
        for team in row.get("teams", [])
    ]
    return {**row, "kind": AgencyKind(row["kind"]), "teams": teams}


def _account(row: dict[str, Any], agency_id: int, password: str) -> NewAccount:
    role = Role(row["role"])
    team_ids = {team.name: team.team_id for team in list_teams(agency_id=agency_id)}
    return NewAccount(
        email=row["email"],
        name=row["name"],
        role=role,
        agency_id=agency_id,
        team_id=team_ids[row["team"]] if "team" in row else None,
        # The feed receiver is no person: nobody signs in as it.
        password=None if role is Role.FEED_RECEIVER else password,
    )


def _demo_account(
    row: dict[str, Any], account: NewAccount, agencies: list[dict[str, Any]]
) -> DemoAccount:
    names = {agency["code"]: agency["name"] for agency in agencies}
    return DemoAccount(
        role=account.role,
        name=account.name,
        agency_name=names[row["agency"]],
        email=account.email,
        password=account.password or "",
    )
