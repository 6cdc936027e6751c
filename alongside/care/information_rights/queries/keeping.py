"""Legal holds, restrictions and corrections."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from alongside.care.information_rights.models import (
    Correction,
    LegalHold,
    Restriction,
)
from alongside.foundation.accounts.types import Actor


@dataclass(frozen=True, kw_only=True)
class HoldLine:
    """One legal hold."""

    hold_id: UUID
    person_key: int
    person_id: UUID
    reason: str = field(repr=False)
    since: datetime
    made_by: str
    review_on: date
    lifted_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class RestrictionLine:
    """One restriction: kept, not used."""

    restriction_id: UUID
    person_key: int
    person_id: UUID
    reason: str = field(repr=False)
    since: datetime
    made_by: str
    lifted_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CorrectionLine:
    """One thing that was put right: in which record, and what."""

    before_key: int
    after_key: int
    changed: tuple[str, ...]
    reason: str = field(repr=False)
    at: datetime
    by: str


def list_holds(
    *, actor: Actor, person_key: int | None = None, live: bool = True
) -> list[HoldLine]:
    """Legal holds by the day they are to be looked at again. One statement."""
    rows = LegalHold.objects.filter(agency_id=actor.agency_id)
    rows = rows.filter(lifted_at__isnull=live).select_related("person", "made_by")
    if person_key is not None:
        rows = rows.filter(person_id=person_key)
    return [
        HoldLine(
            hold_id=row.public_id,
            person_key=row.person_id,
            person_id=row.person.public_id,
            reason=row.reason,
            since=row.since,
            made_by=row.made_by.name,
            review_on=row.review_on,
            lifted_at=row.lifted_at,
        )
        for row in rows.order_by("review_on", "pk")
    ]


def list_restrictions(
    *, actor: Actor, person_key: int | None = None, live: bool = True
) -> list[RestrictionLine]:
    """Restrictions, the oldest first. One statement."""
    rows = Restriction.objects.filter(agency_id=actor.agency_id)
    rows = rows.filter(lifted_at__isnull=live).select_related("person", "made_by")
    if person_key is not None:
        rows = rows.filter(person_id=person_key)
    return [
        RestrictionLine(
            restriction_id=row.public_id,
            person_key=row.person_id,
            person_id=row.person.public_id,
            reason=row.reason,
            since=row.since,
            made_by=row.made_by.name,
            lifted_at=row.lifted_at,
        )
        for row in rows.order_by("since", "pk")
    ]


def list_corrections(*, actor: Actor, person_key: int) -> list[CorrectionLine]:
    """What was put right about a person, newest first. One statement."""
    rows = Correction.objects.filter(person_id=person_key).select_related("by")
    return [
        CorrectionLine(
            before_key=row.before_id,
            after_key=row.after_id,
            changed=tuple(row.changed),
            reason=row.reason,
            at=row.at,
            by=row.by.name,
        )
        for row in rows.order_by("-at", "-pk")
    ]


def kept_not_used_since(*, actor: Actor, case_id: UUID) -> datetime | None:
    """Since when a case is only kept; none where it is not, or is not the actor's.

    Answers only those who would see the case if it were not restricted.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_kept_not_used(%s)", [case_id])
        (since,) = cursor.fetchone()
    found: datetime | None = since
    return found


def list_recipients(*, actor: Actor, person_id: UUID) -> list[tuple[int, UUID]]:
    """(agency, case) of everybody else who may see a case of the person now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id, case_id FROM rights_recipients(%s)", [person_id]
        )
        return [(agency, case) for agency, case in cursor.fetchall()]
