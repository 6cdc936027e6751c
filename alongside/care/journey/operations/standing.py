"""Settling promises with no day set, and taking that back.

Only what somebody said has a row; what is owed follows from the facts.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.journey.models import Clock
from alongside.care.journey.operations.settling import DayImpossible, EvidenceNeeded
from alongside.care.journey.operations.tied import Redone, redo_tied
from alongside.care.journey.queries.standing import list_standing
from alongside.care.journey.tables import NOT_OWED
from alongside.care.journey.types.standing import (
    ShownBy,
    StandingLine,
    StandingState,
    Which,
)
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


@transaction.atomic
def settle_met(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    which: Which,
    met_on: date,
    evidence: str,
) -> None:
    """Say that a promise with no day set was kept: on which day, and how we know.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is not owed, or it is settled.
        EvidenceNeeded, DayImpossible: something needed is missing or cannot be.
    """
    case, line = _owed(actor, case_id, which)
    if not evidence.strip():
        raise EvidenceNeeded
    if not local_day(line.since) <= met_on <= local_day(now):
        raise DayImpossible("Choose a day between the day it was first owed and today")
    said = {"met_on": met_on, "evidence": evidence.strip()}
    _settle(case, line, {**said, "settled_at": now, "settled_by_id": actor.user_id})
    touch(actor=actor, now=now, case=case)
    _audit(actor, now, case_id, (AuditAction.CLOCK_MET, line.rule.code))


@transaction.atomic
def settle_not_owed(
    *, actor: Actor, now: datetime, case_id: UUID, which: Which, reason: str
) -> None:
    """Say that a promise with no day set is not owed, for one of the listed reasons.

    Raises:
        NotAllowed, NotFound: the actor may not, or it is not owed, or it is settled.
        EvidenceNeeded: the reason is not one of those listed.
    """
    case, line = _owed(actor, case_id, which)
    if reason not in NOT_OWED:
        raise EvidenceNeeded("Choose why it is not owed")
    said = {"not_owed_reason": reason}
    _settle(case, line, {**said, "settled_at": now, "settled_by_id": actor.user_id})
    touch(actor=actor, now=now, case=case)
    _audit(actor, now, case_id, (AuditAction.CLOCK_NOT_OWED, line.rule.code))


@transaction.atomic
def take_back(*, actor: Actor, now: datetime, case_id: UUID, which: Which) -> None:
    """Say that what somebody wrote of a promise with no day set was a mistake: it is
    owed again. What was written is kept.

    What a step of a right or the telling of an event shows is put right there.

    Raises:
        NotAllowed, NotFound: the actor may not, or nobody settled it.
    """
    case = _case(actor, case_id)
    line = _find(case, which)
    if line is None or line.shown_by is not ShownBy.SETTLED or line.clock_id is None:
        raise NotFound("We could not find that promise, or nobody has settled it")
    redo_tied(actor=actor, now=now, clock_id=line.clock_id, redone=Redone())
    touch(actor=actor, now=now, case=case)
    _audit(actor, now, case_id, (AuditAction.CLOCK_REOPENED, line.rule.code))


def _case(actor: Actor, case_id: UUID) -> "Case":
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    # Those with whom a case is shared read what is there; they do not change it.
    if case.agency_id != actor.agency_id:
        raise NotFound("We could not find that case")
    return case


def _find(case: "Case", which: Which) -> StandingLine | None:
    lines = list_standing(case_ids=[case.pk])
    return next((line for line in lines if line.which == which), None)


def _owed(actor: Actor, case_id: UUID, which: Which) -> tuple["Case", StandingLine]:
    case = _case(actor, case_id)
    line = _find(case, which)
    if line is None or line.state is not StandingState.OWED:
        raise NotFound("We could not find that promise, or it is settled already")
    return case, line


def _settle(case: "Case", line: StandingLine, said: dict[str, object]) -> None:
    """Write it into the row that was taken back, or into a new one."""
    rule, victimisation_id, event_id = line.which
    open_row = Clock.objects.filter(
        Q(event_id=event_id) if event_id else Q(event_id=None),
        case=case,
        victimisation_id=victimisation_id,
        rule=rule,
        due_on=None,
        met_on=None,
        not_owed_reason="",
        replaced_by=None,
    )
    if open_row.update(**said):
        return
    Clock.objects.create(
        area_id=case.area_id,
        case=case,
        victimisation_id=victimisation_id,
        event_id=event_id,
        rule=rule,
        rule_from=line.rule.in_force_from,
        starts_at=line.since,
        due_on=None,
        enhanced=False,
        holder=line.rule.duty_holder,
        **said,
    )


def _audit(
    actor: Actor, now: datetime, case_id: UUID, what: tuple[AuditAction, str]
) -> None:
    action, rule = what
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="case", public_id=case_id),
        purpose=rule,
    )
