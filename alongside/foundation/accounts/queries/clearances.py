"""Who is cleared for which wall inside an agency."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.foundation.accounts.models import Clearance, Membership, User
from alongside.foundation.accounts.tables import CLEARANCES
from alongside.foundation.accounts.types import Actor, Role
from alongside.walls.bits import COMPARTMENTS


@dataclass(frozen=True, kw_only=True)
class ClearanceLine:
    """One clearance as a list shows it."""

    clearance_id: UUID
    staff: str
    compartment: str
    reason: str
    since: datetime
    given_by: str
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """A member of staff of the agency, as a form offers them."""

    user_id: int
    public_id: UUID
    name: str


def _live(now: datetime) -> Q:
    return Q(until=None) | Q(until__gt=now)


def get_clearance(*, user_id: int, agency_id: int, now: datetime) -> int:
    """The walls somebody passes in an agency, as a mask: by role and by name."""
    roles = Membership.objects.filter(
        _live(now), user_id=user_id, agency_id=agency_id
    ).values_list("role", flat=True)
    given = Clearance.objects.filter(_live(now), user_id=user_id)
    mask = 0
    for role in roles:
        mask |= CLEARANCES[Role(role)].mask if Role(role) in CLEARANCES else 0
    for compartment in given.values_list("compartment", flat=True):
        mask |= COMPARTMENTS.get(compartment, 0)
    return mask


def list_clearances(*, actor: Actor, now: datetime) -> list[ClearanceLine]:
    """The clearances by name that stand in the actor's agency. One statement."""
    staff = Membership.objects.filter(_live(now), agency_id=actor.agency_id)
    rows = Clearance.objects.filter(_live(now), user__in=staff.values("user"))
    rows = rows.select_related("user", "given_by").order_by("user__name", "compartment")
    return [
        ClearanceLine(
            clearance_id=row.public_id,
            staff=row.user.name,
            compartment=row.compartment,
            reason=row.reason,
            since=row.since,
            given_by=row.given_by.name,
            until=row.until,
        )
        for row in rows
    ]


def list_colleagues(*, actor: Actor, now: datetime) -> list[Colleague]:
    """Everybody who acts for the actor's agency but themselves and feeds, by name."""
    acting = Membership.objects.filter(_live(now), agency_id=actor.agency_id)
    acting = acting.exclude(role=Role.FEED_RECEIVER)
    rows = User.objects.filter(pk__in=acting.values("user"), is_active=True)
    return [
        Colleague(user_id=row.pk, public_id=row.public_id, name=row.name)
        for row in rows.exclude(pk=actor.user_id).order_by("name", "pk")
    ]
