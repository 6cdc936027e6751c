"""The three ways to settle a held referral."""

from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.care.intake.operations import holds
from alongside.care.intake.tables import HOLDS
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.intake import forms, held_pages
from alongside.web.requests import AppRequest
from alongside.web.words import say_day
from alongside.workflows.read_held import HeldLine, read_held_line
from alongside.workflows.settle_hold import accept_held


@requires(Permission.HELD_DECIDE)
@require_http_methods(["GET", "POST"])
def accept(request: AppRequest, hold_id: UUID) -> HttpResponse:
    """Works a held referral in spite of what held it, and opens its case."""
    line = _line(request, hold_id)
    form = forms.Accept(_sent(request))
    if not form.is_valid():
        return _ask(request, "accept", line, form)
    case_id = accept_held(
        actor=request.actor,
        now=request.now,
        hold_id=hold_id,
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, held_pages.say_accepted())
    return redirect("casework:case", case_id)


@requires(Permission.HELD_DECIDE)
@require_http_methods(["GET", "POST"])
def return_to_force(request: AppRequest, hold_id: UUID) -> HttpResponse:
    """Sends a held referral back to the force, saying what is asked of it."""
    line = _line(request, hold_id)
    first = forms.first_code(HOLDS[line.held.code].return_code)
    form = forms.Return(_sent(request), initial=first)
    if not form.is_valid():
        return _ask(request, "return", line, form)
    holds.return_to_force(
        actor=request.actor,
        now=request.now,
        hold_id=hold_id,
        code=form.cleaned_data["code"],
        note=form.cleaned_data["note"],
    )
    messages.success(request, held_pages.say_returned(line.force_name))
    return redirect("intake:held")


@requires(Permission.HELD_DECIDE)
@require_http_methods(["GET", "POST"])
def wait(request: AppRequest, hold_id: UUID) -> HttpResponse:
    """Puts a held referral off until a day."""
    line = _line(request, hold_id)
    form = forms.Wait(_sent(request))
    if form.is_valid():
        try:
            held = holds.wait_until(
                actor=request.actor,
                now=request.now,
                hold_id=hold_id,
                day=form.cleaned_data["until"],
                reason=form.cleaned_data["reason"],
            )
        except holds.DayPast as error:
            form.add_error("until", error.user_message)
        else:
            until = say_day(held.wait_until or form.cleaned_data["until"])
            messages.success(request, held_pages.say_waiting(until))
            return redirect("intake:held")
    return _ask(request, "wait", line, form)


HEADINGS = {
    "accept": "Accept the referral anyway",
    "return": "Return the referral to the force",
    "wait": "Wait until a day",
}


def _sent(request: AppRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _line(request: AppRequest, hold_id: UUID) -> HeldLine:
    return read_held_line(actor=request.actor, now=request.now, hold_id=hold_id)


def _ask(
    request: AppRequest, act: str, line: HeldLine, form: django_forms.Form
) -> HttpResponse:
    page = held_pages.settle(HEADINGS[act], form, line=line)
    return render(request, f"intake/{act}.html", {"page": page})
