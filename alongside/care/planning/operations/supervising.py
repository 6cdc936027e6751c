"""What supervisors write about cases."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.planning.models import SupervisionNote
from alongside.care.planning.permissions import (
    CannotPlan,
    begin,
    check_day,
    check_words,
)
from alongside.care.planning.tables import AUDIT_ITEMS
from alongside.care.planning.types import Found, SupervisionKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound


@transaction.atomic
def add_supervision(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    words: str,
    found: Mapping[str, Found],
    asks: str,
    act_by: date | None,
) -> SupervisionNote:
    """Write what supervision came to; with `found`, what an audit of the file did.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        CannotPlan: the case is closed, an item was left out, or a day has no request.
        PlanWordsNeeded, PlanDayNeeded: it says nothing, or the day is past.
    """
    case = begin(actor=actor, permission=Permission.CASE_SUPERVISE, case_id=case_id)
    if found and found.keys() != AUDIT_ITEMS.keys():
        raise CannotPlan("Answer for each thing that is looked for")
    if bool(asks.strip()) is not (act_by is not None):
        raise CannotPlan("Say what is to be done, and by when")
    if act_by is not None:
        check_day(act_by, now=now)
    kind = SupervisionKind.AUDIT if found else SupervisionKind.SUPERVISION
    row = SupervisionNote.objects.create(
        area_id=case.area_id,
        agency_id=case.agency_id,
        case=case,
        kind=kind,
        at=now,
        by_id=actor.user_id,
        words=check_words(words),
        found={code: answer.value for code, answer in found.items()},
        asks=asks.strip(),
        act_by=act_by,
    )
    _record(actor, now, case_id)
    return row


@transaction.atomic
def settle_supervision(
    *, actor: Actor, now: datetime, case_id: UUID, note_id: UUID
) -> SupervisionNote:
    """Say that what a supervisor asked for is done.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        CannotPlan: nothing was asked for, or it is done.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    rows = SupervisionNote.objects.filter(case=case, public_id=note_id)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound("We could not find that note")
    if not row.asks or row.done_at is not None:
        raise CannotPlan("Nothing is left to do here")
    row.done_at, row.done_by_id = now, actor.user_id
    row.save(update_fields=["done_at", "done_by"])
    _record(actor, now, case_id)
    return row


def _record(actor: Actor, now: datetime, case_id: UUID) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.CASE_SUPERVISED,
        subject=Subject(kind="case", public_id=case_id),
    )
