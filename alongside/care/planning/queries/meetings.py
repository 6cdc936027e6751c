"""Appointments, papers and warning notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.care.planning.models import (
    Action,
    Appointment,
    ExitPlan,
    SafetyPlan,
    WarningNote,
)
from alongside.care.planning.types import (
    ActionState,
    Attendance,
    CancelledBy,
    Meeting,
    PaperKind,
    PlanState,
)
from alongside.foundation.accounts.types import Actor


@dataclass(frozen=True, kw_only=True)
class AppointmentLine:
    """An appointment. `case_key` and `person_key` lead to whose it is."""

    appointment_id: UUID
    case_id: UUID
    person_key: int
    worker_id: UUID | None
    worker: str
    with_words: str
    begins: datetime
    ends: datetime
    how: Meeting
    place: str
    purpose: str
    reminder: str
    state: Attendance
    cancelled_by: CancelledBy | None
    outcome: str
    version: int


@dataclass(frozen=True, kw_only=True)
class DueAction:
    """An action of the reader's own that is to do, in whichever case."""

    action_id: UUID
    case_id: UUID
    person_key: int
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One version of a safety or exit plan."""

    number: int
    sections: Mapping[str, str]
    with_person: bool
    review_on: date | None
    made_at: datetime
    made_by: str


@dataclass(frozen=True, kw_only=True)
class WarningLine:
    """A warning note. From `until` on it has lapsed, until somebody looks at it."""

    warning_id: UUID
    kind: str
    words: str
    since: datetime
    made_by: str
    until: date
    looked_by: str
    ended_at: datetime | None
    ended_by: str
    ended_why: str
    version: int

    def has_lapsed(self, on: date) -> bool:
        """Whether it waits for somebody to look at it."""
        return self.ended_at is None and self.until <= on


def list_appointments(*, case_id: int) -> list[AppointmentLine]:
    """The appointments of a case, the latest first. One statement."""
    return _appointments(
        Appointment.objects.filter(case_id=case_id).order_by("-begins", "-pk")
    )


def list_my_appointments(
    *, actor: Actor, since: datetime, until: datetime
) -> list[AppointmentLine]:
    """The actor's appointments that begin between two moments, in order."""
    return _appointments(
        Appointment.objects.filter(
            worker_id=actor.user_id, begins__gte=since, begins__lt=until
        ).order_by("begins", "pk")
    )


def list_my_unsettled(*, actor: Actor, before: datetime) -> list[AppointmentLine]:
    """The actor's appointments that are over and of which nothing was said yet."""
    return _appointments(
        Appointment.objects.filter(
            worker_id=actor.user_id, ends__lt=before, state=Attendance.PLANNED
        ).order_by("begins", "pk")[:100]
    )


def list_my_actions(*, actor: Actor, until: date) -> list[DueAction]:
    """What the actor is to do before a day, in whichever case, soonest first."""
    rows = (
        Action.objects.filter(
            worker_id=actor.user_id, state=ActionState.TO_DO, due_on__lt=until
        )
        .exclude(goal__plan__state=PlanState.CLOSED)
        .select_related("case")
    )
    return [
        DueAction(
            action_id=row.public_id,
            case_id=row.case.public_id,
            person_key=row.case.person_id,
            words=row.words,
            due_on=row.due_on,
        )
        for row in rows.order_by("due_on", "pk")[:500]
    ]


def _appointments(rows: QuerySet[Appointment]) -> list[AppointmentLine]:
    return [
        AppointmentLine(
            appointment_id=row.public_id,
            case_id=row.case.public_id,
            person_key=row.case.person_id,
            worker_id=row.worker.public_id if row.worker else None,
            worker=row.worker.name if row.worker else "",
            with_words=row.with_words,
            begins=row.begins,
            ends=row.ends,
            how=Meeting(row.how),
            place=row.place,
            purpose=row.purpose,
            reminder=row.reminder,
            state=Attendance(row.state),
            cancelled_by=CancelledBy(row.cancelled_by) if row.cancelled_by else None,
            outcome=row.outcome,
            version=row.version,
        )
        for row in rows.select_related("case", "worker")
    ]


def list_papers(*, case_id: int, paper: PaperKind) -> list[PaperLine]:
    """Every version of a paper, the newest first. One statement."""
    if paper is PaperKind.SAFETY:
        rows: QuerySet[SafetyPlan] | QuerySet[ExitPlan] = SafetyPlan.objects.filter(
            case_id=case_id
        )
    else:
        rows = ExitPlan.objects.filter(case_id=case_id)
    return [
        PaperLine(
            number=row.number,
            sections=row.sections,
            with_person=row.with_person,
            review_on=row.review_on,
            made_at=row.made_at,
            made_by=row.made_by.name,
        )
        for row in rows.select_related("made_by").order_by("-number")
    ]


def list_warnings(*, person_id: int, ended: bool = True) -> list[WarningLine]:
    """Warning notes about a person that the actor may see: those that stand first."""
    rows = WarningNote.objects.filter(person_id=person_id)
    rows = rows if ended else rows.filter(ended_at=None)
    rows = rows.select_related("made_by", "looked_by", "ended_by")
    return [
        WarningLine(
            warning_id=row.public_id,
            kind=row.kind,
            words=row.words,
            since=row.since,
            made_by=row.made_by.name,
            until=row.until,
            looked_by=row.looked_by.name if row.looked_by else "",
            ended_at=row.ended_at,
            ended_by=row.ended_by.name if row.ended_by else "",
            ended_why=row.ended_why,
            version=row.version,
        )
        for row in sorted(
            rows, key=lambda one: (one.ended_at is not None, one.until, one.pk)
        )
    ]
