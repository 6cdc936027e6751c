"""Telling somebody that what they were told never happened."""

from datetime import datetime
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.tasks import add_tasks
from alongside.care.casework.types import CaseStatus, NewTask, TaskKind
from alongside.care.journey.queries import EventLine
from alongside.care.journey.queries.heard import list_heard
from alongside.care.journey.tables import EVENTS, LIMITS
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import Subject
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.working_days import add_working_days
from alongside.foundation.organisations.queries.calendar import read_calendar
from alongside.foundation.organisations.types import THE_SERVICE

DAYS = LIMITS["never_so_days"].number
TO_DO = "They were told of something that never happened. Tell them it was not so: {}"
CLOSED = (
    "Somebody whose case is closed was told of something that never happened. Have"
    " them told that it did not"
)


def have_it_unsaid(
    *, actor: Actor, now: datetime, case_id: UUID, event: EventLine
) -> None:
    """Have the person told that an event never happened, where they heard of it or of
    what it was the correction of.

    No promise of the Code makes anybody say so. A task asks whoever holds the case; of
    a closed case supervisors are told. Part of the operation that takes it back.
    """
    if not list_heard(event_ids=[event.event_id]):
        return
    if casework.get_case(actor=actor, public_id=case_id).status == CaseStatus.CLOSED:
        send_notice(
            actor=actor,
            now=now,
            kind=NoticeKind.PROMISE,
            words=CLOSED,
            subject=Subject(kind="case", public_id=case_id),
            to_role=Role.SUPERVISOR,
        )
        return
    closed = read_calendar().closed_for(THE_SERVICE)
    task = NewTask(
        kind=TaskKind.FOLLOW_UP,
        words=TO_DO.format(EVENTS[event.event].label),
        due_on=add_working_days(local_day(now), DAYS, closed),
        source=f"never so:{event.public_id}",
    )
    add_tasks(actor=actor, now=now, case_id=case_id, tasks=[task])
