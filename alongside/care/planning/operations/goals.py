"""The goals of a plan. A plan whose goals change is a draft again."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.instruments.tables import NEEDS
from alongside.care.planning.models import Goal, Plan
from alongside.care.planning.operations.noting import note
from alongside.care.planning.operations.plans import redraft
from alongside.care.planning.permissions import (
    CannotPlan,
    begin,
    check_day,
    check_version,
    check_words,
)
from alongside.care.planning.queries.locking import lock_goal, lock_plan
from alongside.care.planning.tables import LIMITS
from alongside.care.planning.types import GoalState, PlanChangeKind, PlanState
from alongside.foundation.accounts.types import Actor, Permission

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

NAMED = LIMITS["named_letters"].number
ENDED = {
    GoalState.REACHED: "Goal reached",
    GoalState.PARTLY: "Goal reached in part",
    GoalState.LEFT: "Goal left",
}


def _standing(case: "Case") -> Plan:
    """The plan of a case, where it may be changed."""
    plan = lock_plan(case)
    if plan.state == PlanState.CLOSED:
        raise CannotPlan("This plan is closed. Open it again first")
    return plan


def _check(need: str, review_on: date | None, *, now: datetime) -> None:
    if need not in NEEDS:
        raise CannotPlan("Choose what the goal is about")
    if review_on is not None:
        check_day(review_on, now=now)


def _done(
    case: "Case",
    actor: Actor,
    now: datetime,
    words: str,
    *,
    goal: Goal,
    detail: str = "",
) -> None:
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.GOAL,
        words=f"{words}: {goal.words[:NAMED]}",
        detail=detail,
    )


@transaction.atomic
def add_goal(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    need: str,
    words: str,
    why: str,
    review_on: date | None,
) -> Goal:
    """Add a goal. A plan that was agreed is a draft again.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no plan to know of.
        CannotPlan: the plan is closed, or nothing is called that need.
        PlanWordsNeeded, PlanDayNeeded: it says nothing, or its review is past.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    plan = _standing(case)
    _check(need, review_on, now=now)
    redraft(actor=actor, now=now, plan=plan)
    goal = Goal.objects.create(
        area_id=case.area_id,
        case=case,
        plan=plan,
        need=need,
        words=check_words(words),
        why=why.strip(),
        state=GoalState.OPEN,
        review_on=review_on,
        made_at=now,
        made_by_id=actor.user_id,
    )
    _done(case, actor, now, "Goal added", goal=goal)
    return goal


@transaction.atomic
def change_goal(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    goal_id: UUID,
    version: int,
    need: str,
    words: str,
    why: str,
    review_on: date | None,
) -> Goal:
    """Change what a goal says. Only where its words or need change is the plan a draft
    again.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: the plan is closed or the goal has ended.
        PlanWordsNeeded, PlanDayNeeded: it says nothing, or its review is past.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    plan = _standing(case)
    goal = lock_goal(case, goal_id)
    check_version(goal, version)
    if goal.state != GoalState.OPEN:
        raise CannotPlan("This goal has ended. Open it again first")
    _check(need, review_on if review_on != goal.review_on else None, now=now)
    said, before = check_words(words), goal.words
    if (said, need) != (goal.words, goal.need):
        redraft(actor=actor, now=now, plan=plan)
    goal.need, goal.words, goal.why, goal.review_on = need, said, why.strip(), review_on
    goal.keep("need", "words", "why", "review_on")
    _done(case, actor, now, "Goal changed", goal=goal, detail=f"Before: {before}")
    return goal


@transaction.atomic
def end_goal(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    goal_id: UUID,
    version: int,
    state: GoalState,
    words: str,
) -> Goal:
    """Say what became of a goal. It can be opened again.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: it has ended already, or is to be open.
        PlanWordsNeeded: it is left, and nobody says why.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    _standing(case)
    goal = lock_goal(case, goal_id)
    check_version(goal, version)
    if goal.state != GoalState.OPEN or state is GoalState.OPEN:
        raise CannotPlan("This goal has ended already")
    goal.ended_words = check_words(words) if state is GoalState.LEFT else words.strip()
    goal.state, goal.ended_at, goal.ended_by_id = state, now, actor.user_id
    goal.keep("state", "ended_at", "ended_by", "ended_words")
    _done(case, actor, now, ENDED[state], goal=goal, detail=goal.ended_words)
    return goal


@transaction.atomic
def reopen_goal(
    *, actor: Actor, now: datetime, case_id: UUID, goal_id: UUID, version: int
) -> Goal:
    """Open a goal again that has ended.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: it is open already, or the plan is closed.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    _standing(case)
    goal = lock_goal(case, goal_id)
    check_version(goal, version)
    if goal.state == GoalState.OPEN:
        raise CannotPlan("This goal is open already")
    goal.state, goal.ended_at, goal.ended_by_id = GoalState.OPEN, None, None
    goal.ended_words = ""
    goal.keep("state", "ended_at", "ended_by", "ended_words")
    _done(case, actor, now, "Goal opened again", goal=goal)
    return goal
