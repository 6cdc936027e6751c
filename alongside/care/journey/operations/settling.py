"""Saying that a promise was kept, or is not owed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.journey.models import Clock
from alongside.care.journey.operations.clocks import MET, OPEN
from alongside.care.journey.tables import NOT_OWED
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day


class EvidenceNeeded(DomainError):
    user_message = "Say how you know that it was done"


FROM_FACT = (
    "Write down what they asked to hear, or why they cannot be reached: it then holds"
    " for every promise, and only while it is so"
)


class DayImpossible(DomainError):
    user_message = "Choose a day between the start of the clock and today"


def meet_running(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    rules: Sequence[str],
    met_at: datetime,
    evidence: str,
) -> None:
    """Say that the case's open clocks of these rules were met at a moment.

    Part of the operation that met them, which audits it.
    """
    Clock.objects.filter(OPEN, case_id=case_id, rule__in=list(rules)).update(
        **MET,
        met_on=local_day(met_at),
        evidence=evidence,
        settled_at=now,
        settled_by_id=actor.user_id,
    )


def _running(*, actor: Actor, case_id: UUID, clock_id: int) -> Clock:
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    clock = (
        Clock.objects.select_for_update()
        .filter(pk=clock_id, case=case, met_on=None, not_owed_reason="")
        .filter(replaced_by=None)
        .first()
    )
    if clock is None:
        raise NotFound("We could not find that promise, or it is settled already")
    return clock


def _settle(
    clock: Clock, *, actor: Actor, now: datetime, action: AuditAction, case_id: UUID
) -> None:
    clock.settled_by_id = actor.user_id
    clock.settled_at = now
    clock.save(
        update_fields=[
            *("met_on", "evidence", "not_owed_reason", "settled_by", "settled_at"),
        ]
    )
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    touch(actor=actor, now=now, case=case)
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case_id),
        purpose=clock.rule,
    )


@transaction.atomic
def mark_met(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    clock_id: int,
    met_on: date,
    evidence: str,
) -> None:
    """Say that a promise was kept: on which day, and how we know.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is settled already.
        EvidenceNeeded, DayImpossible: something needed is missing or cannot be.
    """
    clock = _running(actor=actor, case_id=case_id, clock_id=clock_id)
    if not evidence.strip():
        raise EvidenceNeeded
    if not local_day(clock.starts_at) <= met_on <= local_day(now):
        raise DayImpossible
    clock.met_on = met_on
    clock.evidence = evidence.strip()
    _settle(clock, actor=actor, now=now, action=AuditAction.CLOCK_MET, case_id=case_id)


@transaction.atomic
def mark_not_owed(
    *, actor: Actor, now: datetime, case_id: UUID, clock_id: int, reason: str
) -> None:
    """Say that a promise is not owed, for one of the listed reasons.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is settled already.
        EvidenceNeeded: the reason is not one of those listed, or is one that follows
            from a fact about the person and not about this promise.
    """
    clock = _running(actor=actor, case_id=case_id, clock_id=clock_id)
    if reason not in NOT_OWED:
        raise EvidenceNeeded("Choose why it is not owed")
    if NOT_OWED[reason].from_fact:
        raise EvidenceNeeded(FROM_FACT)
    clock.not_owed_reason = reason
    _settle(
        clock, actor=actor, now=now, action=AuditAction.CLOCK_NOT_OWED, case_id=case_id
    )
