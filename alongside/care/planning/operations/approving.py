"""Approving a support plan, or sending it back to its worker."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.planning import rules
from alongside.care.planning.models import Plan
from alongside.care.planning.operations.noting import note
from alongside.care.planning.operations.plans import APPROVED_FIELDS, redraft
from alongside.care.planning.permissions import (
    CannotPlan,
    begin_plan,
    check_move,
    check_words,
)
from alongside.care.planning.types import PlanChangeKind, PlanState
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit.types import AuditAction


class NotYours(CannotPlan):
    user_message = (
        "You wrote this plan, asked for its approval or work the case. Another"
        " supervisor approves it"
    )


@transaction.atomic
def approve_plan(*, actor: Actor, now: datetime, case_id: UUID, version: int) -> Plan:
    """Approve a plan that waits. Never one's own.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged: the plan is not at that version any more.
        NotYours: the actor began it, asked for it or works the case.
        CannotPlan: it does not wait.
    """
    case, plan = begin_plan(
        actor=actor,
        case_id=case_id,
        version=version,
        permission=Permission.PLAN_APPROVE,
    )
    _check_may_decide(plan, actor, worker=case.worker_id)
    check_move(plan, PlanState.AGREED)
    plan.state = PlanState.AGREED
    plan.approved_at, plan.approved_by_id = now, actor.user_id
    plan.keep("state", *APPROVED_FIELDS)
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words="Plan approved",
        action=AuditAction.PLAN_APPROVED,
    )
    return plan


@transaction.atomic
def return_plan(
    *, actor: Actor, now: datetime, case_id: UUID, version: int, words: str
) -> Plan:
    """Send a plan that waits back to its worker, saying what to change.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged: the plan is not at that version any more.
        CannotPlan: it does not wait, or is the actor's own.
        PlanWordsNeeded: nothing was said.
    """
    case, plan = begin_plan(
        actor=actor,
        case_id=case_id,
        version=version,
        permission=Permission.PLAN_APPROVE,
    )
    _check_may_decide(plan, actor, worker=case.worker_id)
    plan.returned_words = check_words(words)
    redraft(actor=actor, now=now, plan=plan)
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words="Plan sent back to be changed",
        detail=plan.returned_words,
    )
    return plan


def _check_may_decide(plan: Plan, actor: Actor, *, worker: int | None) -> None:
    if plan.state != PlanState.WAITING or plan.asked_by_id is None:
        raise CannotPlan("This plan does not wait for approval any more")
    if not rules.may_approve(
        approver=actor.user_id,
        asked_by=plan.asked_by_id,
        opened_by=plan.opened_by_id,
        worker=worker,
    ):
        raise NotYours
