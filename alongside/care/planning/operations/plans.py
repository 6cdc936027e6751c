"""Beginning, agreeing, approving and closing a support plan."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.planning import rules
from alongside.care.planning.models import Plan
from alongside.care.planning.operations.noting import note
from alongside.care.planning.permissions import (
    CannotPlan,
    begin,
    check_day,
    check_version,
    check_words,
)
from alongside.care.planning.queries.locking import lock_plan
from alongside.care.planning.tables import APPROVALS
from alongside.care.planning.types import AgreedHow, PlanChangeKind, PlanState
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit.types import AuditAction
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


class NotYours(CannotPlan):
    user_message = (
        "You wrote this plan, asked for its approval or work the case. Another"
        " supervisor approves it"
    )


def redraft(*, actor: Actor, now: datetime, plan: Plan) -> None:
    """Take back that a plan was agreed and approved: it says something else now.

    Part of another operation, which says what changed.
    """
    if plan.state not in {PlanState.AGREED, PlanState.WAITING}:
        return
    plan.state = PlanState.DRAFT
    plan.agreed_on, plan.agreed_how, plan.agreed_with = None, "", ""
    plan.asked_at, plan.asked_by_id = None, None
    plan.approved_at, plan.approved_by_id = None, None
    _save(plan, *AGREED_FIELDS, *ASKED_FIELDS, *APPROVED_FIELDS)


AGREED_FIELDS = ("agreed_on", "agreed_how", "agreed_with")
ASKED_FIELDS = ("asked_at", "asked_by")
APPROVED_FIELDS = ("approved_at", "approved_by", "returned_words")


def _save(plan: Plan, *fields: str) -> None:
    plan.version += 1
    plan.save(update_fields=["state", "version", *fields])


def _move(plan: Plan, to: PlanState) -> None:
    if not rules.can_move(PlanState(plan.state), to):
        raise CannotPlan("The plan has moved on. Look at how it stands now")
    plan.state = to


@transaction.atomic
def start_plan(*, actor: Actor, now: datetime, case_id: UUID, review_on: date) -> Plan:
    """Begin a plan for a case that has none standing.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        CannotPlan: the case is closed, or has a plan.
        PlanDayNeeded: the review is in the past.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    check_day(review_on, now=now)
    if Plan.objects.filter(case=case).exclude(state=PlanState.CLOSED).exists():
        raise CannotPlan("This case has a plan already")
    plan = Plan.objects.create(
        area_id=case.area_id,
        case=case,
        state=PlanState.DRAFT,
        opened_at=now,
        opened_by_id=actor.user_id,
        review_on=review_on,
    )
    note(case=case, actor=actor, now=now, kind=PlanChangeKind.PLAN, words="Plan begun")
    return plan


@transaction.atomic
def agree_plan(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    area: str,
    on: date,
    how: AgreedHow,
    spoke_for: str,
) -> Plan:
    """Note that the person agreed to their plan; send it on where one approves it.

    `area` is the code of the area, whose own rule goes before everybody's;
    `spoke_for` who agreed for them, where they could not.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged: the plan is not at that version any more.
        CannotPlan: it is not a draft, has no goal, or the day has not come.
        PlanWordsNeeded: somebody agreed for them, and nobody is named.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    plan = lock_plan(case)
    check_version(plan, version)
    _check_can_agree(plan, on, now=now)
    if how is AgreedHow.FOR_THEM:
        spoke_for = check_words(spoke_for)
    needed = rules.needs_approval(
        area=area,
        tier=case.tier,
        high_risk=case.high_risk,
        rows=APPROVALS,
        on=local_day(now),
    )
    _move(plan, rules.after_agreement(approval_needed=needed))
    plan.agreed_on, plan.agreed_how, plan.agreed_with = on, how, spoke_for.strip()
    plan.returned_words = ""
    if needed:
        plan.asked_at, plan.asked_by_id = now, actor.user_id
    _save(plan, *AGREED_FIELDS, *ASKED_FIELDS, *APPROVED_FIELDS)
    words = "Plan agreed with them"
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words=f"{words}, and sent to a supervisor" if needed else words,
    )
    return plan


def _check_can_agree(plan: Plan, on: date, *, now: datetime) -> None:
    if plan.state != PlanState.DRAFT:
        raise CannotPlan("Only a draft can be agreed. Look at how it stands now")
    if not plan.goals.exists():
        raise CannotPlan("Add a goal first: there is nothing to agree to yet")
    if on > local_day(now):
        raise CannotPlan("The day they agreed cannot be in the future")


@transaction.atomic
def approve_plan(*, actor: Actor, now: datetime, case_id: UUID, version: int) -> Plan:
    """Approve a plan that waits. Never one's own.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged: the plan is not at that version any more.
        NotYours: the actor began it, asked for it or works the case.
        CannotPlan: it does not wait.
    """
    case = begin(actor=actor, permission=Permission.PLAN_APPROVE, case_id=case_id)
    plan = _waiting(case, actor, version)
    _move(plan, PlanState.AGREED)
    plan.approved_at, plan.approved_by_id = now, actor.user_id
    _save(plan, *APPROVED_FIELDS)
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
    case = begin(actor=actor, permission=Permission.PLAN_APPROVE, case_id=case_id)
    plan = _waiting(case, actor, version)
    said = check_words(words)
    redraft(actor=actor, now=now, plan=plan)
    plan.returned_words = said
    plan.save(update_fields=["returned_words"])
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words="Plan sent back to be changed",
        detail=said,
    )
    return plan


def _waiting(case: "Case", actor: Actor, version: int) -> Plan:
    plan = lock_plan(case)
    check_version(plan, version)
    if plan.state != PlanState.WAITING or plan.asked_by_id is None:
        raise CannotPlan("This plan does not wait for approval any more")
    if not rules.may_approve(
        approver=actor.user_id,
        asked_by=plan.asked_by_id,
        opened_by=plan.opened_by_id,
        worker=case.worker_id,
    ):
        raise NotYours
    return plan


@transaction.atomic
def review_plan(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    version: int,
    review_on: date,
    words: str,
) -> Plan:
    """Note that the plan was looked at again, what was found, and when next.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged, CannotPlan: it has changed, or is closed.
        PlanWordsNeeded, PlanDayNeeded: nothing was said, or the day is past.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    plan = lock_plan(case)
    check_version(plan, version)
    if plan.state == PlanState.CLOSED:
        raise CannotPlan("This plan is closed. Open it again first")
    said = check_words(words)
    check_day(review_on, now=now)
    plan.review_on = review_on
    _save(plan, "review_on")
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words="Plan looked at again",
        detail=said,
    )
    return plan


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
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    plan = lock_plan(case)
    check_version(plan, version)
    said = check_words(words)
    _move(plan, PlanState.CLOSED)
    plan.closed_at, plan.closed_by_id = now, actor.user_id
    _save(plan, "closed_at", "closed_by")
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words="Plan closed",
        detail=said,
    )
    return plan


@transaction.atomic
def reopen_plan(*, actor: Actor, now: datetime, case_id: UUID, version: int) -> Plan:
    """Open a closed plan again, as a draft.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged, CannotPlan: it has changed, or is not closed.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    plan = lock_plan(case)
    check_version(plan, version)
    if plan.state != PlanState.CLOSED:
        raise CannotPlan("This plan is open already")
    plan.state = PlanState.AGREED
    redraft(actor=actor, now=now, plan=plan)
    plan.closed_at, plan.closed_by_id = None, None
    plan.save(update_fields=["closed_at", "closed_by"])
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words="Plan opened again",
    )
    return plan
