"""Questions about accounts. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from alongside.foundation.accounts.models import ApiToken, Membership
from alongside.foundation.accounts.types import ROLE_PERMISSIONS, Actor, Role
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class WorkerChoice:
    """A worker as an allocation form offers them."""

    user_id: int
    public_id: UUID
    name: str
    team_id: int | None
    role: Role


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
    )


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
    rows = Membership.objects.filter(_live(now), user_id=user_id, user__is_active=True)
    if membership_id is not None:
        rows = rows.filter(pk=membership_id)
    row = rows.select_related("user", "agency").order_by("pk").first()
    if row is None:
        raise NotFound("This account does not act for any agency")
    return _actor(row)


def get_actor_by_token(*, token: str, now: datetime) -> Actor:
    """Who a machine acts as.

    Raises:
        NotFound: no live token reads like that.
    """
    row = (
        ApiToken.objects.filter(_live(now), sha256=sha256(token.encode()).digest())
        .filter(membership__user__is_active=True)
        .filter(Q(membership__until=None) | Q(membership__until__gt=now))
        .select_related("membership__user", "membership__agency")
        .first()
    )
    if row is None:
        raise NotFound("The token is not known, or has ended")
    return _actor(row.membership)


def get_receiver(*, agency_id: int, now: datetime) -> Actor:
    """The feed receiver of a service: who acts when a delivery is received.

    Raises:
        NotFound: the service has no feed receiver yet.
    """
    row = (
        Membership.objects.filter(
            _live(now), agency_id=agency_id, role=Role.FEED_RECEIVER
        )
        .select_related("user", "agency")
        .order_by("pk")
        .first()
    )
    if row is None:
        raise NotFound("The service has no account that receives feeds")
    return _actor(row)


def list_workers(*, agency_id: int, now: datetime) -> list[WorkerChoice]:
    """Everyone who may be given a case in the agency, by name."""
    rows = Membership.objects.filter(
        _live(now),
        agency_id=agency_id,
        user__is_active=True,
        role__in=[
            Role.CONTACT_WORKER,
            Role.SPECIALIST_WORKER,
            Role.SUPERVISOR,
            Role.WITNESS_CARE_WORKER,
        ],
    ).select_related("user")
    return [
        WorkerChoice(
            user_id=row.user_id,
            public_id=row.user.public_id,
            name=row.user.name,
            team_id=row.team_id,
            role=Role(row.role),
        )
        for row in rows.order_by("user__name", "pk")
    ]
