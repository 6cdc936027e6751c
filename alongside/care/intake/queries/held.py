"""Held referrals, and what the force sent of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.care.intake.models import Delivery, FeedRow, Hold, Referral
from alongside.care.intake.types import Code
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class HeldReferral:
    """One open hold, as the held page lists it. No name: that is a look."""

    hold_id: UUID
    referral_id: int
    referral_public_id: UUID
    force_code: str
    crime_ref: str
    code: Code
    codes: tuple[Code, ...]
    owner_team_id: int
    since: datetime
    wait_until: date | None
    wait_reason: str
    reported_at: datetime


def _held(hold: Hold) -> HeldReferral:
    return HeldReferral(
        hold_id=hold.public_id,
        referral_id=hold.referral_id,
        referral_public_id=hold.referral.public_id,
        force_code=hold.referral.force_code,
        crime_ref=hold.referral.crime_ref,
        code=Code(hold.code),
        codes=tuple(Code(code) for code in hold.codes),
        owner_team_id=hold.owner_team_id,
        since=hold.since,
        wait_until=hold.wait_until,
        wait_reason=hold.wait_reason,
        reported_at=hold.referral.reported_at,
    )


def _open_holds(actor: Actor) -> QuerySet[Hold]:
    return Hold.objects.filter(agency_id=actor.agency_id, ended_at=None)


def list_held(
    *,
    actor: Actor,
    today: date,
    limit: int,
    code: Code | None = None,
    waiting: bool = False,
    after: tuple[datetime, UUID] | None = None,
    before: tuple[datetime, UUID] | None = None,
) -> list[HeldReferral]:
    """Open holds of the actor's agency, oldest first. One statement.

    Those put off until a later day are left out, unless `waiting` asks for them
    instead. `after` is the (since, hold) the page before ended with, `before` the
    one that the page after starts with.
    """
    put_off = Q(wait_until__gt=today)
    rows = _open_holds(actor).filter(put_off if waiting else ~put_off)
    if code:
        rows = rows.filter(code=code)
    if after:
        since, hold_id = after
        rows = rows.filter(Q(since__gt=since) | Q(since=since, public_id__gt=hold_id))
    if before:
        since, hold_id = before
        rows = rows.filter(Q(since__lt=since) | Q(since=since, public_id__lt=hold_id))
        # The nearest ones come last, so they are asked for first.
        rows = rows.order_by("-since", "-public_id")
    else:
        rows = rows.order_by("since", "public_id")
    found = [_held(hold) for hold in rows.select_related("referral")[:limit]]
    return found[::-1] if before else found


@dataclass(frozen=True, kw_only=True)
class HeldCounts:
    """Open holds by their first reason: those to decide, and those put off."""

    to_decide: dict[Code, int]
    waiting: dict[Code, int]


def count_held(*, actor: Actor, today: date) -> HeldCounts:
    """How many open holds there are for each reason. One statement."""
    counts: tuple[dict[Code, int], dict[Code, int]] = ({}, {})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.code, coalesce(h.wait_until > %s, false), count(*)"
            " FROM intake_hold h WHERE h.ended_at IS NULL AND h.agency_id = %s"
            " GROUP BY 1, 2",
            [today, actor.agency_id],
        )
        for code, put_off, number in cursor.fetchall():
            counts[put_off][Code(code)] = number
    return HeldCounts(to_decide=counts[False], waiting=counts[True])


def find_open_holds(*, actor: Actor, referral_ids: Sequence[int]) -> dict[int, UUID]:
    """The open hold of each referral that the actor's agency holds. One statement."""
    rows = _open_holds(actor).filter(referral_id__in=list(referral_ids))
    return dict(rows.values_list("referral_id", "public_id"))


def get_hold(*, actor: Actor, public_id: UUID, lock: bool = False) -> Hold:
    """An open hold of the actor's agency, with its referral.

    Raises:
        NotFound: there is none, or somebody has decided it.
    """
    rows = _open_holds(actor).filter(public_id=public_id).select_related("referral")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.first()
    if found is None:
        raise NotFound("We could not find that referral, or somebody has decided it")
    return found


def describe_hold(hold: Hold) -> HeldReferral:
    """The hold as the held page lists it."""
    return _held(hold)


def get_current_row(*, referral_id: int) -> tuple[FeedRow, Delivery]:
    """The row that holds the referral's current version, sealed, and its delivery."""
    referral = Referral.objects.select_related("current_row__delivery").get(
        pk=referral_id
    )
    return referral.current_row, referral.current_row.delivery
