"""Why somebody cannot be reached, and everything that is not owed because of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.journey.operations.reach import (
    ReachImpossible,
    end_reach,
    look_again,
    say_out_of_reach,
)
from alongside.care.journey.types import DutyHolder
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.owed import chosen as choose
from alongside.web.reach import forms, pages
from alongside.web.requests import AppRequest
from alongside.workflows import read_reach

FORM, TABLES = "guarding/form.html", "planning/tables.html"
PAGE_SIZE, FILE_ROWS = 50, 10_000


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def reach(request: AppRequest, case_id: UUID) -> HttpResponse:
    """When somebody was out of reach, and the form for saying that a body cannot tell
    them."""
    view = read_reach.read_reach(actor=request.actor, now=request.now, case_id=case_id)
    form = forms.OutOfReach(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            say_out_of_reach(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                basis=typed["basis"],
                holder=DutyHolder(typed["holder"]),
                words=typed["words"],
            )
        except ReachImpossible as refusal:
            form.add_error("basis", refusal.user_message)
        else:
            messages.success(request, "Saved. What they promised is not owed for now")
            return redirect("reach:reach", case_id=case_id)
    return render(request, FORM, {"page": pages.reach(view, form)})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def again(request: AppRequest, case_id: UUID, reach_id: UUID) -> HttpResponse:
    """Looks again at one reason: it is still so, or it is over."""
    view = read_reach.read_reach(actor=request.actor, now=request.now, case_id=case_id)
    line = read_reach.find_line(view, reach_id)
    form = forms.LookAgain(
        request.POST if request.method == "POST" else None,
        only_over=line.review_on is None,
    )
    if not form.is_valid():
        return render(request, FORM, {"page": pages.again(view, line, form)})
    if form.cleaned_data["found"] == "over":
        end_reach(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            reach_id=reach_id,
            why=form.cleaned_data["why"],
        )
        messages.success(request, "Saved. Promises are owed again")
    else:
        look_again(
            actor=request.actor, now=request.now, case_id=case_id, reach_id=reach_id
        )
        messages.success(request, "Saved. Somebody looks again in four weeks")
    return redirect("reach:reach", case_id=case_id)


@requires(Permission.WORK_VIEW)
@require_safe
def not_owed(request: AppRequest) -> HttpResponse:
    """Promises that are not owed because of facts, by why, and who is out of reach: as
    a page or as a file."""
    if request.GET.get("format") == "csv":
        cases = read_reach.export_not_owed(
            actor=request.actor, now=request.now, limit=FILE_ROWS
        )
        return csv_file("not-owed", pages.FILE_HEAD, pages.file_rows(cases))
    basis = request.GET.get("why", "")
    start = choose.number(request.GET.get("start", ""))
    view = read_reach.read_not_owed(
        now=request.now, basis=basis, start=start, size=PAGE_SIZE
    )
    page = pages.not_owed(view, basis=basis, start=start, size=PAGE_SIZE)
    return render(request, TABLES, {"page": page})
