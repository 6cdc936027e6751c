"""Taking a case, noting, planning what is next, and handing over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from alongside.care.casework.operations import working
from alongside.care.casework.types import NoteKind
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework import forms
from alongside.web.casework.pages import acts as pages
from alongside.web.casework.views.saving import news, opened_at, save, typed
from alongside.web.requests import AppRequest
from alongside.workflows import pass_on
from alongside.workflows.read_case import read_brief

FORM = "casework/act.html"


@requires(Permission.CASE_WORK)
@require_POST
def take(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Takes a case that nobody holds."""
    try:
        working.take_case(actor=request.actor, now=request.now, case_id=case_id)
    except working.CannotMove as refusal:
        messages.warning(request, refusal.user_message)
    else:
        messages.success(request, "This case is now yours")
    return redirect("casework:case", case_id=case_id)


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add_note(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Writes a note on a case."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    form = forms.AddNote(typed(request))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: working.add_note(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                kind=NoteKind.SHARED,
                text=form.cleaned_data["text"],
            ),
            fields={working.WordsNeeded: "text"},
            done="Note added",
            case_id=case_id,
        )
        if answer:
            return answer
    page = pages.act(
        "Add a note",
        brief,
        form,
        save="Add note",
        on=local_day(request.now),
        own_heading=False,
    )
    return render(request, FORM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def next_action(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Says what happens next, and by which day."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    form = forms.NextAction(typed(request), initial=opened_at(request, brief))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: working.set_next_action(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                version=form.cleaned_data["version"],
                words=form.cleaned_data["words"],
                on=form.cleaned_data["on"],
            ),
            fields={working.WordsNeeded: "words", working.DayNeeded: "on"},
            done="Next action saved",
            case_id=case_id,
        )
        if answer:
            return answer
    found, form_now = news(request, form, brief)
    now_planned = brief.case.next_action
    page = pages.act(
        "What happens next?",
        brief,
        form_now,
        save="Save next action",
        notes=[f"Planned now: {now_planned}"] if now_planned else (),
        news=found,
        on=local_day(request.now),
    )
    return render(request, FORM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def hand_over(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Passes a case to another team or worker, saying why."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    hands = pass_on.read_hands(
        actor=request.actor, now=request.now, case_key=brief.case.case_id
    )
    with_now = [one for one in hands.teams if one.team_id == brief.case.team_id]
    form = forms.HandOver(
        typed(request),
        hands=hands,
        initial=opened_at(request, brief)
        | {"team": str(with_now[0].public_id) if with_now else ""},
    )
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: pass_on.hand_over(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                version=form.cleaned_data["version"],
                team_id=form.cleaned_data["team"],
                worker_id=form.cleaned_data["worker"],
                reason=form.cleaned_data["reason"],
            ),
            fields={working.ReasonNeeded: "reason"},
            done="Case handed over",
            case_id=case_id,
        )
        if answer:
            return answer
    found, form_now = news(request, form, brief)
    held_by = brief.case.worker_name or "nobody"
    page = pages.act(
        "Hand over",
        brief,
        form_now,
        save="Hand over",
        notes=[f"Held now by {held_by}, {brief.case.team_name}"],
        news=found,
        on=local_day(request.now),
    )
    return render(request, FORM, {"page": page})
