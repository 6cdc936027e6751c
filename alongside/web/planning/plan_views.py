"""The plan of a case: seeing it, beginning, agreeing, approving and closing it."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.planning.operations import closing, plans
from alongside.care.planning.permissions import PlanDayNeeded, PlanWordsNeeded
from alongside.care.planning.queries.plans import PlanLine
from alongside.care.planning.tables import LIMITS
from alongside.care.planning.types import AgreedHow
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.planning import forms, plan_pages
from alongside.web.planning.saving import asked_of_plan, typed
from alongside.web.requests import AppRequest
from alongside.workflows import approve_plan, plan_support
from alongside.workflows.plan_support import PlanView

CARDS, SHEET = "planning/cards.html", "planning/sheet.html"


def next_review(request: AppRequest) -> date:
    """The day on which something is usually looked at again."""
    days = LIMITS["review_days"].number
    return local_day(request.now) + timedelta(days=days)


def read(request: AppRequest, case_id: UUID) -> PlanView:
    """The plan of a case as the reader may see it."""
    return plan_support.read_plan(actor=request.actor, now=request.now, case_id=case_id)


def plan_of(view: PlanView) -> PlanLine:
    """The plan; who asks about one that was never begun is told that there is none."""
    if view.plan is None:
        raise NotFound("This case has no plan yet")
    return view.plan


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, case_id: UUID) -> HttpResponse:
    """The support plan of a case."""
    view = read(request, case_id)
    page = plan_pages.plan_page(view, actor=request.actor, on=local_day(request.now))
    return render(request, CARDS, {"page": page})


@requires(Permission.CASE_VIEW)
@require_safe
def sheet(request: AppRequest, case_id: UUID) -> HttpResponse:
    """The plan as a sheet for the person."""
    return render(
        request, SHEET, {"page": plan_pages.plan_sheet(read(request, case_id))}
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def start(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Begins a plan."""
    view = read(request, case_id)
    form = forms.Begin(typed(request), initial={"review_on": next_review(request)})
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: plans.start_plan(
            **who,
            review_on=form.cleaned_data["review_on"],
        ),
        heading="Begin a plan",
        save="Begin",
        done="Plan begun. Add what they want to be different",
        fields={PlanDayNeeded: "review_on"},
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def agree(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Notes that the person agreed; sends the plan on where one approves it."""
    view = read(request, case_id)
    plan = plan_of(view)
    form = forms.Agree(
        typed(request),
        initial={"version": plan.version, "on": local_day(request.now)},
    )
    note = "A supervisor then approves it." if view.approval else ""
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: approve_plan.agree_plan(
            **who,
            version=form.cleaned_data["version"],
            on=form.cleaned_data["on"],
            how=AgreedHow(form.cleaned_data["how"]),
            spoke_for=form.cleaned_data["spoke_for"],
        ),
        heading="They agree to the plan",
        save="Send for approval" if view.approval else "Save",
        notes=[note] if note else [],
        done="Sent to the supervisors" if view.approval else "The plan is agreed",
        fields={PlanWordsNeeded: "spoke_for"},
        version=plan.version,
        now=plan_pages.plan_now(plan),
    )


@requires(Permission.PLAN_APPROVE)
@require_http_methods(["GET", "POST"])
def decide(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Approves a plan, or sends it back."""
    view = read(request, case_id)
    plan = plan_of(view)
    form = forms.Decide(typed(request), initial={"version": plan.version})
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: approve_plan.decide_plan(
            **who,
            version=form.cleaned_data["version"],
            approve=form.cleaned_data["decision"] == "approve",
            words=form.cleaned_data["words"],
        ),
        heading="Approve the plan",
        save="Save",
        notes=[f"Goal: {goal.words}" for goal in plan.goals],
        done="Saved. Whoever asked for it is told",
        fields={PlanWordsNeeded: "words"},
        version=plan.version,
        now=plan_pages.plan_now(plan),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def review(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Notes that the plan was looked at again."""
    view = read(request, case_id)
    plan = plan_of(view)
    form = forms.Review(
        typed(request),
        initial={"version": plan.version, "review_on": next_review(request)},
    )
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: plans.review_plan(
            **who,
            version=form.cleaned_data["version"],
            review_on=form.cleaned_data["review_on"],
            words=form.cleaned_data["words"],
        ),
        heading="Look at the plan again",
        save="Save",
        done="Saved",
        fields={PlanWordsNeeded: "words", PlanDayNeeded: "review_on"},
        version=plan.version,
        now=plan_pages.plan_now(plan),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def close(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Closes the plan, saying what came of it."""
    view = read(request, case_id)
    plan = plan_of(view)
    form = forms.ClosePlan(typed(request), initial={"version": plan.version})
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: closing.close_plan(
            **who,
            version=form.cleaned_data["version"],
            words=form.cleaned_data["words"],
        ),
        heading="Close the plan",
        save="Close the plan",
        notes=["It can be opened again. The case stays open."],
        done="Plan closed. If that was a mistake, open it again",
        fields={PlanWordsNeeded: "words"},
        version=plan.version,
        now=plan_pages.plan_now(plan),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def reopen(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Opens a closed plan again."""
    view = read(request, case_id)
    plan = plan_of(view)
    form = forms.Sure(typed(request), initial={"version": plan.version})
    return asked_of_plan(
        request,
        view,
        form,
        lambda **who: closing.reopen_plan(
            **who,
            version=form.cleaned_data["version"],
        ),
        heading="Open the plan again?",
        save="Open it again",
        notes=["It is then a draft, to be agreed with them again."],
        done="The plan is open again, as a draft",
        version=plan.version,
        now=plan_pages.plan_now(plan),
    )
