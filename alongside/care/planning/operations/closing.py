"""Closing a support plan and opening it again, by itself or with its case."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.planning.models import Plan
from alongside.care.planning.operations.noting import note
from alongside.care.planning.operations.plans import redraft
from alongside.care.planning.permissions import (
    CannotPlan,
    begin_plan,
    check_move,
    check_words,
)
from alongside.care.planning.queries.locking import lock_plans
from alongside.care.planning.types import PlanChangeKind, PlanState
from alongside.foundation.accounts.types import Actor

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

CLOSED_FIELDS = ("closed_at", "closed_by")


@transaction.atomic
def close_plan(
    *, actor: Actor, now: datetime, case_id: UUID, version: int, words: str
) -> Plan:
    """Close a plan, saying what came of it. It can be opened again.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged, CannotPlan: it has changed, or is closed already.
        PlanWordsNeeded: nothing was said.
    """
    case, plan = begin_plan(actor=actor, case_id=case_id, version=version)
    said = check_words(words)
    _close(plan, actor, now)
    _note(case, actor, now, "Plan closed", detail=said)
    return plan


@transaction.atomic
def reopen_plan(*, actor: Actor, now: datetime, case_id: UUID, version: int) -> Plan:
    """Open a closed plan again, as a draft.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged, CannotPlan: it has changed, or is not closed.
    """
    case, plan = begin_plan(actor=actor, case_id=case_id, version=version)
    if plan.state != PlanState.CLOSED:
        raise CannotPlan("This plan is open already")
    _reopen(plan, actor, now)
    _note(case, actor, now, "Plan opened again")
    return plan


def close_with_case(*, actor: Actor, now: datetime, case: "Case") -> bool:
    """Close the plan that stands in a case that closes; whether there was one.

    Part of another operation, which has locked and closed the case.
    """
    standing = [one for one in lock_plans(case) if one.state != PlanState.CLOSED]
    for plan in standing:
        _close(plan, actor, now)
        _note(case, actor, now, "Plan closed with the case")
    return bool(standing)


def reopen_with_case(*, actor: Actor, now: datetime, case: "Case") -> bool:
    """Open the newest plan of a case that is open again; whether there was one.

    Part of another operation, which has locked and opened the case.
    """
    plans = lock_plans(case)
    if not plans or any(one.state != PlanState.CLOSED for one in plans):
        return False
    _reopen(plans[0], actor, now)
    _note(case, actor, now, "Plan opened again with the case")
    return True


def _close(plan: Plan, actor: Actor, now: datetime) -> None:
    check_move(plan, PlanState.CLOSED)
    plan.state = PlanState.CLOSED
    plan.closed_at, plan.closed_by_id = now, actor.user_id
    plan.keep("state", *CLOSED_FIELDS)


def _reopen(plan: Plan, actor: Actor, now: datetime) -> None:
    # What they agreed to was over: whatever goes on is agreed with them again.
    plan.state = PlanState.AGREED
    plan.closed_at, plan.closed_by_id = None, None
    plan.save(update_fields=CLOSED_FIELDS)
    redraft(actor=actor, now=now, plan=plan)


def _note(
    case: "Case", actor: Actor, now: datetime, words: str, *, detail: str = ""
) -> None:
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words=words,
        detail=detail,
    )
