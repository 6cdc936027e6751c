"""Who gives their time, and how much of it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.care.planning.models import Volunteer, VolunteerHours
from alongside.care.planning.permissions import CannotPlan, PlanDayNeeded, begin
from alongside.care.planning.tables import LIMITS, WORK
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.local import local_day


class HoursImpossible(CannotPlan):
    """More than one entry may hold, or nothing. The text says how much."""


class NoVolunteer(CannotPlan):
    user_message = "Only the hours of volunteers are written down here"


@transaction.atomic
def mark_volunteer(*, actor: Actor, now: datetime, user_id: int) -> None:
    """Say that somebody of the agency gives their time from today.

    Raises:
        NotAllowed: the actor does not supervise.
        CannotPlan: they are a volunteer already.
    """
    permissions.check_has(actor, Permission.CASE_SUPERVISE)
    rows = Volunteer.objects.filter(agency_id=actor.agency_id, user_id=user_id)
    if rows.filter(until=None).exists():
        raise CannotPlan("They are a volunteer already")
    Volunteer.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        user_id=user_id,
        since=local_day(now),
        marked_by_id=actor.user_id,
    )
    _record(actor, now)


@transaction.atomic
def unmark_volunteer(*, actor: Actor, now: datetime, user_id: int) -> None:
    """Say that somebody is a volunteer no more; their hours stay.

    Raises:
        NotAllowed: the actor does not supervise.
        NotFound: they are none.
    """
    permissions.check_has(actor, Permission.CASE_SUPERVISE)
    rows = Volunteer.objects.filter(
        agency_id=actor.agency_id, user_id=user_id, until=None
    )
    if not rows.update(until=local_day(now) + timedelta(days=1)):
        raise NotFound("We could not find that volunteer")
    _record(actor, now)


@transaction.atomic
def log_hours(
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    day: date,
    minutes: int,
    work: str,
    words: str,
    case_id: UUID | None,
) -> VolunteerHours:
    """Write down time that a volunteer gave: one's own, or, for supervisors, anybody's.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        NoVolunteer: they were no volunteer on that day.
        HoursImpossible, PlanDayNeeded: too long, or too long ago, or to come.
    """
    permissions.check_has(actor, Permission.WORK_VIEW)
    if user_id != actor.user_id and not actor.has(Permission.CASE_SUPERVISE):
        raise NotAllowed
    _check_hours(day, minutes, work, today=local_day(now))
    marked = Volunteer.objects.filter(
        Q(until=None) | Q(until__gt=day),
        agency_id=actor.agency_id,
        user_id=user_id,
        since__lte=day,
    )
    if not marked.exists():
        raise NoVolunteer
    case = (
        begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
        if case_id
        else None
    )
    row = VolunteerHours.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        case=case,
        worker_id=user_id,
        day=day,
        minutes=minutes,
        work=work,
        words=words.strip(),
        made_at=now,
        made_by_id=actor.user_id,
    )
    _record(actor, now)
    return row


@transaction.atomic
def undo_hours(*, actor: Actor, now: datetime, hours_id: UUID) -> None:
    """Take back hours that were written down by mistake. They stay, uncounted.

    Raises:
        NotAllowed: they are somebody else's, and the actor does not supervise.
        NotFound: there are none, or they are taken back.
    """
    permissions.check_has(actor, Permission.WORK_VIEW)
    rows = VolunteerHours.objects.filter(
        agency_id=actor.agency_id, public_id=hours_id, undone_at=None
    )
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound("We could not find those hours")
    if found.worker_id != actor.user_id and not actor.has(Permission.CASE_SUPERVISE):
        raise NotAllowed
    found.undone_at = now
    found.save(update_fields=["undone_at"])
    _record(actor, now)


def _check_hours(day: date, minutes: int, work: str, *, today: date) -> None:
    longest = LIMITS["longest_hours"].number
    if not 0 < minutes <= longest * 60:
        raise HoursImpossible(f"One entry holds between 1 minute and {longest} hours")
    earliest = today - timedelta(days=LIMITS["back_days"].number)
    if not earliest <= day <= today:
        raise PlanDayNeeded(f"Choose a day between {earliest:%-d %B %Y} and today")
    if work not in WORK:
        raise CannotPlan("Choose what they did")


def _record(actor: Actor, now: datetime) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.VOLUNTEER_CHANGED,
        subject=Subject(kind="agency"),
    )
