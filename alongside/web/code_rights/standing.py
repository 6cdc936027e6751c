"""What is owed with no day set: in one case, and settling it."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.journey.operations import DayImpossible, EvidenceNeeded
from alongside.care.journey.types.standing import StandingState
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework.forms import SettlePromise
from alongside.web.code_rights import standing_pages as pages
from alongside.web.govuk.forms import PlainForm
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.workflows import standing

CARDS = "planning/cards.html"


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, case_id: UUID) -> HttpResponse:
    """What is owed in a case with no day set, and what we know of it."""
    view = standing.read_standing(actor=request.actor, now=request.now, case_id=case_id)
    page = pages.standing_page(view, actor=request.actor)
    return render(request, CARDS, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def settle(request: AppRequest, case_id: UUID, name: UUID) -> HttpResponse:
    """Says that it was done, and how we know; or that it is not owed, and why."""
    view = standing.read_standing(actor=request.actor, now=request.now, case_id=case_id)
    part = standing.find_part(view, name)
    if part.line.state is not StandingState.OWED:
        raise NotFound("We could not find that promise, or it is settled already")
    form = SettlePromise(typed(request), initial={"met_on": local_day(request.now)})
    return asked(
        request,
        form,
        lambda: _settle(request, case_id, name, form),
        page=lambda form: pages.settle_page(view, part, form),
        done="Saved",
        to=reverse("code_rights:standing", args=[case_id]),
        fields={DayImpossible: "met_on", EvidenceNeeded: "evidence"},
    )


def _settle(request: AppRequest, case_id: UUID, name: UUID, form: forms.Form) -> None:
    said = form.cleaned_data
    if said["outcome"] == "met":
        standing.settle_met(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            name=name,
            met_on=said["met_on"],
            evidence=said["evidence"],
        )
        return
    standing.settle_not_owed(
        actor=request.actor,
        now=request.now,
        case_id=case_id,
        name=name,
        reason=said["why"],
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def owed_again(request: AppRequest, case_id: UUID, name: UUID) -> HttpResponse:
    """Says that what was written of it was a mistake."""
    view = standing.read_standing(actor=request.actor, now=request.now, case_id=case_id)
    part = standing.find_part(view, name)
    if not part.may_take_back:
        raise NotFound("We could not find that promise, or nobody has settled it")
    return asked(
        request,
        PlainForm(typed(request)),
        lambda: standing.take_back(
            actor=request.actor, now=request.now, case_id=case_id, name=name
        ),
        page=lambda form: pages.again_page(view, part, form),
        done="Taken back",
        to=reverse("code_rights:standing", args=[case_id]),
    )
