"""Appointments: making them, moving them, and saying whether the person came."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.planning import rules
from alongside.care.planning.models import Appointment
from alongside.care.planning.operations.noting import note
from alongside.care.planning.permissions import (
    CannotPlan,
    PlanDayNeeded,
    PlanWordsNeeded,
    begin,
    check_version,
    check_words,
)
from alongside.care.planning.queries.locking import lock_appointment
from alongside.care.planning.tables import LIMITS
from alongside.care.planning.types import (
    Attendance,
    CancelledBy,
    Meeting,
    PlanChangeKind,
)
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.local import LONDON

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

ENDED = {
    Attendance.ATTENDED: "Appointment kept",
    Attendance.MISSED: "Appointment missed",
    Attendance.CANCELLED: "Appointment cancelled",
}


class TooLong(CannotPlan):
    user_message = "It must end after it begins, and on the same day"


class BeginsNeeded(PlanDayNeeded):
    user_message = "An appointment begins in the future"


@dataclass(frozen=True, kw_only=True)
class AppointmentAsked:
    """What an appointment is to be. `reminder` is a safe channel, or empty."""

    worker_id: int | None
    with_words: str
    begins: datetime
    ends: datetime
    how: Meeting
    place: str
    purpose: str
    reminder: str


def _check(asked: AppointmentAsked) -> None:
    most = timedelta(hours=LIMITS["longest_hours"].number)
    if not asked.begins < asked.ends <= asked.begins + most:
        raise TooLong
    if asked.worker_id is None and not asked.with_words.strip():
        raise PlanWordsNeeded("Say whom it is with")


def _fill(row: Appointment, asked: AppointmentAsked) -> None:
    row.worker_id, row.with_words = asked.worker_id, asked.with_words.strip()
    row.begins, row.ends, row.how = asked.begins, asked.ends, asked.how
    row.place, row.purpose = asked.place.strip(), check_words(asked.purpose)
    row.reminder = asked.reminder


def _when(row: Appointment) -> str:
    return f"{row.begins.astimezone(LONDON):%-d %B %Y at %H:%M}"


def _done(
    case: "Case",
    actor: Actor,
    now: datetime,
    words: str,
    *,
    row: Appointment,
    detail: str = "",
) -> None:
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.APPOINTMENT,
        words=f"{words}: {_when(row)}",
        detail=detail,
        action=AuditAction.APPOINTMENT_CHANGED,
    )


@transaction.atomic
def add_appointment(
    *, actor: Actor, now: datetime, case_id: UUID, asked: AppointmentAsked
) -> Appointment:
    """Make an appointment with the person.

    Whether its reminder is a channel that is safe is for the caller to see to.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        BeginsNeeded, TooLong: its times are past, or no times.
        PlanWordsNeeded: nobody is met, or nothing said of what for.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    if asked.begins <= now:
        raise BeginsNeeded
    _check(asked)
    row = Appointment(
        area_id=case.area_id,
        case=case,
        state=Attendance.PLANNED,
        made_at=now,
        made_by_id=actor.user_id,
    )
    _fill(row, asked)
    row.save(force_insert=True)
    _done(case, actor, now, "Appointment made", row=row, detail=row.purpose)
    return row


@transaction.atomic
def change_appointment(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    appointment_id: UUID,
    version: int,
    asked: AppointmentAsked,
) -> Appointment:
    """Move or change an appointment that is still planned.

    Raises:
        As `add_appointment`;
        PlanningChanged: it is not at that version any more.
        CannotPlan: it has been kept, missed or cancelled.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    row = lock_appointment(case, appointment_id)
    check_version(row, version)
    if row.state != Attendance.PLANNED:
        raise CannotPlan("This appointment is over. Make another")
    if asked.begins != row.begins and asked.begins <= now:
        raise BeginsNeeded
    _check(asked)
    before = _when(row)
    _fill(row, asked)
    row.keep(
        *("worker", "with_words", "begins", "ends", "how", "place", "purpose"),
        "reminder",
    )
    _done(case, actor, now, "Appointment changed", row=row, detail=f"Before: {before}")
    return row


@transaction.atomic
def end_appointment(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    appointment_id: UUID,
    version: int,
    state: Attendance,
    cancelled_by: CancelledBy | None,
    outcome: str,
) -> Appointment:
    """Say whether the person came, or who called it off. It can be taken back.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: it is over already, has not begun, or nobody called it off.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    row = lock_appointment(case, appointment_id)
    check_version(row, version)
    if row.state != Attendance.PLANNED or state is Attendance.PLANNED:
        raise CannotPlan("What became of this appointment is written down already")
    if not rules.ending_allowed(state, begins=row.begins, now=now):
        raise CannotPlan("It has not begun yet. Until then it can only be cancelled")
    if (state is Attendance.CANCELLED) is not (cancelled_by is not None):
        raise CannotPlan("Say who cancelled it")
    row.state, row.cancelled_by = state, cancelled_by or ""
    row.outcome, row.ended_at, row.ended_by_id = outcome.strip(), now, actor.user_id
    row.keep("state", "cancelled_by", "outcome", "ended_at", "ended_by")
    _done(case, actor, now, ENDED[state], row=row, detail=row.outcome)
    return row


@transaction.atomic
def reopen_appointment(
    *, actor: Actor, now: datetime, case_id: UUID, appointment_id: UUID, version: int
) -> Appointment:
    """Take back what was said of how an appointment ended.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: nothing was said yet.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    row = lock_appointment(case, appointment_id)
    check_version(row, version)
    if row.state == Attendance.PLANNED:
        raise CannotPlan("This appointment is planned already")
    row.state, row.cancelled_by, row.outcome = Attendance.PLANNED, "", ""
    row.ended_at, row.ended_by_id = None, None
    row.keep("state", "cancelled_by", "outcome", "ended_at", "ended_by")
    _done(case, actor, now, "Appointment planned again", row=row)
    return row
