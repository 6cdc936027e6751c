"""Beginning a support plan, agreeing it with the person, and looking at it again."""

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
    begin_plan,
    check_day,
    check_words,
)
from alongside.care.planning.tables import APPROVALS
from alongside.care.planning.types import AgreedHow, PlanChangeKind, PlanState
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    pass

AGREED_FIELDS = ("agreed_on", "agreed_how", "agreed_with")
ASKED_FIELDS = ("asked_at", "asked_by")
APPROVED_FIELDS = ("approved_at", "approved_by", "returned_words")


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
    plan.keep("state", *AGREED_FIELDS, *ASKED_FIELDS, *APPROVED_FIELDS)


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
    case, plan = begin_plan(actor=actor, case_id=case_id, version=version)
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
    plan.state = rules.after_agreement(approval_needed=needed)
    plan.agreed_on, plan.agreed_how, plan.agreed_with = on, how, spoke_for.strip()
    plan.returned_words = ""
    if needed:
        plan.asked_at, plan.asked_by_id = now, actor.user_id
    plan.keep("state", *AGREED_FIELDS, *ASKED_FIELDS, *APPROVED_FIELDS)
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
    case, plan = begin_plan(actor=actor, case_id=case_id, version=version)
    if plan.state == PlanState.CLOSED:
        raise CannotPlan("This plan is closed. Open it again first")
    said = check_words(words)
    check_day(review_on, now=now)
    plan.review_on = review_on
    plan.keep("review_on")
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PLAN,
        words="Plan looked at again",
        detail=said,
    )
    return plan
