"""Walls inside the agency: putting cases behind them, and who passes which."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.casework.operations.working import CaseChanged
from alongside.care.guarding import queries
from alongside.care.guarding.operations import compartments
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.operations import clearances as operations
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.organisations import queries as organisations
from alongside.web.access import requires
from alongside.web.compartments import forms, pages
from alongside.web.requests import AppRequest
from alongside.workflows.read_case import read_walls

FORM, LIST = "guarding/form.html", "guarding/list.html"


@requires(Permission.COMPARTMENT_SET)
@require_http_methods(["GET", "POST"])
def set_walls(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Puts a case behind walls, or takes them away."""
    brief, walls = read_walls(actor=request.actor, now=request.now, case_id=case_id)
    form = forms.SetWalls(
        request.POST if request.method == "POST" else None,
        initial={"version": brief.case.version, "walls": list(walls)},
    )
    if form.is_valid():
        typed = form.cleaned_data
        kept = [code for code in walls if code not in forms.CODES]
        try:
            sees = compartments.set_compartments(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                version=typed["version"],
                chosen=[*typed["walls"], *kept],
                reason=typed["reason"],
            )
        except (NotFound, NotAllowed):
            raise
        except CaseChanged as refusal:
            form = forms.SetWalls(
                {**request.POST.dict(), "version": brief.case.version},
            )
            form.add_error(None, refusal.user_message)
        except DomainError as refusal:
            form.add_error("walls", refusal.user_message)
        else:
            return _saved(request, case_id, sees=sees)
    return render(request, FORM, {"page": pages.set_walls(brief, form)})


@requires(Permission.COMPARTMENT_SET)
@require_safe
def counts(request: AppRequest) -> HttpResponse:
    """How many cases stand behind walls the reader, or a whole team, does not pass."""
    page = pages.counts(
        queries.count_hidden(actor=request.actor),
        queries.count_uncovered(actor=request.actor),
        teams=organisations.list_teams(agency_id=request.actor.agency_id),
    )
    return render(request, LIST, {"page": page})


@requires(Permission.CLEARANCE_MANAGE)
@require_http_methods(["GET", "POST"])
def clearances(request: AppRequest) -> HttpResponse:
    """Who is cleared by name, and clearing somebody."""
    form = forms.GiveClearance(
        request.POST if request.method == "POST" else None,
        colleagues=accounts.list_colleagues(actor=request.actor, now=request.now),
    )
    if form.is_valid():
        try:
            operations.give_clearance(
                actor=request.actor,
                now=request.now,
                user_id=form.cleaned_data["colleague"],
                compartment=form.cleaned_data["compartment"],
                reason=form.cleaned_data["reason"],
                until=form.ends(),
            )
        except operations.EndNeeded as refusal:
            form.add_error("until", refusal.user_message)
        else:
            messages.success(request, "Cleared. It counts from their next page")
            return redirect("compartments:clearances")
    lines = accounts.list_clearances(actor=request.actor, now=request.now)
    return render(request, FORM, {"page": pages.clearances(lines, form)})


@requires(Permission.CLEARANCE_MANAGE)
@require_http_methods(["GET", "POST"])
def end(request: AppRequest, clearance_id: UUID) -> HttpResponse:
    """Ends a clearance, once somebody is sure."""
    lines = accounts.list_clearances(actor=request.actor, now=request.now)
    line = next((one for one in lines if one.clearance_id == clearance_id), None)
    if line is None:
        raise NotFound("We could not find that clearance, or it has ended")
    if request.method == "POST":
        operations.end_clearance(
            actor=request.actor, now=request.now, clearance_id=clearance_id
        )
        compartments.return_uncleared(
            actor=request.actor, now=request.now, case_ids=None
        )
        messages.success(request, f"Ended: {line.staff} is no longer cleared")
        return redirect("compartments:clearances")
    return render(request, FORM, {"page": pages.end(line, forms.Nothing())})


def _saved(request: AppRequest, case_id: UUID, *, sees: bool) -> HttpResponse:
    if not sees:
        messages.success(request, "Saved. You are not cleared for that case any more")
        return redirect("conflicts:hub")
    messages.success(request, "Saved. Whoever is not cleared no longer sees the case")
    if request.actor.has(Permission.CASE_VIEW):
        return redirect("casework:case", case_id=case_id)
    return redirect("compartments:set", case_id=case_id)
