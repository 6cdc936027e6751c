"""Looking at the grounds of a case, deciding one, and adding one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.assessment.operations import GroundStands
from alongside.care.assessment.tables import GROUNDS
from alongside.care.assessment.types import GroundCode
from alongside.care.casework.operations.errors import ReasonNeeded
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework.pages import acts
from alongside.web.casework.views.saving import save, typed
from alongside.web.grounds import forms, pages
from alongside.web.requests import AppRequest
from alongside.workflows import case_grounds, prompts
from alongside.workflows.read_case import read_brief

FORM = "casework/act.html"


@requires(Permission.CASE_VIEW)
@require_safe
def grounds(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Every ground of a case, and what became of it."""
    view = case_grounds.read_grounds(
        actor=request.actor, now=request.now, case_id=case_id
    )
    page = pages.grounds(view, actor=request.actor, now=request.now)
    return render(request, "grounds/grounds.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def decide(request: AppRequest, case_id: UUID, name: UUID) -> HttpResponse:
    """Confirms a ground, or declines it, saying why."""
    view = case_grounds.read_grounds(
        actor=request.actor, now=request.now, case_id=case_id
    )
    line = case_grounds.find_ground(view, name)
    form = forms.DecideGround(typed(request))
    if form.is_valid():
        confirm = form.cleaned_data["decision"] == "confirm"
        answer = save(
            request,
            form,
            lambda: case_grounds.decide_ground(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                ground_id=line.ground_id,
                confirm=confirm,
                reason=form.cleaned_data["reason"],
            ),
            fields={ReasonNeeded: "reason"},
            done="Ground confirmed" if confirm else "Ground declined",
            case_id=case_id,
        )
        if answer:
            return answer
    page = acts.act(
        GROUNDS[line.ground].label,
        view.brief,
        form,
        save="Save",
        notes=tuple(pages.evidence(line)),
        on=local_day(request.now),
    )
    return render(request, FORM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Adds a ground on the worker's own judgement."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    form = forms.AddGround(typed(request))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: case_grounds.add_ground(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                ground=GroundCode(form.cleaned_data["ground"]),
                reason=form.cleaned_data["reason"],
            ),
            fields={ReasonNeeded: "reason", GroundStands: "ground"},
            done="Ground added",
            case_id=case_id,
        )
        if answer:
            return answer
    page = acts.act(
        "Add a ground for more support",
        brief,
        form,
        save="Add ground",
        on=local_day(request.now),
    )
    return render(request, FORM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def lower(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Owes standard support where no ground speaks for more, saying why."""
    view = case_grounds.read_grounds(
        actor=request.actor, now=request.now, case_id=case_id
    )
    if not pages.may_lower(view, actor=request.actor):
        messages.info(request, pages.CANNOT_LOWER)
        return redirect("grounds:grounds", case_id=case_id)
    form = forms.LowerTier(typed(request))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: case_grounds.lower_tier(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                reason=form.cleaned_data["reason"],
            ),
            fields={ReasonNeeded: "reason"},
            done="Standard support is owed from now on",
            case_id=case_id,
        )
        if answer:
            return answer
    page = acts.act(
        "Owe standard support from now on",
        view.brief,
        form,
        save="Owe standard support",
        notes=pages.LOWERING,
        on=local_day(request.now),
    )
    return render(request, FORM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def prompt(request: AppRequest, case_id: UUID, name: UUID) -> HttpResponse:
    """Says why what a case asks for is not needed."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    asked = prompts.read_prompt(
        actor=request.actor, now=request.now, case_id=case_id, name=name
    )
    form = forms.NotNeeded(typed(request))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: prompts.not_needed(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                name=name,
                reason=form.cleaned_data["reason"],
            ),
            fields={ReasonNeeded: "reason"},
            done="It is noted that this is not needed",
            case_id=case_id,
        )
        if answer:
            return answer
    page = acts.act(
        "Not needed?",
        brief,
        form,
        save="Save",
        notes=[f"{asked.asks}. {asked.words}."],
        on=local_day(request.now),
    )
    return render(request, FORM, {"page": page})
