"""Volunteers and the hours they give."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.casework import queries as casework
from alongside.care.planning.operations import volunteers
from alongside.care.planning.permissions import CannotPlan, PlanDayNeeded
from alongside.care.planning.queries import volunteers as queries
from alongside.care.planning.queries.volunteers import (
    HoursLine,
    MonthLine,
    VolunteerLine,
)
from alongside.care.planning.tables import WORK
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework import say
from alongside.web.components.base import Act, EmptyState, Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.exports import csv_file
from alongside.web.planning import forms, supervising_forms
from alongside.web.planning.pages import FormPage, TablesPage
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.web.words import say_day

TABLES = "planning/tables.html"


class NoSuchCase(DomainError):
    user_message = "We could not find that case. Check the reference"


YEAR, NEWEST = timedelta(days=366), 50
MONTHS = ("Month", "Volunteer", "What for", "Entries", "Hours")


def _whole(request: AppRequest) -> bool:
    """Whether the reader sees everybody's hours, or only their own."""
    return request.actor.has(Permission.CASE_SUPERVISE)


@requires(Permission.WORK_VIEW)
@require_safe
def hours(request: AppRequest) -> HttpResponse:
    """Totals by month, the newest entries, and who gives their time."""
    today, actor = local_day(request.now), request.actor
    mine = None if _whole(request) else actor.user_id
    months = queries.sum_hours(
        actor=actor,
        since=(today - YEAR).replace(day=1),
        until=today + timedelta(days=1),
        user_id=mine,
    )
    if request.GET.get("format") == "csv":
        rows = (_month(one) for one in months)
        return csv_file("volunteer-hours", MONTHS, rows)
    people = queries.list_volunteers(actor=actor)
    entries = queries.list_hours(actor=actor, user_id=mine, limit=NEWEST)
    page = TablesPage(
        title="Volunteers",
        heading="Volunteers",
        notes=("Hours given to a case that you may not see are not counted here.",),
        acts=tuple(_acts(people, mine)),
        tables=tuple(_tables(months, entries, people, whole=mine is None)),
        empty=None
        if months or people
        else EmptyState(
            heading="No hours are written down yet",
            text="A supervisor first says who gives their time.",
        ),
        export=Link(
            text="Save as a file (CSV)",
            href=f"{reverse('planning:volunteers')}?format=csv",
        )
        if months
        else None,
    )
    return render(request, TABLES, {"page": page})


def _acts(people: list[VolunteerLine], mine: int | None) -> list[Act]:
    current = [one for one in people if one.until is None]
    acts = []
    if any(mine in (None, one.user_id) for one in current):
        acts.append(Act(text="Write down hours", href=reverse("planning:log_hours")))
    if mine is None:
        mark_at = reverse("planning:mark_volunteer")
        acts.append(Act(text="Somebody gives their time", href=mark_at))
    return acts


def _month(one: MonthLine) -> tuple[str, ...]:
    return (
        f"{one.month:%B %Y}",
        one.name,
        WORK[one.work].label,
        str(one.entries),
        f"{one.minutes / 60:.1f}",
    )


def _tables(
    months: list[MonthLine],
    entries: Sequence[HoursLine],
    people: list[VolunteerLine],
    *,
    whole: bool,
) -> list[DataTable]:
    found = []
    if months:
        *texts, entries_head, hours_head = MONTHS
        found.append(
            DataTable(
                caption="By month",
                columns=(
                    *(Column(heading=one) for one in texts),
                    Column(heading=entries_head, numeric=True),
                    Column(heading=hours_head, numeric=True),
                ),
                rows=tuple(_month(one) for one in months),
            )
        )
    if entries:
        found.append(_entries(entries))
    if whole and people:
        found.append(_people(people))
    return found


def _entries(entries: Sequence[HoursLine]) -> DataTable:
    return DataTable(
        caption="Newest entries",
        columns=tuple(
            Column(heading=one)
            for one in ("Day", "Volunteer", "What for", "How long", "Case", "")
        ),
        rows=tuple(
            (
                say_day(one.day),
                one.name,
                " ".join(filter(None, (WORK[one.work].label, one.words))),
                f"{one.minutes // 60} h {one.minutes % 60:02} min",
                Link(
                    text=say.reference(one.case_id),
                    href=reverse("casework:case", args=[one.case_id]),
                )
                if one.case_id
                else "",
                Link(
                    text="Undo",
                    href=reverse("planning:undo", args=[one.hours_id]),
                    about=f"{one.name}, {say_day(one.day)}",
                ),
            )
            for one in entries
        ),
    )


