"""What the operations on assessments share. Part of them, never a step of its own."""

from collections.abc import Collection
from datetime import datetime

from alongside.care.assessment.models import Assessment
from alongside.care.assessment.operations.errors import CannotJudge, ReasonNeeded
from alongside.care.assessment.rules import filled as rules
from alongside.care.instruments.types import Instrument, Risk
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject

JUDGED = ("judged", "judged_reason", "judged_at", "judged_by", "asks")


def judge(
    *,
    actor: Actor,
    now: datetime,
    row: Assessment,
    instrument: Instrument,
    judged: Risk,
    reason: str,
) -> None:
    """Set a higher risk, with what it asks for. Saved by the caller.

    Raises:
        CannotJudge, ReasonNeeded: it would not be higher, or says not why.
    """
    found = rules.higher(Risk(row.found), Risk(row.judged) if row.judged else None)
    if not instrument.judgement:
        raise CannotJudge("The result of this assessment is not judged")
    if judged not in rules.may_judge(found):
        raise CannotJudge("Your judgement may raise the risk, never lower it")
    if not reason.strip():
        raise ReasonNeeded
    row.judged, row.judged_reason = judged, reason.strip()
    row.judged_at, row.judged_by_id = now, actor.user_id
    asks = [*row.asks, *rules.asks_at(instrument, judged)]
    row.asks = list(dict.fromkeys(asks))


def save(
    *, actor: Actor, now: datetime, row: Assessment, fields: Collection[str] = ()
) -> None:
    """Write the fields down, and that somebody saved."""
    row.saved_at, row.saved_by_id = now, actor.user_id
    row.version += 1
    row.save(update_fields=["saved_at", "saved_by", "version", *fields])


def note(*, actor: Actor, now: datetime, action: AuditAction, row: Assessment) -> None:
    """Put it on the trail."""
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="assessment", public_id=row.public_id),
    )
