"""What is planned with a person: the plan, its papers, appointments and warnings."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.contact.types import OfferedChannel
from alongside.care.people import operations as people_operations
from alongside.care.people import queries as people
from alongside.care.people.operations import RelationAsked
from alongside.care.people.types import RelationLine
from alongside.care.planning import rules
from alongside.care.planning.operations import appointments
from alongside.care.planning.operations.appointments import AppointmentAsked
from alongside.care.planning.permissions import begin
from alongside.care.planning.queries import meetings, supervising
from alongside.care.planning.queries import plans as planned
from alongside.care.planning.queries.meetings import (
    AppointmentLine,
    DueAction,
    PaperLine,
    WarningLine,
)
from alongside.care.planning.queries.plans import PlanChangeLine, PlanLine
from alongside.care.planning.queries.supervising import SupervisionLine
from alongside.care.planning.tables import APPROVALS
from alongside.care.planning.types import PaperKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.local import LONDON, local_day
from alongside.foundation.organisations import queries as organisations
from alongside.workflows.log_contact import read_channels
from alongside.workflows.read_case import CaseBrief, read_brief

PURPOSE = "support plan"
CHANGES_SHOWN = 50


class UnsafeReminder(DomainError):
    user_message = "That way of reaching them is not safe. Choose another, or none"


class NobodyThere(DomainError):
    user_message = (
        "We could not find that case. Check the reference, or write down their name"
    )


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """A case's plan and what stands beside it.

    `approval` is whether a supervisor approves it; `may_approve` whether the reader
    could. `safety` and `exit` are the papers in force.
    """

    brief: CaseBrief
    plan: PlanLine | None
    approval: bool
    may_approve: bool
    safety: PaperLine | None
    exit: PaperLine | None
    changes: tuple[PlanChangeLine, ...]


@dataclass(frozen=True, kw_only=True)
class Week:
    """The reader's appointments of a week, and what they are to do until it ends.

    `names` are those of the people, by key; nobody the reader may not see.
    """

    starts: date
    appointments: tuple[AppointmentLine, ...]
    unsettled: tuple[AppointmentLine, ...]
    actions: tuple[DueAction, ...]
    names: dict[int, str]


def read_plan(*, actor: Actor, now: datetime, case_id: UUID) -> PlanView:
    """A case's plan. Nine statements, whatever is in it.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    key, plan = brief.case.case_id, planned.find_plan(case_id=brief.case.case_id)
    safety = meetings.list_papers(case_id=key, paper=PaperKind.SAFETY)
    leaving = meetings.list_papers(case_id=key, paper=PaperKind.EXIT)
    return PlanView(
        brief=brief,
        plan=plan,
        approval=_needs_approval(actor, now, brief),
        may_approve=plan is not None
        and plan.asked_by_id is not None
        and actor.has(Permission.PLAN_APPROVE)
        and rules.may_approve(
            approver=actor.user_id,
            asked_by=plan.asked_by_id,
            opened_by=plan.opened_by_id,
            worker=brief.case.worker_id,
        ),
        safety=safety[0] if safety else None,
        exit=leaving[0] if leaving else None,
        changes=tuple(planned.list_plan_changes(case_id=key, limit=CHANGES_SHOWN)),
    )


def _needs_approval(actor: Actor, now: datetime, brief: CaseBrief) -> bool:
    return rules.needs_approval(
        area=organisations.get_area_code(area_id=actor.area_id),
        tier=brief.case.tier,
        high_risk=brief.case.high_risk,
        rows=APPROVALS,
        on=local_day(now),
    )


def read_papers(
    *, actor: Actor, now: datetime, case_id: UUID, paper: PaperKind
) -> tuple[CaseBrief, list[PaperLine]]:
    """Every version of a safety or exit plan; reading a safety plan is on the trail.

    Raises:
        NotFound: there is no such case that the actor may know of.
    """
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    papers = meetings.list_papers(case_id=brief.case.case_id, paper=paper)
    if papers and paper is PaperKind.SAFETY:
        audit.record_event(
            actor=actor,
            now=now,
            action=AuditAction.SAFETY_PLAN_READ,
            subject=Subject(
                kind="case",
                public_id=case_id,
                person_ids=(brief.label.public_id,),
            ),
        )
    return brief, papers


def read_appointments(
    *, actor: Actor, now: datetime, case_id: UUID
) -> tuple[CaseBrief, list[AppointmentLine]]:
    """The appointments of a case. Three statements."""
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    return brief, meetings.list_appointments(case_id=brief.case.case_id)