def _people(people: list[VolunteerLine]) -> DataTable:
    return DataTable(
        caption="Who gives their time",
        columns=tuple(Column(heading=one) for one in ("Who", "Since", "Until")),
        rows=tuple(
            (
                one.name,
                say_day(one.since),
                say_day(one.until)
                if one.until
                else Link(
                    text="End",
                    href=reverse("planning:unmark", args=[one.public_id]),
                    about=one.name,
                ),
            )
            for one in people
        ),
    )


def _form(heading: str, form: django_forms.Form, save: str, *notes: str) -> FormPage:
    return FormPage(
        title=f"Error: {heading}" if form.errors else heading,
        heading=heading,
        caption="Volunteers",
        form=form,
        back=reverse("planning:volunteers"),
        back_text="Back",
        save=save,
        notes=notes,
    )


@requires(Permission.WORK_VIEW)
@require_http_methods(["GET", "POST"])
def log(request: AppRequest) -> HttpResponse:
    """Writes down time that a volunteer gave."""
    actor, whole = request.actor, _whole(request)
    people = [
        one
        for one in queries.list_volunteers(actor=actor)
        if whole or one.user_id == actor.user_id
    ]
    if not people:
        messages.warning(request, "A supervisor first says who gives their time")
        return redirect("planning:volunteers")
    form = supervising_forms.LogHours(
        typed(request), volunteers=people, initial={"day": local_day(request.now)}
    )
    keys = {one.public_id: one.user_id for one in people}

    def do() -> object:
        data = form.cleaned_data
        return volunteers.log_hours(
            actor=actor,
            now=request.now,
            user_id=keys[data["volunteer"]],
            day=data["day"],
            minutes=data["total"],
            work=data["work"],
            words=data["words"],
            case_id=_case(data["reference"]),
        )

    return asked(
        request,
        form,
        do,
        page=lambda form: _form("Write down hours", form, "Save"),
        done="Hours written down",
        to=reverse("planning:volunteers"),
        fields={
            PlanDayNeeded: "day",
            volunteers.HoursImpossible: "hours",
            volunteers.NoVolunteer: "day",
            NoSuchCase: "reference",
        },
    )


def _case(reference: str) -> UUID | None:
    if not reference.strip():
        return None
    found = casework.find_by_reference(reference=reference)
    if found is None:
        raise NoSuchCase
    return found[0]


@requires(Permission.CASE_SUPERVISE)
@require_http_methods(["GET", "POST"])
def mark(request: AppRequest) -> HttpResponse:
    """Says that somebody gives their time."""
    workers = accounts.list_workers(agency_id=request.actor.agency_id, now=request.now)
    form = supervising_forms.Mark(
        typed(request), workers=[(one.public_id, one.name) for one in workers]
    )
    keys = {one.public_id: one.user_id for one in workers}
    return asked(
        request,
        form,
        lambda: volunteers.mark_volunteer(
            actor=request.actor,
            now=request.now,
            user_id=keys[form.cleaned_data["worker"]],
        ),
        page=lambda form: _form("Somebody gives their time", form, "Save"),
        done="Saved",
        to=reverse("planning:volunteers"),
        fields={CannotPlan: "worker"},
    )


@requires(Permission.CASE_SUPERVISE)
@require_http_methods(["GET", "POST"])
def unmark(request: AppRequest, user_id: UUID) -> HttpResponse:
    """Says that somebody gives their time no more."""
    people = queries.list_volunteers(actor=request.actor)
    found = [one for one in people if one.public_id == user_id and one.until is None]
    if not found:
        raise NotFound("We could not find that volunteer")
    form = forms.Sure(typed(request), initial={"version": 1})
    return asked(
        request,
        form,
        lambda: volunteers.unmark_volunteer(
            actor=request.actor, now=request.now, user_id=found[0].user_id
        ),
        page=lambda form: _form(
            f"{found[0].name} gives their time no more?",
            form,
            "Save",
            "Their hours stay.",
        ),
        done="Saved",
        to=reverse("planning:volunteers"),
    )


@requires(Permission.WORK_VIEW)
@require_http_methods(["GET", "POST"])
def undo(request: AppRequest, hours_id: UUID) -> HttpResponse:
    """Takes back hours that were written down by mistake."""
    form = forms.Sure(typed(request), initial={"version": 1})
    return asked(
        request,
        form,
        lambda: volunteers.undo_hours(
            actor=request.actor, now=request.now, hours_id=hours_id
        ),
        page=lambda form: _form(
            "Take these hours back?", form, "Take them back", "They no longer count."
        ),
        done="The hours no longer count",
        to=reverse("planning:volunteers"),
    )
