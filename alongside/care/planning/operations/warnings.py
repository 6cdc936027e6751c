"""Warning notes about a person. Each ends on a day, and never silently."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.planning import rules
from alongside.care.planning.models import WarningNote
from alongside.care.planning.operations.noting import note
from alongside.care.planning.permissions import (
    CannotPlan,
    PlanDayNeeded,
    begin,
    check_version,
    check_words,
)
from alongside.care.planning.queries.locking import lock_warning
from alongside.care.planning.tables import WARNING_KINDS
from alongside.care.planning.types import PlanChangeKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


class TooLate(PlanDayNeeded):
    """The note would stand for longer than its kind may. The text says how long."""


def _check_until(kind: str, until: date, *, now: datetime) -> None:
    today = local_day(now)
    if until <= today:
        raise PlanDayNeeded("Choose a day after today")
    latest = rules.last_day(since=today, most_days=WARNING_KINDS[kind].most_days)
    if until > latest:
        raise TooLate(
            f"A note of this kind stands until {latest:%-d %B %Y} at the latest."
            " Then somebody looks at it again"
        )


def _done(case: "Case", actor: Actor, now: datetime, words: str) -> None:
    # What a note says stays with our agency; the history goes where the case goes.
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.WARNING,
        words=words,
        action=AuditAction.WARNING_CHANGED,
    )


@transaction.atomic
def add_warning(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    kind: str,
    words: str,
    until: date,
) -> WarningNote:
    """Warn of something about the person of a case, until a day.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        CannotPlan: there is no such kind.
        PlanWordsNeeded, PlanDayNeeded, TooLate: it says nothing, or ends wrongly.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    if kind not in WARNING_KINDS:
        raise CannotPlan("Choose what kind of warning it is")
    _check_until(kind, until, now=now)
    row = WarningNote.objects.create(
        area_id=case.area_id,
        agency_id=case.agency_id,
        person_id=case.person_id,
        kind=kind,
        words=check_words(words),
        since=now,
        made_by_id=actor.user_id,
        until=until,
    )
    _done(case, actor, now, f"Warning: {WARNING_KINDS[kind].label}")
    return row


@transaction.atomic
def keep_warning(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    warning_id: UUID,
    version: int,
    until: date,
) -> WarningNote:
    """Look at a warning again and let it stand until another day.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan, PlanDayNeeded, TooLate: it has ended, or would end wrongly.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    row = lock_warning(case, warning_id)
    check_version(row, version)
    if row.ended_at is not None:
        raise CannotPlan("This warning has been taken away. Write another")
    _check_until(row.kind, until, now=now)
    row.until, row.looked_at, row.looked_by_id = until, now, actor.user_id
    row.keep("until", "looked_at", "looked_by")
    words = f"Warning stands until {until:%-d %B %Y}"
    _done(case, actor, now, f"{words}: {WARNING_KINDS[row.kind].label}")
    return row


@transaction.atomic
def end_warning(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    warning_id: UUID,
    version: int,
    why: str,
) -> WarningNote:
    """Take a warning away, saying why. It stays in the history.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: it has been taken away already.
        PlanWordsNeeded: nobody says why.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    row = lock_warning(case, warning_id)
    check_version(row, version)
    if row.ended_at is not None:
        raise CannotPlan("This warning has been taken away already")
    row.ended_why = check_words(why)
    row.ended_at, row.ended_by_id = now, actor.user_id
    row.keep("ended_at", "ended_by", "ended_why")
    words = f"Warning taken away: {WARNING_KINDS[row.kind].label}"
    _done(case, actor, now, words)
    return row
