"""Logging an attempt to reach the person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alongside.care.casework.operations import working
from alongside.care.contact.operations import (
    ChannelRefused,
    ResultDoesNotFit,
    TimeImpossible,
)
from alongside.care.contact.types import Channel
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError
from alongside.web.access import requires
from alongside.web.casework import forms, say
from alongside.web.casework.pages import acts as pages
from alongside.web.casework.views.saving import save, typed
from alongside.web.requests import AppRequest
from alongside.workflows import log_contact as workflow
from alongside.workflows.read_case import CaseBrief, read_brief

FIELDS: dict[type[DomainError], str] = {
    ChannelRefused: "channel",
    ResultDoesNotFit: "channel",
    TimeImpossible: "on",
    working.WordsNeeded: "next_action",
    working.DayNeeded: "next_action_on",
}
PLANNED = "Leave both empty to keep what is planned"


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def log_contact(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Logs one attempt, by a channel that is safe, and what happens next."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    channels = workflow.read_channels(
        actor=request.actor, now=request.now, case_id=case_id
    )
    day, time = forms.local_now(request.now)
    form = forms.LogContact(
        typed(request),
        offered=channels.offered,
        keeps=_what_stands(brief),
        initial={"on": day, "time": time},
    )
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: _log(request, case_id, form),
            fields=FIELDS,
            done="Contact logged",
            case_id=case_id,
        )
        if answer:
            return answer
    page = pages.contact(brief, channels, form)
    return render(request, "casework/contact.html", {"page": page})


def _what_stands(brief: CaseBrief) -> str:
    case = brief.case
    if not case.next_action or case.next_action_on is None:
        return ""
    return f"{PLANNED}: {case.next_action}, by {say.long_day(case.next_action_on)}"


def _log(request: AppRequest, case_id: UUID, form: forms.LogContact) -> None:
    typed_in = form.cleaned_data
    outcome = workflow.log_contact(
        actor=request.actor,
        now=request.now,
        case_id=case_id,
        at=typed_in["at"],
        channel=Channel(typed_in["channel"]),
        result=typed_in["result"],
        words=typed_in["words"],
        next_action=typed_in["next_action"],
        next_action_on=typed_in["next_action_on"],
    )
    if outcome.ends_route != "no":
        messages.warning(request, f"{outcome.label}: {outcome.meaning}")