def read_reminders(
    *, actor: Actor, now: datetime, case_id: UUID
) -> tuple[OfferedChannel, ...]:
    """The channels by which the person may safely be reminded of something."""
    view = read_channels(actor=actor, now=now, case_id=case_id)
    return view.offered.offered


def set_appointment(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    appointment_id: UUID | None,
    version: int,
    asked: AppointmentAsked,
) -> None:
    """Make an appointment, or change the one named. Its reminder must be safe.

    Raises:
        UnsafeReminder: the channel is not one that may be used.
        And as the operations of appointments.
    """
    if asked.reminder:
        offered = read_reminders(actor=actor, now=now, case_id=case_id)
        if asked.reminder not in {one.channel.value for one in offered}:
            raise UnsafeReminder
    if appointment_id is None:
        appointments.add_appointment(actor=actor, now=now, case_id=case_id, asked=asked)
        return
    appointments.change_appointment(
        actor=actor,
        now=now,
        case_id=case_id,
        appointment_id=appointment_id,
        version=version,
        asked=asked,
    )


def read_warnings(
    *, actor: Actor, now: datetime, case_id: UUID
) -> tuple[CaseBrief, list[WarningLine]]:
    """Every warning note about the person of a case. Three statements."""
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    return brief, meetings.list_warnings(person_id=brief.case.person_id)


def read_supervision(
    *, actor: Actor, now: datetime, case_id: UUID
) -> tuple[CaseBrief, list[SupervisionLine]]:
    """What supervisors wrote about a case, for those who may read it."""
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    return brief, supervising.list_supervision(case_id=brief.case.case_id)


def read_around(
    *, actor: Actor, now: datetime, case_id: UUID
) -> tuple[CaseBrief, list[RelationLine]]:
    """Who is around the person of a case. The look is on the trail."""
    brief = read_brief(actor=actor, now=now, case_id=case_id)
    found = people.open_relations(
        person_id=brief.case.person_id, purpose=PURPOSE, now=now
    )
    return brief, found


@transaction.atomic
def add_around(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    reference: str,
    asked: RelationAsked,
) -> None:
    """Say who is around a person: by the reference of their own case, or by name.

    Raises:
        NobodyThere: no case that the actor may see has that reference.
        And as `people.operations.add_relation`.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    person_id, _ = people.get_person_key_by_id(person_id=case.person_id)
    other = None
    if reference.strip():
        found = casework.find_by_reference(reference=reference)
        if found is None:
            raise NobodyThere
        _, other = found
    people_operations.add_relation(
        actor=actor,
        now=now,
        person_id=case.person_id,
        public_id=person_id,
        asked=RelationAsked(
            other_id=other,
            name="" if other else asked.name,
            phone=asked.phone,
            kind=asked.kind,
            since=asked.since,
            may_speak=asked.may_speak,
            may_be_told=asked.may_be_told,
            never_told=asked.never_told,
            reason=asked.reason,
        ),
    )


@transaction.atomic
def end_around(
    *, actor: Actor, now: datetime, case_id: UUID, relation_id: UUID, why: str
) -> None:
    """Say that somebody is around a person no more, or was written down wrongly."""
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    person_id, _ = people.get_person_key_by_id(person_id=case.person_id)
    people_operations.end_relation(
        actor=actor,
        now=now,
        person_id=case.person_id,
        public_id=person_id,
        relation_id=relation_id,
        why=why,
    )


def read_week(*, actor: Actor, now: datetime, starts: date) -> Week:
    """The reader's week from a day on. At most four statements."""
    first = datetime.combine(starts, time(), tzinfo=LONDON)
    ends = starts + timedelta(days=7)
    after = datetime.combine(ends, time(), tzinfo=LONDON)
    found = meetings.list_my_appointments(actor=actor, since=first, until=after)
    unsettled = meetings.list_my_unsettled(actor=actor, before=now)
    actions = meetings.list_my_actions(actor=actor, until=ends)
    keys = {one.person_key for one in (*found, *unsettled)}
    keys |= {one.person_key for one in actions}
    labels = people.open_labels(person_ids=keys, purpose=PURPOSE, now=now)
    return Week(
        starts=starts,
        appointments=tuple(found),
        unsettled=tuple(unsettled),
        actions=tuple(actions),
        names={key: label.name for key, label in labels.items()},
    )
