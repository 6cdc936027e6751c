"""What workers do with a case. Each is one transaction and audits itself."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries, rules
from alongside.care.casework.models import Case, CaseChange, Note
from alongside.care.casework.operations import tasks
from alongside.care.casework.operations.errors import (
    CannotHold,
    CannotMove,
    CaseChanged,
    DayNeeded,
    ReasonNeeded,
    WordsNeeded,
)
from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.casework.types import CaseStatus, ChangeKind, NoteKind
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day

__all__ = [
    "CannotHold",
    "CannotMove",
    "CaseChanged",
    "DayNeeded",
    "ReasonNeeded",
    "WordsNeeded",
]


def _begin(
    *,
    actor: Actor,
    permission: Permission,
    case_id: UUID,
    version: int | None = None,
) -> Case:
    permissions.check_has(actor, permission)
    case = queries.get_case(actor=actor, public_id=case_id, lock=True)
    # Those with whom a case is shared may read what was shared, not work the case.
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    if version is not None and case.version != version:
        raise CaseChanged
    return case


def _must_be_open(case: Case) -> None:
    if case.status == CaseStatus.CLOSED:
        raise CannotMove("This case is closed. Reopen it first")


def _check_may_hold(case: Case, *, worker_id: int, now: datetime) -> None:
    clearance = accounts.get_clearance(
        user_id=worker_id, agency_id=case.agency_id, now=now
    )
    bars = queries.find_bars(case_id=case.pk)
    if not bars.lets_hold(user_id=worker_id, clearance=clearance):
        raise CannotHold


def _save(case: Case, now: datetime, *fields: str) -> None:
    case.touched_at = now
    case.version += 1
    case.save(update_fields=["touched_at", "version", *fields])


def _note_change(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    kind: ChangeKind,
    words: str,
    action: AuditAction,
    reason: str = "",
) -> None:
    CaseChange.objects.create(
        area_id=case.area_id,
        case=case,
        at=now,
        by_id=actor.user_id,
        kind=kind,
        words=words,
        reason=reason.strip(),
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case.public_id),
    )


def touch(*, actor: Actor, now: datetime, case: Case) -> None:
    """Say that something happened to the case. Part of another operation."""
    _save(case, now)


@transaction.atomic
def take_case(*, actor: Actor, now: datetime, case_id: UUID) -> Case:
    """Take a case that nobody holds.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CannotMove: it is closed, or somebody holds it already.
    """
    case = _begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    _must_be_open(case)
    if case.worker_id == actor.user_id:
        return case
    if case.worker_id is not None:
        raise CannotMove("Somebody else has taken this case already")
    case.worker_id = actor.user_id
    _save(case, now, "worker")
    _note_change(
        case,
        actor=actor,
        now=now,
        kind=ChangeKind.TAKEN,
        words=f"Taken by {actor.label}",
        action=AuditAction.CASE_ALLOCATED,
    )
    return case


@transaction.atomic
def allocate_case(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    worker_id: int,
    worker_name: str,
    team_id: int,
) -> Case:
    """Give a case to a worker of the agency.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CannotMove: the case is closed, or not for that worker.
    """
    case = _begin(actor=actor, permission=Permission.CASE_ALLOCATE, case_id=case_id)
    _must_be_open(case)
    _check_may_hold(case, worker_id=worker_id, now=now)
    case.worker_id = worker_id
    case.team_id = team_id
    _save(case, now, "worker", "team")
    _note_change(
        case,
        actor=actor,
        now=now,
        kind=ChangeKind.ALLOCATED,
        words=f"Given to {worker_name}",
        action=AuditAction.CASE_ALLOCATED,
    )
    return case


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    team_id: int,
    team_name: str,
    worker_id: int | None,
    worker_name: str,
    reason: str,
) -> Case:
    """Pass a case to another team, or to another worker, saying why.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CaseChanged: the case is not at that version any more.
        CannotMove: the case is closed, or not for that worker.
        ReasonNeeded: no reason was given.
    """
    case = _begin(
        actor=actor, permission=Permission.CASE_WORK, case_id=case_id, version=version
    )
    _must_be_open(case)
    if not reason.strip():
        raise ReasonNeeded
    if worker_id is not None:
        _check_may_hold(case, worker_id=worker_id, now=now)
    case.team_id = team_id
    case.worker_id = worker_id
    _save(case, now, "team", "worker")
    _note_change(
        case,
        actor=actor,
        now=now,
        kind=ChangeKind.HANDED_OVER,
        words=f"Handed over to {worker_name or team_name}",
        reason=reason,
        action=AuditAction.CASE_ALLOCATED,
    )
    return case


@transaction.atomic
def add_note(
    *, actor: Actor, now: datetime, case_id: UUID, kind: NoteKind, text: str
) -> Case:
    """Write a note on a case.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        WordsNeeded: the note is empty.
    """
    case = _begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    if not text.strip():
        raise WordsNeeded
    Note.objects.create(
        area_id=case.area_id,
        case=case,
        at=now,
        by_id=actor.user_id,
        kind=kind,
        text=text.strip(),
    )
    _save(case, now)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CASE_NOTED,
        subject=Subject(kind="case", public_id=case.public_id),
    )
    return case


@transaction.atomic
def set_next_action(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    words: str,
    on: date,
) -> Case:
    """Say what happens next on a case, and by which day.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CaseChanged: the case is not at that version any more.
        CannotMove: the case is closed.
        WordsNeeded, DayNeeded: it says nothing, or a day that is past.
    """
    case = _begin(
        actor=actor, permission=Permission.CASE_WORK, case_id=case_id, version=version
    )
    _must_be_open(case)
    if not words.strip():
        raise WordsNeeded("Say what happens next")
    if on < local_day(now):
        raise DayNeeded
    case.next_action = words.strip()
    case.next_action_on = on
    _save(case, now, "next_action", "next_action_on")
    _note_change(
        case,
        actor=actor,
        now=now,
        kind=ChangeKind.NEXT_ACTION_SET,
        words=f"Next: {case.next_action}, by {on:%-d %B %Y}",
        action=AuditAction.CASE_NEXT_ACTION,
    )
    return case


@transaction.atomic
def close_case(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    disposition: str,
    reason: str,
) -> Case:
    """Close a case, saying how it ended.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CaseChanged: the case is not at that version any more.
        CannotMove: it is closed already, nothing is called that, or something in it
            is for a supervisor to settle first.
        ReasonNeeded: this ending needs a reason.
    """
    case = _begin(
        actor=actor, permission=Permission.CASE_CLOSE, case_id=case_id, version=version
    )
    ending = DISPOSITIONS.get(disposition)
    if ending is None or not ending.may_choose:
        raise CannotMove("Choose how the case ended")
    if not rules.can_move(CaseStatus(case.status), CaseStatus.CLOSED):
        raise CannotMove("This case is closed already")
    if ending.needs_reason and not reason.strip():
        raise ReasonNeeded
    tasks.end_tasks(actor=actor, now=now, case=case, why=f"Closed: {ending.label}")
    case.status = CaseStatus.CLOSED
    case.closed_at = now
    case.disposition = disposition
    case.next_action = ""
    case.next_action_on = None
    _save(
        case,
        now,
        *("status", "closed_at", "disposition", "next_action", "next_action_on"),
    )
    _note_change(
        case,
        actor=actor,
        now=now,
        kind=ChangeKind.CLOSED,
        words=f"Closed: {ending.label}",
        reason=reason,
        action=AuditAction.CASE_CLOSED,
    )
    return case


@transaction.atomic
def reopen_case(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    words: str,
    on: date,
    reason: str,
) -> Case:
    """Open a closed case again, with a next action, saying why.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CannotMove: it is open, or the person has another open case.
        ReasonNeeded, WordsNeeded, DayNeeded: something needed is missing.
    """
    case = _begin(actor=actor, permission=Permission.CASE_CLOSE, case_id=case_id)
    if case.status != CaseStatus.CLOSED:
        raise CannotMove("This case is open already")
    if queries.has_open_case(person_id=case.person_id):
        raise CannotMove("This person has another open case. Work there instead")
    if not reason.strip():
        raise ReasonNeeded
    if not words.strip():
        raise WordsNeeded("Say what happens next")
    if on < local_day(now):
        raise DayNeeded
    case.status = CaseStatus.OPEN
    case.closed_at = None
    case.disposition = ""
    case.next_action = words.strip()
    case.next_action_on = on
    _save(
        case,
        now,
        *("status", "closed_at", "disposition", "next_action", "next_action_on"),
    )
    _note_change(
        case,
        actor=actor,
        now=now,
        kind=ChangeKind.REOPENED,
        words="Reopened",
        reason=reason,
        action=AuditAction.CASE_REOPENED,
    )
    return case
