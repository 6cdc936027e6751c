"""Letting a force's machine send its feed, and a commissioning body's read counts."""

from datetime import datetime

from alongside.foundation.accounts.operations import (
    NewAccount,
    make_token,
    set_up_account,
)
from alongside.foundation.accounts.types import Role
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind


class WhichBody(DomainError):
    """There is no commissioning body, or there are several and none was named."""


def give_token(
    *,
    actor: str,
    now: datetime,
    force_code: str,
    label: str,
    until: datetime | None = None,
    in_place_of_others: bool = False,
) -> str:
    """A token with which a force sends its own feed and reads what became of it.

    It acts as an account of the force's that no person can sign in to. Set-up work,
    done as the database's owner; `actor` names who did it. The token is told once.

    Raises:
        UnknownForce: this installation receives nothing from that force.
    """
    feed = organisations.get_feed(force_code=force_code)
    account = NewAccount(
        email=f"{force_code}@feeds.invalid",
        name=f"{feed.force_name}, automatic feed",
        role=Role.POLICE_LIAISON,
        agency_id=feed.sender_id,
    )
    return make_token(
        actor=actor,
        now=now,
        membership=set_up_account(actor=actor, now=now, account=account),
        label=label,
        until=until,
        in_place_of_others=in_place_of_others,
    )


def give_counts_token(
    *,
    actor: str,
    now: datetime,
    label: str,
    until: datetime,
    area_code: str | None = None,
    in_place_of_others: bool = False,
) -> str:
    """A token with which a commissioning body reads how promises were kept and what
    changed for people, in counts, and nothing else.

    It acts as an account of theirs that no person can sign in to, until a day. Set-up
    work, done as the database's owner; `actor` names who did it. The token is told
    once.

    Raises:
        WhichBody: there is none here, or several and no area was named.
        EndNeeded: it would work for too long.
    """
    bodies = [
        one
        for one in organisations.list_agencies()
        if one.kind is AgencyKind.COMMISSIONER and area_code in {None, one.area_code}
    ]
    if not bodies:
        raise WhichBody("There is no commissioning body here: set it up first")
    if len(bodies) > 1:
        codes = ", ".join(one.area_code for one in bodies)
        raise WhichBody(f"Say whose with --area, one of: {codes}")
    account = NewAccount(
        email=f"{bodies[0].area_code}@counts.invalid",
        name=f"{bodies[0].name}, automatic counts",
        role=Role.COMMISSIONER,
        agency_id=bodies[0].agency_id,
    )
    return make_token(
        actor=actor,
        now=now,
        membership=set_up_account(actor=actor, now=now, account=account),
        label=label,
        until=until,
        in_place_of_others=in_place_of_others,
    )
