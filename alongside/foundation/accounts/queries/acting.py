"""Who acts: for which agency, in which role, past which walls."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from alongside.foundation.accounts.models import (
    ApiToken,
    Clearance,
    Membership,
    User,
)
from alongside.foundation.accounts.tables import CLEARANCES
from alongside.foundation.accounts.types import ROLE_PERMISSIONS, Actor, Role
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.bits import COMPARTMENTS, DUTIES


@dataclass(frozen=True, kw_only=True)
class WorkerChoice:
    """A worker as an allocation form offers them."""

    user_id: int
    public_id: UUID
    name: str
    team_id: int | None
    role: Role
    clearance: int = 0


def _acting(now: datetime) -> QuerySet[Membership]:
    """Memberships that may act now, each with what its user is cleared for."""
    given = Clearance.objects.filter(_live(now), user=OuterRef("user"))
    return (
        Membership.objects.filter(_live(now), user__is_active=True)
        .select_related("user", "agency")
        .annotate(cleared=ArraySubquery(given.values("compartment")))
        .order_by("pk")
    )


def _actor(membership: Membership) -> Actor:
    role = Role(membership.role)
    return Actor(
        user_id=membership.user_id,
        label=membership.user.name,
        agency_id=membership.agency_id,
        agency_name=membership.agency.name,
        area_id=membership.agency.area_id,
        team_id=membership.team_id,
        role=role,
        permissions=ROLE_PERMISSIONS[role],
        clearance=_clearance(membership),
        for_provider=membership.agency.kind == AgencyKind.PROVIDER,
    )


def _clearance(membership: Membership) -> int:
    role = Role(membership.role)
    mask = CLEARANCES[role].mask if role in CLEARANCES else 0
    # The annotation of `_acting`, which the types do not know of.
    for compartment in getattr(membership, "cleared", ()):
        mask |= COMPARTMENTS.get(compartment, 0)
    # The register of people is the service's: others know only whom they were shown.
    if membership.agency.kind != AgencyKind.SERVICE:
        mask &= ~DUTIES["register"]
    return mask


def _live(now: datetime) -> Q:
    return Q(until=None) | Q(until__gt=now)


def list_memberships(*, user_id: int, now: datetime) -> list[tuple[int, str]]:
    """(id, words) of everything the user may act as now, oldest first."""
    rows = Membership.objects.filter(_live(now), user_id=user_id, user__is_active=True)
    return [
        (row.pk, f"{Role(row.role).label}, {row.agency.name}")
        for row in rows.select_related("agency").order_by("pk")
    ]


def get_actor(
    *, user_id: int, now: datetime, membership_id: int | None = None
) -> Actor:
    """Who the user acts as: the membership named, else their first.

    Raises:
        NotFound: the user has no such membership now.
    """
    rows = _acting(now).filter(user_id=user_id)
    if membership_id is not None:
        rows = rows.filter(pk=membership_id)
    row = rows.first()
    if row is None:
        raise NotFound("This account does not act for any agency")
    return _actor(row)


def get_user(*, user_id: int) -> User:
    """The account itself, which Django's sessions are opened for.

    Raises:
        NotFound: there is none, or it has ended.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound
    return user


def get_actor_by_token(*, token: str, now: datetime) -> Actor:
    """Who a machine acts as.

    Raises:
        NotFound: no live token reads like that.
    """
    tokens = ApiToken.objects.filter(_live(now), sha256=sha256(token.encode()).digest())
    row = _acting(now).filter(pk__in=tokens.values("membership")).first()
    if row is None:
        raise NotFound("The token is not known, or has ended")
    return _actor(row)


def get_receiver(*, agency_id: int, now: datetime) -> Actor:
    """The feed receiver of a service: who acts when a delivery is received.

    Raises:
        NotFound: the service has no feed receiver yet.
    """
    row = _acting(now).filter(agency_id=agency_id, role=Role.FEED_RECEIVER).first()
    if row is None:
        raise NotFound("The service has no account that receives feeds")
    return _actor(row)


def get_actor_of_role(*, agency_id: int, role: Role, now: datetime) -> Actor:
    """The first account of an agency that acts in a role.

    Raises:
        NotFound: nobody acts for the agency in that role.
    """
    row = _acting(now).filter(agency_id=agency_id, role=role).first()
    if row is None:
        raise NotFound("Nobody acts for that agency in that role")
    return _actor(row)


def list_workers(*, agency_id: int, now: datetime) -> list[WorkerChoice]:
    """Everyone who may be given a case in the agency, by name."""
    rows = _acting(now).filter(
        agency_id=agency_id,
        role__in=[
            Role.CONTACT_WORKER,
            Role.SPECIALIST_WORKER,
            Role.SUPERVISOR,
            Role.WITNESS_CARE_WORKER,
        ],
    )
    return [
        WorkerChoice(
            user_id=row.user_id,
            public_id=row.user.public_id,
            name=row.user.name,
            team_id=row.team_id,
            role=Role(row.role),
            clearance=_clearance(row),
        )
        for row in rows.order_by("user__name", "pk")
    ]
