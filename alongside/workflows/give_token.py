"""Letting a force's machine send its feed."""

from datetime import datetime

from alongside.foundation.accounts.operations import (
    NewAccount,
    make_token,
    set_up_account,
)
from alongside.foundation.accounts.types import Role
from alongside.foundation.organisations import queries as organisations


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
