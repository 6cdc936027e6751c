"""Legal holds, restrictions, and noting what was put right."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from alongside.care.information_rights.models import (
    Correction,
    LegalHold,
    RightsRequest,
)
from alongside.care.information_rights.permissions import refusals_in_words
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day


class ReasonNeeded(DomainError):
    user_message = "Say why, so that the next person understands"


class DayPast(DomainError):
    user_message = "Choose a day in the future"


class AlreadyRestricted(DomainError):
    user_message = "What we hold about this person is restricted already"


@transaction.atomic
def lay_hold(
    *,
    actor: Actor,
    now: datetime,
    person_key: int,
    person_id: UUID,
    reason: str,
    review_on: date,
) -> UUID:
    """Let nothing about a person be erased, until somebody lifts it.

    Raises:
        NotAllowed: the actor does not manage what is kept.
        ReasonNeeded, DayPast: something needed is missing.
    """
    permissions.check_has(actor, Permission.RETENTION_MANAGE)
    if not reason.strip():
        raise ReasonNeeded
    if review_on <= local_day(now):
        raise DayPast
    row = LegalHold.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        person_id=person_key,
        reason=reason.strip(),
        since=now,
        made_by_id=actor.user_id,
        review_on=review_on,
    )
    row.refresh_from_db(fields=["public_id"])
    _record(actor, now, AuditAction.LEGAL_HOLD_LAID, person_id)
    made: UUID = row.public_id
    return made


def _record(actor: Actor, now: datetime, action: AuditAction, person_id: UUID) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="person", public_id=person_id, person_ids=(person_id,)),
    )


def _live_hold(hold_id: UUID) -> LegalHold:
    rows = LegalHold.objects.select_for_update(of=("self",)).select_related("person")
    found = rows.filter(public_id=hold_id, lifted_at=None).first()
    if found is None:
        raise NotFound("We could not find that legal hold")
    return found


@transaction.atomic
def lift_hold(*, actor: Actor, now: datetime, hold_id: UUID, reason: str) -> None:
    """Lift a legal hold, saying why.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none.
        ReasonNeeded: there is no reason.
    """
    permissions.check_has(actor, Permission.RETENTION_MANAGE)
    if not reason.strip():
        raise ReasonNeeded
    row = _live_hold(hold_id)
    row.lifted_at, row.lifted_by_id = now, actor.user_id
    row.lifted_reason = reason.strip()
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    _record(actor, now, AuditAction.LEGAL_HOLD_LIFTED, row.person.public_id)


@transaction.atomic
def restrict_person(
    *,
    actor: Actor,
    now: datetime,
    person_id: UUID,
    request_id: UUID | None,
    reason: str,
) -> UUID:
    """Keep what is held about a person and let nobody use it: every case, later too.

    Raises:
        NotAllowed: the actor does not work on requests, or is in conflict.
        ReasonNeeded: there is no reason.
    """
    permissions.check_has(actor, Permission.RIGHTS_WORK)
    if not reason.strip():
        raise ReasonNeeded
    with refusals_in_words(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT rights_restrict(%s, %s, %s, %s)",
            [person_id, request_id, reason.strip(), now],
        )
        (made,) = cursor.fetchone()
    found: UUID = made
    return found


@transaction.atomic
def lift_restriction(
    *, actor: Actor, now: datetime, restriction_id: UUID, reason: str
) -> UUID:
    """Let what is held about a person be used again, saying why; the person.

    Raises:
        NotAllowed: the actor does not work on requests, or is in conflict.
        ReasonNeeded: there is no reason.
    """
    permissions.check_has(actor, Permission.RIGHTS_WORK)
    if not reason.strip():
        raise ReasonNeeded
    with refusals_in_words(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT rights_lift_restriction(%s, %s, %s)",
            [restriction_id, reason.strip(), now],
        )
        (person,) = cursor.fetchone()
    found: UUID = person
    return found


@transaction.atomic
def note_correction(
    *,
    actor: Actor,
    now: datetime,
    person_key: int,
    person_id: UUID,
    before_key: int,
    after_key: int,
    changed: Sequence[str],
    reason: str,
    request_id: UUID | None,
) -> None:
    """Note that one record puts another right; the other stays, marked.

    Raises:
        NotAllowed: the actor does not work on requests.
        ReasonNeeded: there is no reason.
    """
    permissions.check_has(actor, Permission.RIGHTS_WORK)
    if not reason.strip():
        raise ReasonNeeded
    asked = (
        RightsRequest.objects.filter(public_id=request_id).first()
        if request_id
        else None
    )
    Correction.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        request=asked,
        person_id=person_key,
        before_id=before_key,
        after_id=after_key,
        changed=list(changed),
        reason=reason.strip(),
        at=now,
        by_id=actor.user_id,
    )
    _record(actor, now, AuditAction.RECORD_CORRECTED, person_id)
