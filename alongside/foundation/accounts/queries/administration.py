"""Accounts as an administrator sees them: those that act in their area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.foundation.accounts.models import (
    ApiToken,
    Invitation,
    Membership,
    SecondFactor,
    User,
)
from alongside.foundation.accounts.types import COUNTING_ROLES, Actor, Role
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class RoleLine:
    """One role of somebody. `until` is when it ended, or will."""

    membership_id: int
    role: Role
    agency_id: int
    agency_name: str
    team_name: str
    until: datetime | None
    live: bool


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """An account and its roles in the area.

    `invited_until` is when an invitation that waits runs out. `has_password` and
    `has_factor` say what was set up. `live`: somebody or something can act by it.
    """

    public_id: UUID
    email: str
    name: str
    live: bool
    last_signed_in: datetime | None
    has_password: bool
    has_factor: bool
    invited_until: datetime | None
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True, kw_only=True)
class TokenLine:
    """A machine's token: for whom, since when, and until when where it ends."""

    public_id: UUID
    label: str
    agency_name: str
    account: str
    created_at: datetime
    until: datetime | None
    live: bool


@dataclass(frozen=True, kw_only=True)
class MachineChoice:
    """Somebody whom a machine's token can act as."""

    membership_id: int
    words: str


def _of_area(actor: Actor) -> QuerySet[User]:
    theirs = Membership.objects.filter(
        user=OuterRef("pk"), agency__area_id=actor.area_id
    )
    return User.objects.filter(Exists(theirs)).order_by("name", "pk")


def list_accounts(
    *, actor: Actor, now: datetime, words: str = "", limit: int, skip: int = 0
) -> list[AccountLine]:
    """Accounts of the actor's area by name; `words` are looked for in name and e-mail.

    Four statements, however many.
    """
    rows = _of_area(actor)
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return _lines(actor, now, list(rows[skip : skip + limit]))


def get_account(*, actor: Actor, now: datetime, account_id: UUID) -> AccountLine:
    """One account of the actor's area.

    Raises:
        NotFound: there is none of that id here.
    """
    found = _lines(actor, now, list(_of_area(actor).filter(public_id=account_id)))
    if not found:
        raise NotFound
    return found[0]


def _lines(actor: Actor, now: datetime, users: Sequence[User]) -> list[AccountLine]:
    roles: dict[int, list[RoleLine]] = {user.pk: [] for user in users}
    memberships = Membership.objects.filter(
        user__in=roles, agency__area_id=actor.area_id
    )
    for row in memberships.select_related("agency", "team").order_by("pk"):
        roles[row.user_id].append(_role(row, now))
    factors = set(
        SecondFactor.objects.filter(user__in=roles).values_list("user_id", flat=True)
    )
    waiting = dict(
        Invitation.objects.filter(user__in=roles, used_at=None, until__gt=now)
        .order_by("until")
        .values_list("user_id", "until")
    )
    return [
        AccountLine(
            public_id=user.public_id,
            email=user.email,
            name=user.name,
            live=user.is_active and any(role.live for role in roles[user.pk]),
            last_signed_in=user.last_login,
            has_password=user.has_usable_password(),
            has_factor=user.pk in factors,
            invited_until=waiting.get(user.pk),
            roles=tuple(roles[user.pk]),
        )
        for user in users
    ]


def _role(row: Membership, now: datetime) -> RoleLine:
    return RoleLine(
        membership_id=row.pk,
        role=Role(row.role),
        agency_id=row.agency_id,
        agency_name=row.agency.name,
        team_name=row.team.name if row.team else "",
        until=row.until,
        live=row.until is None or row.until > now,
    )


def list_tokens(*, actor: Actor, now: datetime) -> list[TokenLine]:
    """Every token of the area's machines, live ones first. One statement."""
    rows = ApiToken.objects.filter(
        membership__agency__area_id=actor.area_id
    ).select_related("membership__agency", "membership__user")
    lines = [
        TokenLine(
            public_id=row.public_id,
            label=row.label,
            agency_name=row.membership.agency.name,
            account=row.membership.user.name,
            created_at=row.created_at,
            until=row.until,
            live=row.until is None or row.until > now,
        )
        for row in rows.order_by("-created_at", "-pk")
    ]
    return sorted(lines, key=lambda line: not line.live)


def list_machines(*, actor: Actor, now: datetime) -> list[MachineChoice]:
    """Whom a token may act as: live police liaisons of the area, and those of its
    commissioning body who see counts."""
    rows = Membership.objects.filter(
        Q(until=None) | Q(until__gt=now),
        agency__area_id=actor.area_id,
        role__in=[Role.POLICE_LIAISON, *COUNTING_ROLES],
        user__is_active=True,
    )
    return [
        MachineChoice(membership_id=row.pk, words=f"{row.user.name}, {row.agency.name}")
        for row in rows.select_related("user", "agency").order_by("user__name")
    ]
