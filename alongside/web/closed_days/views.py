"""The days on which offices of the area are closed, and adding and withdrawing one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries
from alongside.foundation.organisations.rules import ClosedDayImpossible
from alongside.web.access import requires
from alongside.web.casework.views.saving import typed
from alongside.web.closed_days import forms, pages, say
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.workflows import keep_calendar

FORM, CHECK = "closed_days/form.html", "closed_days/check.html"


@requires(Permission.CALENDAR_VIEW)
@require_safe
def listed(request: AppRequest) -> HttpResponse:
    """Bank holidays and the area's own days, to come or of one year; also as a file."""
    today = local_day(request.now)
    lines = pages.lines(
        queries.list_closed_days(),
        year=pages.year_of(request.GET.get("year", "")),
        today=today,
    )
    if request.GET.get("format") == "csv":
        return csv_file("closed-days", pages.FILE_HEAD, pages.file_rows(lines))
    page = pages.listed(lines, asked=request.GET, actor=request.actor, today=today)
    return render(request, "closed_days/list.html", {"page": page})


@requires(Permission.CALENDAR_KEEP)
@require_http_methods(["GET", "POST"])
def add(request: AppRequest) -> HttpResponse:
    """Asks which days, shows what they would move, and keeps them once confirmed."""
    _keepers_only(request)
    form = forms.Closing(typed(request))
    if form.is_valid() and "change" not in request.POST:
        actor, now, closing = request.actor, request.now, form.closing()
        try:
            if "sure" in request.POST:
                days = keep_calendar.add_days(actor=actor, now=now, closing=closing)
                messages.success(request, pages.added(days))
                return redirect("closed_days:list")
            preview = keep_calendar.preview_adding(
                actor=actor, now=now, closing=closing
            )
        except ClosedDayImpossible as refusal:
            form.add_error(refusal.field, refusal.user_message)
        else:
            page = pages.check(closing, preview, form)
            return render(request, CHECK, {"page": page})
    return render(request, FORM, {"page": pages.add(form)})


@requires(Permission.CALENDAR_KEEP)
@require_http_methods(["GET", "POST"])
def withdraw(request: AppRequest, day_id: UUID) -> HttpResponse:
    """Shows what would move back, asks why, and takes the day back."""
    _keepers_only(request)
    day = queries.get_closed_day(public_id=day_id)
    if day.withdrawn_at is not None:
        raise NotFound("That day was taken back already")
    form = forms.Withdraw(typed(request))
    if form.is_valid():
        try:
            keep_calendar.withdraw_day(
                actor=request.actor,
                now=request.now,
                day_id=day_id,
                reason=form.cleaned_data["reason"],
            )
        except ClosedDayImpossible as refusal:
            form.add_error("reason", refusal.user_message)
        else:
            done = f"{say.weekday(day.on)} is taken back. {pages.SOON}"
            messages.success(request, done)
            return redirect("closed_days:list")
    preview = keep_calendar.preview_withdrawing(
        actor=request.actor, now=request.now, day=day
    )
    page = pages.withdraw(day, preview, form)
    return render(request, FORM, {"page": page})


def _keepers_only(request: AppRequest) -> None:
    if not keep_calendar.may_keep(request.actor):
        raise NotAllowed
