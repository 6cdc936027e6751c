"""A case's plan as its page shows it, and how what was planned changed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from alongside.care.planning.models import Action, Goal, Plan, PlanChange
from alongside.care.planning.types import (
    ActionState,
    AgreedHow,
    GoalState,
    PlanChangeKind,
    PlanState,
    Whose,
)


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """Something that is done towards a goal. `owner` names who, where that is known."""

    action_id: UUID
    goal_id: UUID
    whose: Whose
    worker_id: UUID | None
    owner: str
    words: str
    due_on: date
    state: ActionState
    done_on: date | None
    outcome: str
    version: int

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been done before this day."""
        return self.state is ActionState.TO_DO and self.due_on < on


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    """A goal with its actions, soonest due first and those to do before those done."""

    goal_id: UUID
    need: str
    words: str
    why: str
    state: GoalState
    review_on: date | None
    ended_at: datetime | None
    ended_words: str
    version: int
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A plan with its goals. `earlier` counts the case's plans before this one."""

    plan_id: UUID
    state: PlanState
    opened_at: datetime
    opened_by_id: int
    opened_by: str
    review_on: date
    agreed_on: date | None
    agreed_how: AgreedHow | None
    agreed_with: str
    asked_at: datetime | None
    asked_by_id: int | None
    asked_by: str
    approved_at: datetime | None
    approved_by: str
    returned_words: str
    closed_at: datetime | None
    version: int
    earlier: int
    goals: tuple[GoalLine, ...]

    def find_goal(self, goal_id: UUID) -> GoalLine | None:
        """The goal of that name, where the plan has it."""
        return next((one for one in self.goals if one.goal_id == goal_id), None)

    def find_action(self, action_id: UUID) -> ActionLine | None:
        """The action of that name, where the plan has it."""
        actions = (one for goal in self.goals for one in goal.actions)
        return next((one for one in actions if one.action_id == action_id), None)


@dataclass(frozen=True, kw_only=True)
class PlanChangeLine:
    """One line of the history of what is planned."""

    at: datetime
    by: str
    kind: PlanChangeKind
    words: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class PlanSum:
    """A plan in short: whether it is closed, and what in it has not ended."""

    is_closed: bool
    goals: int
    actions: int


def sum_up_plan(*, case_id: int) -> PlanSum | None:
    """The case's plan that is not closed, else its newest, in short. One statement."""
    plan = (
        Plan.objects.filter(case_id=case_id)
        .annotate(
            closed=Q(state=PlanState.CLOSED),
            goals_open=Count(
                "goals", filter=Q(goals__state=GoalState.OPEN), distinct=True
            ),
            actions_left=Count(
                "goals__actions",
                filter=Q(goals__actions__state=ActionState.TO_DO),
                distinct=True,
            ),
        )
        .order_by("closed", "-pk")
        .values_list("closed", "goals_open", "actions_left")
        .first()
    )
    if plan is None:
        return None
    is_closed, goals, actions = plan
    return PlanSum(is_closed=is_closed, goals=goals, actions=actions)


def find_plan(*, case_id: int) -> PlanLine | None:
    """The case's plan that is not closed, else its newest. At most three statements."""
    rows = Plan.objects.filter(case_id=case_id).order_by("-pk")
    plans = list(rows.select_related("opened_by", "asked_by", "approved_by"))
    if not plans:
        return None
    standing = [plan for plan in plans if plan.state != PlanState.CLOSED]
    plan = (standing or plans)[0]
    return PlanLine(
        plan_id=plan.public_id,
        state=PlanState(plan.state),
        opened_at=plan.opened_at,
        opened_by_id=plan.opened_by_id,
        opened_by=plan.opened_by.name,
        review_on=plan.review_on,
        agreed_on=plan.agreed_on,
        agreed_how=AgreedHow(plan.agreed_how) if plan.agreed_how else None,
        agreed_with=plan.agreed_with,
        asked_at=plan.asked_at,
        asked_by_id=plan.asked_by_id,
        asked_by=plan.asked_by.name if plan.asked_by else "",
        approved_at=plan.approved_at,
        approved_by=plan.approved_by.name if plan.approved_by else "",
        returned_words=plan.returned_words,
        closed_at=plan.closed_at,
        version=plan.version,
        earlier=len(plans) - 1,
        goals=tuple(_goals(plan.pk)),
    )


def _goals(plan_id: int) -> list[GoalLine]:
    actions: dict[int, list[ActionLine]] = defaultdict(list)
    rows = Action.objects.filter(goal__plan_id=plan_id).order_by("due_on", "pk")
    for row in rows.select_related("worker", "goal"):
        actions[row.goal_id].append(_action(row))
    goals = Goal.objects.filter(plan_id=plan_id).order_by("ended_at", "need", "pk")
    return [
        GoalLine(
            goal_id=row.public_id,
            need=row.need,
            words=row.words,
            why=row.why,
            state=GoalState(row.state),
            review_on=row.review_on,
            ended_at=row.ended_at,
            ended_words=row.ended_words,
            version=row.version,
            actions=tuple(
                sorted(actions[row.pk], key=lambda one: one.state != ActionState.TO_DO)
            ),
        )
        for row in sorted(goals, key=lambda one: one.ended_at is not None)
    ]


def _action(row: Action) -> ActionLine:
    return ActionLine(
        action_id=row.public_id,
        goal_id=row.goal.public_id,
        whose=Whose(row.whose),
        worker_id=row.worker.public_id if row.worker else None,
        owner=row.worker.name if row.worker else row.owner_words,
        words=row.words,
        due_on=row.due_on,
        state=ActionState(row.state),
        done_on=row.done_on,
        outcome=row.outcome,
        version=row.version,
    )


def list_plan_changes(*, case_id: int, limit: int) -> list[PlanChangeLine]:
    """How what is planned changed, newest first. One statement."""
    rows = PlanChange.objects.filter(case_id=case_id).select_related("by")
    return [
        PlanChangeLine(
            at=row.at,
            by=row.by.name,
            kind=PlanChangeKind(row.kind),
            words=row.words,
            detail=row.detail,
        )
        for row in rows.order_by("-at", "-pk")[:limit]
    ]
