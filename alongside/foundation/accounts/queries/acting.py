"""Who acts: for which agency, in which role, past which walls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from alongside.foundation.accounts.models import Clearance, Membership, User
from alongside.foundation.accounts.tables import CLEARANCES
from alongside.foundation.accounts.types import ROLE_PERMISSIONS, Actor, Role
from alongside.foundation.lib.asking import Question, Rows, ask
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.bits import COMPARTMENTS, DUTIES
from alongside.walls.prepared import Prepared

# Memberships that may act at a moment, each with what its user is cleared for. Asked
# by every page and every call, so that the database keeps its plan.
ACTING = """
    SELECT m.user_id, u.name, m.agency_id, g.name, g.area_id, m.team_id, m.role, g.kind,
           ARRAY(SELECT c.compartment FROM accounts_clearance c
                  WHERE c.user_id = m.user_id AND (c.until IS NULL OR c.until > %s))
      FROM accounts_membership m
      JOIN accounts_user u ON u.id = m.user_id AND u.is_active
      JOIN organisations_agency g ON g.id = m.agency_id
     WHERE (m.until IS NULL OR m.until > %s) AND {who}
     ORDER BY m.id LIMIT 1
"""
OF_USER = Prepared(ACTING.format(who="m.user_id = %s"))
OF_MEMBERSHIP = Prepared(ACTING.format(who="m.user_id = %s AND m.id = %s"))
OF_ROLE = Prepared(ACTING.format(who="m.agency_id = %s AND m.role = %s"))
OF_TOKEN = Prepared(
    ACTING.format(
        who="m.id IN (SELECT t.membership_id FROM accounts_apitoken t"
        " WHERE (t.until IS NULL OR t.until > %s) AND t.sha256 = %s)"
    )
)


@dataclass(frozen=True, kw_only=True)
class WorkerChoice:
    """A worker as an allocation form offers them."""

    user_id: int
    public_id: UUID
    name: str
    team_id: int | None
    role: Role
    clearance: int = 0


def _actor(rows: Rows) -> Actor | None:
    """The actor that a question of `ACTING` found, if any."""
    if not rows:
        return None
    user_id, label, agency_id, agency_name, area_id, team_id, role, kind, given = rows[
        0
    ]
    return Actor(
        user_id=user_id,
        label=label,
        agency_id=agency_id,
        agency_name=agency_name,
        area_id=area_id,
        team_id=team_id,
        role=Role(role),
        permissions=ROLE_PERMISSIONS[Role(role)],
        clearance=_clearance(Role(role), kind, given),
        for_provider=kind == AgencyKind.PROVIDER,
    )


def _clearance(role: Role, kind: str, given: Sequence[str]) -> int:
    mask = CLEARANCES[role].mask if role in CLEARANCES else 0
    for compartment in given:
        mask |= COMPARTMENTS.get(compartment, 0)
    # The register of people is the service's: others know only whom they were shown.
    if kind != AgencyKind.SERVICE:
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
    if membership_id is None:
        question = Question(OF_USER, (now, now, user_id))
    else:
        question = Question(OF_MEMBERSHIP, (now, now, user_id, membership_id))
    actor = _actor(ask(question))
    if actor is None:
        raise NotFound("This account does not act for any agency")
    return actor


def get_actor_by_email(*, email: str, now: datetime) -> Actor:
    """Who acts whose account has an e-mail address, for what is asked for on the
    command line in somebody's name.

    Raises:
        NotFound: no live account has it, or it acts for no agency.
    """
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise NotFound("No account has this e-mail address")
    return get_actor(user_id=user.pk, now=now)


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
    digest = sha256(token.encode()).digest()
    actor = _actor(ask(Question(OF_TOKEN, (now, now, now, digest))))
    if actor is None:
        raise NotFound("The token is not known, or has ended")
    return actor


def get_receiver(*, agency_id: int, now: datetime) -> Actor:
    """The feed receiver of a service: who acts when a delivery is received.

    Raises:
        NotFound: the service has no feed receiver yet.
    """
    return read_receiver(ask(ask_receiver(agency_id=agency_id, now=now)))


def ask_receiver(*, agency_id: int, now: datetime) -> Question:
    """The question of `get_receiver`, to be asked together with others."""
    return Question(OF_ROLE, (now, now, agency_id, Role.FEED_RECEIVER.value))


def read_receiver(rows: Rows) -> Actor:
    """What the question of `ask_receiver` found.

    Raises:
        NotFound: the service has no feed receiver yet.
    """
    actor = _actor(rows)
    if actor is None:
        raise NotFound("The service has no account that receives feeds")
    return actor


def get_actor_of_role(*, agency_id: int, role: Role, now: datetime) -> Actor:
    """The first account of an agency that acts in a role.

    Raises:
        NotFound: nobody acts for the agency in that role.
    """
    actor = _actor(ask(Question(OF_ROLE, (now, now, agency_id, role.value))))
    if actor is None:
        raise NotFound("Nobody acts for that agency in that role")
    return actor


def list_workers(*, agency_id: int, now: datetime) -> list[WorkerChoice]:
    """Everyone who may be given a case in the agency, by name."""
    given = Clearance.objects.filter(_live(now), user=OuterRef("user"))
    rows = (
        Membership.objects.filter(
            _live(now),
            user__is_active=True,
            agency_id=agency_id,
            role__in=[
                Role.CONTACT_WORKER,
                Role.SPECIALIST_WORKER,
                Role.SUPERVISOR,
                Role.WITNESS_CARE_WORKER,
            ],
        )
        .select_related("user", "agency")
        .annotate(cleared=ArraySubquery(given.values("compartment")))
    )
    return [
        WorkerChoice(
            user_id=row.user_id,
            public_id=row.user.public_id,
            name=row.user.name,
            team_id=row.team_id,
            role=Role(row.role),
            # The annotation, which the types do not know of.
            clearance=_clearance(
                Role(row.role), row.agency.kind, getattr(row, "cleared", ())
            ),
        )
        for row in rows.order_by("user__name", "pk")
    ]
