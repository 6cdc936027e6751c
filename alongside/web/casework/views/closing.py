"""Closing and reopening a case, and settling its promises."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alongside.care.casework.operations import working
from alongside.care.journey.operations import DayImpossible, EvidenceNeeded
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework import forms, say
from alongside.web.casework.closing_forms import CloseCase
from alongside.web.casework.pages import acts as pages
from alongside.web.casework.views.saving import news, opened_at, save, typed
from alongside.web.requests import AppRequest
from alongside.workflows import close_case, settle_clock
from alongside.workflows.read_case import read_brief

FORM = "casework/act.html"


@requires(Permission.CASE_CLOSE)
@require_http_methods(["GET", "POST"])
def close(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Asks how a case ended, shows what closing does, then closes it."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    exits = close_case.exit_choices(brief=brief)
    form = CloseCase(typed(request), exits=exits, initial=opened_at(request, brief))
    if form.is_valid() and "again" not in request.POST:
        if (
            "sure" not in request.POST
            and brief.case.version == (form.cleaned_data["version"])
        ):
            plan = close_case.find_plan(brief=brief)
            page = pages.closing(brief, form, plan)
            return render(request, "casework/closing.html", {"page": page})
        answer = save(
            request,
            form,
            lambda: _close(request, case_id, form),
            fields={working.ReasonNeeded: "reason"},
            done="Case closed. If that was a mistake, reopen it",
            case_id=case_id,
        )
        if answer:
            return answer
    found, form_now = news(request, form, brief)
    page_again = pages.act(
        "Close case",
        brief,
        form_now,
        save="Continue",
        news=found,
        on=local_day(request.now),
    )
    return render(request, FORM, {"page": page_again})


@requires(Permission.CASE_CLOSE)
@require_http_methods(["GET", "POST"])
def reopen(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Opens a closed case again, with a next action."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    plan = close_case.find_plan(brief=brief)
    form = forms.ReopenCase(
        typed(request),
        has_plan=plan is not None and plan.is_closed,
        initial={"with_plan": True},
    )
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: close_case.reopen(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                words=form.cleaned_data["words"],
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
                with_plan=form.cleaned_data.get("with_plan", False),
            ),
            fields={
                working.ReasonNeeded: "reason",
                working.WordsNeeded: "words",
                working.DayNeeded: "on",
            },
            done="Case reopened",
            case_id=case_id,
        )
        if answer:
            return answer
    page = pages.act(
        "Reopen case", brief, form, save="Reopen", on=local_day(request.now)
    )
    return render(request, FORM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def settle_promise(request: AppRequest, case_id: UUID, name: UUID) -> HttpResponse:
    """Says that a promise was kept, or is not owed."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    clock = settle_clock.read_clock(
        actor=request.actor, now=request.now, case_id=case_id, name=name
    )
    on = local_day(request.now)
    form = forms.SettlePromise(typed(request), initial={"met_on": on})
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: _settle(request, case_id, name, form=form),
            fields={DayImpossible: "met_on", EvidenceNeeded: "evidence"},
            done="Promise settled",
            case_id=case_id,
        )
        if answer:
            return answer
    owed_by = say.OWED_BY[clock.holder]
    notes = [
        f"Owed by {owed_by}, by {say.long_day(clock.due_on)}.",
        clock.why,
    ]
    page = pages.act(clock.label, brief, form, save="Save", notes=notes, on=on)
    return render(request, FORM, {"page": page})


def _close(request: AppRequest, case_id: UUID, form: CloseCase) -> None:
    close_case.close(
        actor=request.actor,
        now=request.now,
        case_id=case_id,
        version=form.cleaned_data["version"],
        ending=close_case.Ending(
            disposition=form.cleaned_data["disposition"],
            reason=form.cleaned_data["reason"],
            no_exit=form.cleaned_data.get("no_exit", ""),
            no_exit_words=form.cleaned_data.get("no_exit_words", ""),
        ),
    )


def _settle(
    request: AppRequest, case_id: UUID, name: UUID, *, form: forms.SettlePromise
) -> None:
    typed_in = form.cleaned_data
    if typed_in["outcome"] == "met":
        settle_clock.mark_met(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            name=name,
            met_on=typed_in["met_on"],
            evidence=typed_in["evidence"],
        )
        return
    settle_clock.mark_not_owed(
        actor=request.actor,
        now=request.now,
        case_id=case_id,
        name=name,
        reason=typed_in["why"],
    )
