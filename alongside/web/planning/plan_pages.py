"""The plan of a case, and its sheet for the person."""

from collections.abc import Iterator
from datetime import date

from alongside.care.casework.types import CaseStatus
from alongside.care.instruments.tables import NEEDS
from alongside.care.planning.queries.plans import ActionLine, GoalLine, PlanLine
from alongside.care.planning.types import (
    ActionState,
    GoalState,
    PlanState,
    Whose,
)
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link, Tag, Tone
from alongside.web.components.planning import PlanCard, PlanRow, PlanSection
from alongside.web.planning import pages
from alongside.web.planning.forms import HOW
from alongside.web.planning.pages import LATE, CardsPage, SheetPage, SheetPart, at
from alongside.web.words import say_day
from alongside.workflows.plan_support import PlanView
from alongside.workflows.read_case import CaseBrief

STATES = {
    PlanState.DRAFT: Tag(text="Draft", tone=Tone.INFO),
    PlanState.WAITING: Tag(text="Waiting for approval", tone=Tone.SOON),
    PlanState.AGREED: Tag(text="Agreed", tone=Tone.GOOD),
    PlanState.CLOSED: Tag(text="Closed"),
}
GOALS = {
    GoalState.REACHED: Tag(text="Reached", tone=Tone.GOOD),
    GoalState.PARTLY: Tag(text="Reached in part", tone=Tone.INFO),
    GoalState.LEFT: Tag(text="Left"),
}
ENDED = {
    ActionState.DONE: Tag(text="Done", tone=Tone.GOOD),
    ActionState.NOT_DONE: Tag(text="Not done"),
}


def may_change(brief: CaseBrief, actor: Actor) -> bool:
    """Whether the reader may plan in this case now."""
    is_open = brief.case.status is not CaseStatus.CLOSED
    ours = brief.case.agency_id == actor.agency_id
    return actor.has(Permission.CASE_WORK) and is_open and ours


def plan_page(view: PlanView, *, actor: Actor, on: date) -> CardsPage:
    """The plan: goals, what is done towards each, and how it stands."""
    plan, brief = view.plan, view.brief
    change = may_change(brief, actor)
    return CardsPage(
        title="Support plan",
        heading="Support plan",
        caption=say.whose(brief),
        back=pages.to_case(brief),
        back_text="Back to the case",
        tag=STATES[plan.state] if plan else None,
        warnings=(f"Sent back: {plan.returned_words}",)
        if plan and plan.returned_words
        else (),
        notes=tuple(_standing(view, on)),
        acts=tuple(_acts(view, change)),
        links=tuple(_beside(view, actor)),
        sections=tuple(_sections(view, on, change=change)),
        history=pages.history(view.changes, on=on),
    )


def _standing(view: PlanView, on: date) -> Iterator[str]:
    plan = view.plan
    if plan is None:
        return
    opened = say_day(local_day(plan.opened_at))
    yield f"Begun on {opened} by {plan.opened_by}."
    if plan.agreed_on and plan.agreed_how:
        whom = f" {plan.agreed_with}." if plan.agreed_with else ""
        how = HOW[plan.agreed_how]
        yield f"Agreed on {say_day(plan.agreed_on)}. {how}.{whom}"
    if plan.approved_at:
        day = say_day(local_day(plan.approved_at))
        yield f"Approved on {day} by {plan.approved_by}."
    elif plan.state is PlanState.WAITING:
        yield "A supervisor approves it next."
    if plan.closed_at and plan.state is PlanState.CLOSED:
        yield f"Closed on {say_day(local_day(plan.closed_at))}."
        return
    late = sum(one.is_overdue(on) for goal in plan.goals for one in goal.actions)
    if late:
        yield "1 action is overdue." if late == 1 else f"{late} actions are overdue."
    far = say.how_far(plan.review_on, on)
    yield f"To be looked at again on {say.long_day(plan.review_on)}, {far}."


def _acts(view: PlanView, change: bool) -> Iterator[Act]:
    plan, brief = view.plan, view.brief
    if plan is None:
        if change:
            yield Act(text="Begin a plan", href=at("start", brief), primary=True)
        return
    if plan.state is PlanState.WAITING and view.may_approve:
        yield Act(text="Approve or send back", href=at("decide", brief), primary=True)
    if not change:
        return
    if plan.state is PlanState.CLOSED:
        yield Act(text="Open it again", href=at("reopen", brief))
        yield Act(text="Begin a new plan", href=at("start", brief))
        return
    if plan.state is PlanState.DRAFT and plan.goals:
        words = "They agree: send for approval" if view.approval else "They agree"
        yield Act(text=words, href=at("agree", brief), primary=True)
    yield Act(text="Add a goal", href=at("add_goal", brief), primary=not plan.goals)
    yield Act(text="Look at it again", href=at("review", brief))
    yield Act(text="Close the plan", href=at("close", brief))


def _beside(view: PlanView, actor: Actor) -> Iterator[Link]:
    brief = view.brief
    if view.plan and view.plan.goals:
        yield Link(text="Sheet for the person", href=at("print", brief))
    yield Link(text="Safety plan", href=at("safety", brief))
    yield Link(text="Exit plan", href=at("exit", brief))
    yield Link(text="Appointments", href=at("appointments", brief))
    yield Link(text="Warnings", href=at("warnings", brief))
    yield Link(text="People around them", href=at("around", brief))
    if brief.case.agency_id == actor.agency_id:
        yield Link(text="Supervision", href=at("supervision", brief))


