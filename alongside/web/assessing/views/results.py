"""What an assessment came to: its page, judging, withdrawing, the referral form."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.assessment import operations
from alongside.care.assessment.types.filled import AssessmentState
from alongside.care.instruments.types import Risk
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.access import requires
from alongside.web.assessing import forms
from alongside.web.assessing.pages import filling, marac, results
from alongside.web.casework.views.saving import typed
from alongside.web.requests import AppRequest
from alongside.workflows import assess
from alongside.workflows.complete_assessment import judge as judge_now
from alongside.workflows.marac_form import as_data, read_form

ACT = "casework/act.html"


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, assessment_id: UUID) -> HttpResponse:
    """What an assessment came to; of an unfinished one, how far it is."""
    filled = assess.read_filled(
        actor=request.actor, now=request.now, assessment_id=assessment_id
    )
    if filled.line.state is AssessmentState.DRAFT:
        page = filling.draft(filled, actor=request.actor)
        return render(request, "assessing/draft.html", {"page": page})
    result = results.result(filled, actor=request.actor, now=request.now)
    return render(request, "assessing/result.html", {"page": result})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def judge(request: AppRequest, assessment_id: UUID) -> HttpResponse:
    """Raises the risk of a complete assessment, saying why."""
    filled = assess.read_filled(
        actor=request.actor, now=request.now, assessment_id=assessment_id
    )
    form = forms.Judge(
        typed(request),
        found=filled.line.risk or Risk.NONE,
        initial={"version": filled.line.version},
    )
    fields = {operations.CannotJudge: "judged", operations.ReasonNeeded: "reason"}
    if form.is_valid():
        try:
            judge_now(
                actor=request.actor,
                now=request.now,
                assessment_id=assessment_id,
                **form.cleaned_data,
            )
        except (NotFound, NotAllowed):
            raise
        except DomainError as refusal:
            form.add_error(fields.get(type(refusal)), refusal.user_message)
        else:
            messages.success(request, "Your judgement is noted")
            return redirect("assessing:show", assessment_id=assessment_id)
    page = results.act(filled, "Judge the risk higher", form, save="Save judgement")
    return render(request, ACT, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def withdraw(request: AppRequest, assessment_id: UUID) -> HttpResponse:
    """Says that an assessment does not count, and why."""
    filled = assess.read_filled(
        actor=request.actor, now=request.now, assessment_id=assessment_id
    )
    form = forms.Withdraw(typed(request), initial={"version": filled.line.version})
    if form.is_valid():
        try:
            operations.withdraw_assessment(
                actor=request.actor,
                now=request.now,
                assessment_id=assessment_id,
                **form.cleaned_data,
            )
        except (NotFound, NotAllowed):
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, "Assessment withdrawn")
            case_id = filled.brief.case.public_id
            return redirect("assessing:list", case_id=case_id)
    page = results.act(
        filled,
        "Withdraw this assessment",
        form,
        save="Withdraw it",
        notes=(results.WITHDRAWING,),
    )
    return render(request, ACT, {"page": page})


@requires(Permission.CASE_WORK)
@require_safe
def referral_form(request: AppRequest, assessment_id: UUID) -> HttpResponse:
    """The form for the meeting about high risk, to print, or as data."""
    form = read_form(actor=request.actor, now=request.now, assessment_id=assessment_id)
    if request.GET.get("format") == "json":
        answer = JsonResponse(as_data(form), json_dumps_params={"indent": 2})
        name = f"marac-referral-{form.case_reference}.json"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    page = marac.page(form, assessment_id)
    return render(request, "assessing/referral_form.html", {"page": page})
