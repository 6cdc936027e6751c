"""Conflicts of interest: declaring them, what staff register, and governance."""

from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.casework.types import ConflictKind
from alongside.care.guarding import queries
from alongside.care.guarding.operations import conflicts
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Permission
from alongside.foundation.organisations import queries as organisations
from alongside.web.access import requires
from alongside.web.conflicts import forms, pages
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.workflows import staff_conflicts

FORM, LIST = "guarding/form.html", "guarding/list.html"
PAGE_SIZE, FILE_ROWS = 25, 10_000
# The same whether anything was found or not.
DECLARED = (
    "Thank you. If we hold anything under that reference, it is closed from now on"
)


@requires(Permission.CONFLICT_DECLARE)
@require_safe
def hub(request: AppRequest) -> HttpResponse:
    """Everything about who may see what, for the reader's role."""
    return render(request, LIST, {"page": pages.hub(request.actor)})


@requires(Permission.CONFLICT_DECLARE)
@require_http_methods(["GET", "POST"])
def declare(request: AppRequest) -> HttpResponse:
    """Closes a case to the reader, at their own word."""
    form = forms.Declare(
        request.POST if request.method == "POST" else None,
        initial={"reference": request.GET.get("reference", "")[:80]},
    )
    if form.is_valid():
        _declare(request, form, colleague=None)
        messages.success(request, DECLARED)
        return redirect("conflicts:hub")
    return render(request, FORM, {"page": pages.declare(form)})


@requires(Permission.CONFLICT_GOVERN)
@require_http_methods(["GET", "POST"])
def colleague(request: AppRequest) -> HttpResponse:
    """Closes a case to a colleague."""
    form = forms.Bar(
        request.POST if request.method == "POST" else None,
        colleagues=accounts.list_colleagues(actor=request.actor, now=request.now),
    )
    if form.is_valid():
        _declare(request, form, colleague=form.cleaned_data["colleague"])
        messages.success(request, DECLARED)
        return redirect("conflicts:register")
    return render(request, FORM, {"page": pages.colleague(form)})


@requires(Permission.CONFLICT_GOVERN)
@require_safe
def register(request: AppRequest) -> HttpResponse:
    """The conflicts of the agency's staff, as a page or as a file."""
    standing = request.GET.get("show") != "all"
    if request.GET.get("format") == "csv":
        lines = queries.list_conflicts(
            actor=request.actor, standing=standing, limit=FILE_ROWS
        )
        return csv_file("conflicts", pages.FILE_HEAD, pages.file_rows(lines))
    text = request.GET.get("start", "")
    start = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    lines = queries.list_conflicts(
        actor=request.actor, standing=standing, limit=PAGE_SIZE + 1, skip=start
    )
    page = pages.register(lines, standing=standing, start=start, size=PAGE_SIZE)
    return render(request, LIST, {"page": page})


@requires(Permission.CONFLICT_GOVERN)
@require_http_methods(["GET", "POST"])
def lift(request: AppRequest, conflict_id: UUID) -> HttpResponse:
    """Lets a member of staff in again, saying why."""
    line = queries.get_conflict(actor=request.actor, conflict_id=conflict_id)
    form = forms.Lift(request.POST if request.method == "POST" else None)
    if form.is_valid():
        conflicts.lift_conflict(
            actor=request.actor,
            now=request.now,
            conflict_id=conflict_id,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, f"Lifted: {line.staff} is no longer barred")
        return redirect("conflicts:register")
    return render(request, FORM, {"page": pages.lift(line, form)})


@requires(Permission.CLEARANCE_MANAGE)
@require_http_methods(["GET", "POST"])
def suspect(request: AppRequest) -> HttpResponse:
    """Notes a force's reference for a colleague it suspects."""
    form = forms.Suspect(
        request.POST if request.method == "POST" else None,
        colleagues=accounts.list_colleagues(actor=request.actor, now=request.now),
        forces=[
            (code, name)
            for code, name, _ in organisations.list_forces(
                area_id=request.actor.area_id
            )
        ],
    )
    if form.is_valid():
        staff_conflicts.register_suspect(
            actor=request.actor,
            now=request.now,
            colleague=form.cleaned_data["colleague"],
            force_code=form.cleaned_data["force"],
            reference=form.cleaned_data["reference"],
        )
        messages.success(request, "Noted. Whatever carries that reference is closed")
        return redirect("conflicts:register")
    return render(request, FORM, {"page": pages.suspect(form)})


@requires(Permission.CONFLICT_DECLARE)
@require_http_methods(["GET", "POST"])
def my_details(request: AppRequest) -> HttpResponse:
    """Registers what the reader says of themselves, kept as marks alone."""
    form = forms.MyDetails(request.POST if request.method == "POST" else None)
    if form.is_valid():
        staff_conflicts.register_details(
            actor=request.actor, now=request.now, details=form.details()
        )
        messages.success(request, "Registered. What you typed is not kept")
        return redirect("conflicts:my_details")
    marks = queries.list_my_marks(actor=request.actor)
    return render(request, FORM, {"page": pages.my_details(form, marks)})


def _declare(
    request: AppRequest, form: django_forms.Form, *, colleague: UUID | None
) -> None:
    typed = form.cleaned_data
    conflicts.declare_conflict(
        actor=request.actor,
        now=request.now,
        reference=typed["reference"],
        kind=ConflictKind(typed["kind"]),
        reason=typed["reason"],
        colleague=colleague,
    )