def _sections(view: PlanView, on: date, *, change: bool) -> Iterator[PlanSection]:
    plan, brief = view.plan, view.brief
    if plan is None:
        yield PlanSection(
            heading="Goals",
            cards=(),
            empty=EmptyState(
                heading="There is no plan yet",
                text="Talk with them about what they want to be different, then begin"
                " a plan with a first goal.",
            ),
        )
        return
    change = change and plan.state is not PlanState.CLOSED
    standing = [goal for goal in plan.goals if goal.state is GoalState.OPEN]
    ended = [goal for goal in plan.goals if goal.state is not GoalState.OPEN]
    yield PlanSection(
        heading="Goals",
        cards=tuple(_goal(goal, brief, on, change=change) for goal in standing),
        empty=EmptyState(
            heading="No goal is open",
            text="Add what they want to be different.",
        ),
    )
    if ended:
        yield PlanSection(
            heading="Goals that have ended",
            cards=tuple(_goal(goal, brief, on, change=change) for goal in ended),
        )


def _goal(goal: GoalLine, brief: CaseBrief, on: date, *, change: bool) -> PlanCard:
    is_open = goal.state is GoalState.OPEN
    words = [goal.why] if goal.why else []
    if is_open and goal.review_on:
        far = say.how_far(goal.review_on, on)
        words.append(f"To be looked at again on {say_day(goal.review_on)}, {far}")
    if goal.ended_words:
        words.append(goal.ended_words)
    return PlanCard(
        label=NEEDS[goal.need].label,
        heading=goal.words,
        tag=GOALS.get(goal.state),
        words=tuple(words),
        rows=tuple(
            action_row(one, brief, on, change=change and is_open)
            for one in goal.actions
        ),
        acts=tuple(_goal_acts(goal, brief)) if change else (),
        quiet=not is_open,
    )


def _goal_acts(goal: GoalLine, brief: CaseBrief) -> Iterator[Link]:
    about = f"to: {goal.words}"
    name = goal.goal_id
    if goal.state is not GoalState.OPEN:
        yield Link(text="Open again", href=at("reopen_goal", brief, name), about=about)
        return
    yield Link(text="Add an action", href=at("add_action", brief, name), about=about)
    yield Link(text="Change the goal", href=at("goal", brief, name), about=goal.words)
    yield Link(
        text="Say what became of it", href=at("end_goal", brief, name), about=goal.words
    )


def whose(action: ActionLine) -> str:
    """Who does it, in words."""
    if action.whose is Whose.PERSON:
        return "They do it themselves"
    return action.owner


def action_row(
    action: ActionLine, brief: CaseBrief, on: date, *, change: bool
) -> PlanRow:
    """One action under its goal."""
    to_do = action.state is ActionState.TO_DO
    if to_do:
        words = [f"{whose(action)}. {pages.due(action.due_on, on)}"]
    else:
        when = f" on {say_day(action.done_on)}" if action.done_on else ""
        words = [f"{whose(action)}{when}"]
    if action.outcome:
        words.append(action.outcome)
    tag = LATE if action.is_overdue(on) else ENDED.get(action.state)
    return PlanRow(
        what=action.words,
        words=tuple(words),
        tag=tag,
        acts=tuple(_action_acts(action, brief, to_do=to_do)) if change else (),
    )


def _action_acts(
    action: ActionLine, brief: CaseBrief, *, to_do: bool
) -> Iterator[Link]:
    name = action.action_id
    if not to_do:
        yield Link(
            text="Undo", href=at("reopen_action", brief, name), about=action.words
        )
        return
    yield Link(
        text="Done or not", href=at("end_action", brief, name), about=action.words
    )
    yield Link(text="Change", href=at("action", brief, name), about=action.words)


def goal_now(goal: GoalLine) -> PlanCard:
    """A goal as it is written down now."""
    return PlanCard(
        label=NEEDS[goal.need].label,
        heading=goal.words,
        tag=GOALS.get(goal.state),
        words=(goal.why,) if goal.why else (),
    )


def action_now(action: ActionLine) -> PlanCard:
    """An action as it is written down now."""
    return PlanCard(
        heading=action.words,
        tag=ENDED.get(action.state),
        words=(f"{whose(action)}, by {say_day(action.due_on)}",),
    )


def plan_now(plan: PlanLine) -> PlanCard:
    """How the plan stands now."""
    return PlanCard(
        heading="Support plan",
        tag=STATES[plan.state],
        words=tuple(goal.words for goal in plan.goals),
    )


def plan_sheet(view: PlanView) -> SheetPage:
    """The plan for the person: plain, and telling nobody who finds it."""
    goals = view.plan.goals if view.plan else ()
    return SheetPage(
        title="My notes",
        heading="My notes",
        back=at("plan", view.brief),
        back_text="Back to the plan",
        parts=tuple(
            SheetPart(heading=NEEDS[goal.need].plain, lines=tuple(_sheet_lines(goal)))
            for goal in goals
            if goal.state is GoalState.OPEN
        ),
    )


def _sheet_lines(goal: GoalLine) -> Iterator[str]:
    yield f"What I want: {goal.words}"
    for one in goal.actions:
        if one.state is ActionState.TO_DO:
            who = {Whose.PERSON: "I", Whose.OURS: one.owner}.get(one.whose, one.owner)
            yield f"{who}: {one.words}, by {say_day(one.due_on)}"
