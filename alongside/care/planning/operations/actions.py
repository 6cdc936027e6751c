"""What is done towards a goal: ours, a partner's, or the person's own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.care.planning.models import Action
from alongside.care.planning.operations.noting import note
from alongside.care.planning.permissions import (
    CannotPlan,
    PlanWordsNeeded,
    begin,
    check_day,
    check_version,
    check_words,
)
from alongside.care.planning.queries.locking import lock_action, lock_goal, lock_plan
from alongside.care.planning.tables import LIMITS
from alongside.care.planning.types import (
    ActionState,
    GoalState,
    PlanChangeKind,
    PlanState,
    Whose,
)
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day

if TYPE_CHECKING:
    from alongside.care.casework.models import Case

NAMED = LIMITS["named_letters"].number
ENDED = {ActionState.DONE: "Done", ActionState.NOT_DONE: "Not done"}


class PartnerNeeded(PlanWordsNeeded):
    user_message = "Say which service or person does it"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an action is to be. `worker_id` is whose it is where it is ours."""

    whose: Whose
    worker_id: int | None
    owner_words: str
    words: str
    due_on: date

    def owner(self) -> tuple[int | None, str]:
        """The worker and the words that the row keeps; refuse a partner unnamed."""
        if self.whose is Whose.OURS:
            if self.worker_id is None:
                raise CannotPlan("Choose who does it")
            return self.worker_id, ""
        if self.whose is Whose.PARTNER and not self.owner_words.strip():
            raise PartnerNeeded
        return None, self.owner_words.strip() if self.whose is Whose.PARTNER else ""


def _begin(actor: Actor, case_id: UUID) -> "Case":
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    if lock_plan(case).state == PlanState.CLOSED:
        raise CannotPlan("This plan is closed. Open it again first")
    return case


def _done(
    case: "Case",
    actor: Actor,
    now: datetime,
    words: str,
    *,
    action: Action,
    detail: str = "",
) -> None:
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.ACTION,
        words=f"{words}: {action.words[:NAMED]}",
        detail=detail,
    )


@transaction.atomic
def add_action(
    *, actor: Actor, now: datetime, case_id: UUID, goal_id: UUID, asked: Asked
) -> Action:
    """Add an action to an open goal.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        CannotPlan: the goal has ended, or nobody does it.
        PlanWordsNeeded, PlanDayNeeded: it says nothing, or its day is past.
    """
    case = _begin(actor, case_id)
    goal = lock_goal(case, goal_id)
    if goal.state != GoalState.OPEN:
        raise CannotPlan("This goal has ended. Open it again first")
    check_day(asked.due_on, now=now)
    worker_id, owner_words = asked.owner()
    action = Action.objects.create(
        area_id=case.area_id,
        case=case,
        goal=goal,
        whose=asked.whose,
        worker_id=worker_id,
        owner_words=owner_words,
        words=check_words(asked.words),
        due_on=asked.due_on,
        state=ActionState.TO_DO,
        made_at=now,
        made_by_id=actor.user_id,
    )
    _done(case, actor, now, "Action added", action=action)
    return action


@transaction.atomic
def change_action(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    action_id: UUID,
    version: int,
    asked: Asked,
) -> Action:
    """Change an action that is still to do. A day that was past already may stay.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: it has ended, or nobody does it.
        PlanWordsNeeded, PlanDayNeeded: it says nothing, or its new day is past.
    """
    case = _begin(actor, case_id)
    action = lock_action(case, action_id)
    check_version(action, version)
    if action.state != ActionState.TO_DO:
        raise CannotPlan("This action has ended. Open it again first")
    if asked.due_on != action.due_on:
        check_day(asked.due_on, now=now)
    before = f"Before: {action.words}, by {action.due_on:%-d %B %Y}"
    action.worker_id, action.owner_words = asked.owner()
    action.whose, action.words = asked.whose, check_words(asked.words)
    action.due_on = asked.due_on
    action.keep("whose", "worker", "owner_words", "words", "due_on")
    _done(case, actor, now, "Action changed", action=action, detail=before)
    return action


@transaction.atomic
def end_action(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    action_id: UUID,
    version: int,
    state: ActionState,
    done_on: date | None,
    outcome: str,
) -> Action:
    """Say what became of an action, and what came of it. It can be opened again.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: it has ended already, or was done on a day that has not come.
        PlanWordsNeeded: it is not done, and nobody says why.
    """
    case = _begin(actor, case_id)
    action = lock_action(case, action_id)
    check_version(action, version)
    if action.state != ActionState.TO_DO or state is ActionState.TO_DO:
        raise CannotPlan("This action has ended already")
    on = (done_on or local_day(now)) if state is ActionState.DONE else None
    if on is not None and on > local_day(now):
        raise CannotPlan("The day on which it was done cannot be in the future")
    action.outcome = outcome.strip() if on else check_words(outcome)
    action.state, action.done_on = state, on
    action.ended_at, action.ended_by_id = now, actor.user_id
    action.keep("state", "done_on", "outcome", "ended_at", "ended_by")
    _done(case, actor, now, ENDED[state], action=action, detail=action.outcome)
    return action


@transaction.atomic
def reopen_action(
    *, actor: Actor, now: datetime, case_id: UUID, action_id: UUID, version: int
) -> Action:
    """Put an action back among those to do.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is none to know of.
        PlanningChanged: it is not at that version any more.
        CannotPlan: it is to do already, or the plan is closed.
    """
    case = _begin(actor, case_id)
    action = lock_action(case, action_id)
    check_version(action, version)
    if action.state == ActionState.TO_DO:
        raise CannotPlan("This action is to do already")
    action.state, action.done_on, action.outcome = ActionState.TO_DO, None, ""
    action.ended_at, action.ended_by_id = None, None
    action.keep("state", "done_on", "outcome", "ended_at", "ended_by")
    _done(case, actor, now, "Action to do again", action=action)
    return action
