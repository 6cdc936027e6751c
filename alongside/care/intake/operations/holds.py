"""Settling a held referral: accept anyway, return to the force, or wait."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.intake import queries
from alongside.care.intake.models import Hold, Referral
from alongside.care.intake.types import HoldDecision, ReferralState, ReturnCode
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.local import local_day


class ReasonNeeded(DomainError):
    user_message = "Say why, so that the next person understands the decision"


class DayPast(DomainError):
    user_message = "Choose a day in the future to wait until"


def _end(
    hold: Hold, *, actor: Actor, now: datetime, decision: HoldDecision, reason: str
) -> None:
    hold.ended_at = now
    hold.decision = decision
    hold.decided_by_id = actor.user_id
    hold.reason = reason
    hold.save(
        update_fields=["ended_at", "decision", "decided_by", "reason", "return_code"]
    )


def _move(hold: Hold, state: ReferralState) -> None:
    Referral.objects.filter(pk=hold.referral_id).update(state=state)


def _record(hold: Hold, *, actor: Actor, now: datetime, action: AuditAction) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="referral", public_id=hold.referral.public_id),
        purpose=hold.code,
    )


@transaction.atomic
def accept_anyway(*, actor: Actor, now: datetime, hold_id: UUID, reason: str) -> Hold:
    """Work a held referral in spite of what held it, saying why.

    The caller opens the case (`workflows.settle_hold`).

    Raises:
        NotAllowed: the actor does not settle holds.
        NotFound: there is no such open hold.
        ReasonNeeded: no reason was given.
    """
    permissions.check_has(actor, Permission.HELD_DECIDE)
    if not reason.strip():
        raise ReasonNeeded
    hold = queries.get_hold(actor=actor, public_id=hold_id, lock=True)
    _end(
        hold,
        actor=actor,
        now=now,
        decision=HoldDecision.ACCEPTED,
        reason=reason.strip(),
    )
    _move(hold, ReferralState.LIVE)
    _record(hold, actor=actor, now=now, action=AuditAction.REFERRAL_ACCEPTED)
    return hold


@transaction.atomic
def return_to_force(
    *, actor: Actor, now: datetime, hold_id: UUID, code: ReturnCode, note: str
) -> Hold:
    """Send a held referral back, with a code that says what is needed.

    The note goes to the force: it must not hold anything the victim told us.

    Raises:
        NotAllowed: the actor does not settle holds.
        NotFound: there is no such open hold.
    """
    permissions.check_has(actor, Permission.HELD_DECIDE)
    hold = queries.get_hold(actor=actor, public_id=hold_id, lock=True)
    hold.return_code = code
    _end(
        hold,
        actor=actor,
        now=now,
        decision=HoldDecision.RETURNED,
        reason=note.strip(),
    )
    _move(hold, ReferralState.RETURNED)
    _record(hold, actor=actor, now=now, action=AuditAction.REFERRAL_RETURNED)
    return hold


@transaction.atomic
def wait_until(
    *, actor: Actor, now: datetime, hold_id: UUID, day: date, reason: str
) -> Hold:
    """Put a held referral off until a day, saying why. It stays held.

    Raises:
        NotAllowed: the actor does not settle holds.
        NotFound: there is no such open hold.
        ReasonNeeded: no reason was given.
        DayPast: the day is not in the future.
    """
    permissions.check_has(actor, Permission.HELD_DECIDE)
    if not reason.strip():
        raise ReasonNeeded
    if day <= local_day(now):
        raise DayPast
    hold = queries.get_hold(actor=actor, public_id=hold_id, lock=True)
    hold.wait_until = day
    hold.wait_reason = reason.strip()
    hold.save(update_fields=["wait_until", "wait_reason"])
    _record(hold, actor=actor, now=now, action=AuditAction.REFERRAL_WAITING)
    return hold
