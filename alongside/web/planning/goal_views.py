"""The goals of a plan and what is done towards them."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.care.planning.operations import actions, goals
from alongside.care.planning.operations.actions import Asked, PartnerNeeded
from alongside.care.planning.permissions import PlanDayNeeded, PlanWordsNeeded
from alongside.care.planning.queries.plans import ActionLine, GoalLine
from alongside.care.planning.tables import LIMITS
from alongside.care.planning.types import ActionState, GoalState, Whose
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.planning import forms, plan_pages
from alongside.web.planning.plan_views import next_review, plan_of, read
from alongside.web.planning.saving import asked_of_plan, typed
from alongside.web.requests import AppRequest
from alongside.workflows.pass_on import Hands, read_hands
from alongside.workflows.plan_support import PlanView

GOAL_FIELDS = {PlanWordsNeeded: "words", PlanDayNeeded: "review_on"}
ACTION_FIELDS = {
    PartnerNeeded: "owner_words",
    PlanWordsNeeded: "words",
    PlanDayNeeded: "due_on",
}
AGAIN = "The plan was agreed. When you save this it is a draft, to be agreed again."


def _goal(view: PlanView, goal_id: UUID) -> GoalLine:
    found = plan_of(view).find_goal(goal_id)
    if found is None:
        raise NotFound("We could not find that goal")
    return found


def _action(view: PlanView, action_id: UUID) -> ActionLine:
    found = plan_of(view).find_action(action_id)
    if found is None:
        raise NotFound("We could not find that action")
    return found


def _notes(view: PlanView) -> list[str]:
    return [AGAIN] if view.plan and view.plan.agreed_on else []


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add_goal(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Adds a goal to the plan."""
    view = read(request, case_id)
    plan_of(view)
    form = forms.AddGoal(typed(request), initial={"review_on": next_review(request)})
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: goals.add_goal(
            **who,
            need=form.cleaned_data["need"],
            words=form.cleaned_data["words"],
            why=form.cleaned_data["why"],
            review_on=form.cleaned_data["review_on"],
        ),
        heading="Add a goal",
        save="Add goal",
        notes=_notes(view),
        done="Goal added",
        fields=GOAL_FIELDS,
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def change_goal(request: AppRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    """Changes what a goal says."""
    view = read(request, case_id)
    goal = _goal(view, goal_id)
    form = forms.AddGoal(
        typed(request),
        initial={
            "version": goal.version,
            "need": goal.need,
            "words": goal.words,
            "why": goal.why,
            "review_on": goal.review_on,
        },
    )
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: goals.change_goal(
            **who,
            goal_id=goal_id,
            version=form.cleaned_data["version"],
            need=form.cleaned_data["need"],
            words=form.cleaned_data["words"],
            why=form.cleaned_data["why"],
            review_on=form.cleaned_data["review_on"],
        ),
        heading="Change the goal",
        save="Save",
        notes=_notes(view),
        done="Goal saved",
        fields=GOAL_FIELDS,
        version=goal.version,
        now=plan_pages.goal_now(goal),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def end_goal(request: AppRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    """Says what became of a goal."""
    view = read(request, case_id)
    goal = _goal(view, goal_id)
    form = forms.EndGoal(typed(request), initial={"version": goal.version})
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: goals.end_goal(
            **who,
            goal_id=goal_id,
            version=form.cleaned_data["version"],
            state=GoalState(form.cleaned_data["state"]),
            words=form.cleaned_data["words"],
        ),
        heading="What became of the goal?",
        save="Save",
        notes=[goal.words],
        done="Saved. If that was a mistake, open the goal again",
        fields={PlanWordsNeeded: "words"},
        version=goal.version,
        now=plan_pages.goal_now(goal),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def reopen_goal(request: AppRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    """Opens a goal again."""
    view = read(request, case_id)
    goal = _goal(view, goal_id)
    form = forms.Sure(typed(request), initial={"version": goal.version})
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: goals.reopen_goal(
            **who,
            goal_id=goal_id,
            version=form.cleaned_data["version"],
        ),
        heading="Open the goal again?",
        save="Open it again",
        notes=[goal.words],
        done="The goal is open again",
        version=goal.version,
        now=plan_pages.goal_now(goal),
    )


def _asked(form: forms.EditAction, hands: Hands) -> Asked:
    data = form.cleaned_data
    keys = {one.public_id: one.user_id for one, _ in hands.workers}
    return Asked(
        whose=Whose(data["whose"]),
        worker_id=keys.get(data["worker"]),
        owner_words=data["owner_words"],
        words=data["words"],
        due_on=data["due_on"],
    )


def _hands(request: AppRequest, view: PlanView) -> Hands:
    return read_hands(
        actor=request.actor, now=request.now, case_key=view.brief.case.case_id
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add_action(request: AppRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    """Adds an action to a goal."""
    view = read(request, case_id)
    goal, hands = _goal(view, goal_id), _hands(request, view)
    mine = [one for one, _ in hands.workers if one.user_id == request.actor.user_id]
    form = forms.EditAction(
        typed(request),
        hands=hands,
        initial={
            "whose": Whose.OURS.value,
            "worker": str(mine[0].public_id) if mine else "",
            "due_on": local_day(request.now) + timedelta(LIMITS["action_days"].number),
        },
    )
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: actions.add_action(
            **who,
            goal_id=goal_id,
            asked=_asked(form, hands),
        ),
        heading="Add an action",
        save="Add action",
        notes=[f"Towards: {goal.words}"],
        done="Action added",
        fields=ACTION_FIELDS,
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def change_action(request: AppRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    """Changes an action that is to do."""
    view = read(request, case_id)
    action, hands = _action(view, action_id), _hands(request, view)
    form = forms.EditAction(
        typed(request),
        hands=hands,
        initial={
            "version": action.version,
            "words": action.words,
            "whose": action.whose.value,
            "worker": str(action.worker_id or ""),
            "owner_words": action.owner if action.whose is Whose.PARTNER else "",
            "due_on": action.due_on,
        },
    )
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: actions.change_action(
            **who,
            action_id=action_id,
            version=form.cleaned_data["version"],
            asked=_asked(form, hands),
        ),
        heading="Change the action",
        save="Save",
        done="Action saved",
        fields=ACTION_FIELDS,
        version=action.version,
        now=plan_pages.action_now(action),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def end_action(request: AppRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    """Says whether an action was done."""
    view = read(request, case_id)
    action = _action(view, action_id)
    form = forms.EndAction(
        typed(request),
        initial={"version": action.version, "done_on": local_day(request.now)},
    )
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: actions.end_action(
            **who,
            action_id=action_id,
            version=form.cleaned_data["version"],
            state=ActionState(form.cleaned_data["state"]),
            done_on=form.cleaned_data["done_on"],
            outcome=form.cleaned_data["outcome"],
        ),
        heading="Done or not",
        save="Save",
        notes=[action.words],
        done="Saved. If that was a mistake, undo it beside the action",
        fields={PlanWordsNeeded: "outcome"},
        version=action.version,
        now=plan_pages.action_now(action),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def reopen_action(request: AppRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    """Puts an action back among those to do."""
    view = read(request, case_id)
    action = _action(view, action_id)
    form = forms.Sure(typed(request), initial={"version": action.version})
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: actions.reopen_action(
            **who,
            action_id=action_id,
            version=form.cleaned_data["version"],
        ),
        heading="To do again?",
        save="Undo",
        notes=[action.words],
        done="The action is to do again",
        version=action.version,
        now=plan_pages.action_now(action),
    )
