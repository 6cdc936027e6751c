"""The appointments of a case, and the reader's week."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.planning.operations import appointments
from alongside.care.planning.operations.appointments import (
    AppointmentAsked,
    BeginsNeeded,
    TooLong,
)
from alongside.care.planning.permissions import PlanDayNeeded, PlanWordsNeeded
from alongside.care.planning.queries.meetings import AppointmentLine
from alongside.care.planning.types import Attendance, CancelledBy, Meeting
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import LONDON, local_day
from alongside.web.access import requires
from alongside.web.planning import forms, meeting_forms, meeting_pages, pages
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.workflows import plan_support
from alongside.workflows.pass_on import Hands, read_hands
from alongside.workflows.plan_support import UnsafeReminder
from alongside.workflows.read_case import CaseBrief, read_brief

CARDS = "planning/cards.html"
FIELDS = {
    BeginsNeeded: "on",
    TooLong: "ends",
    UnsafeReminder: "reminder",
    PlanWordsNeeded: "purpose",
    PlanDayNeeded: "on",
}


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, case_id: UUID) -> HttpResponse:
    """The appointments of a case."""
    brief, lines = plan_support.read_appointments(
        actor=request.actor, now=request.now, case_id=case_id
    )
    page = meeting_pages.appointments_page(
        brief, lines, actor=request.actor, now=request.now
    )
    return render(request, CARDS, {"page": page})


def _find(
    request: AppRequest, case_id: UUID, appointment_id: UUID
) -> tuple[CaseBrief, AppointmentLine]:
    brief, lines = plan_support.read_appointments(
        actor=request.actor, now=request.now, case_id=case_id
    )
    for line in lines:
        if line.appointment_id == appointment_id:
            return brief, line
    raise NotFound("We could not find that appointment")


def _form(
    request: AppRequest, brief: CaseBrief, initial: dict[str, object]
) -> tuple[meeting_forms.EditAppointment, Hands]:
    hands = read_hands(
        actor=request.actor, now=request.now, case_key=brief.case.case_id
    )
    offered = plan_support.read_reminders(
        actor=request.actor, now=request.now, case_id=brief.case.public_id
    )
    form = meeting_forms.EditAppointment(
        typed(request), hands=hands, offered=offered, initial=initial
    )
    return form, hands


def _asked(form: meeting_forms.EditAppointment, hands: Hands) -> AppointmentAsked:
    data = form.cleaned_data
    keys = {one.public_id: one.user_id for one, _ in hands.workers}
    return AppointmentAsked(
        worker_id=keys.get(data["worker"]),
        with_words=data["with_words"],
        begins=data["begins_at"],
        ends=data["ends_at"],
        how=Meeting(data["how"]),
        place=data["place"],
        purpose=data["purpose"],
        reminder=data["reminder"],
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def add(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Makes an appointment."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    form, hands = _form(request, brief, {})
    mine = [one for one, _ in hands.workers if one.user_id == request.actor.user_id]
    if mine:
        form.initial["worker"] = str(mine[0].public_id)
    return asked(
        request,
        form,
        lambda: plan_support.set_appointment(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            appointment_id=None,
            version=0,
            asked=_asked(form, hands),
        ),
        page=lambda form: pages.form_page(
            "Make an appointment",
            brief,
            form,
            save="Make appointment",
            back="appointments",
        ),
        done="Appointment made",
        to=pages.at("appointments", brief),
        fields=FIELDS,
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def change(request: AppRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Moves or changes an appointment."""
    brief, line = _find(request, case_id, appointment_id)
    begins, ends = line.begins.astimezone(LONDON), line.ends.astimezone(LONDON)
    form, hands = _form(
        request,
        brief,
        {
            "version": line.version,
            "purpose": line.purpose,
            "on": begins.date(),
            "begins": f"{begins:%H:%M}",
            "ends": f"{ends:%H:%M}",
            "how": line.how.value,
            "place": line.place,
            "worker": str(line.worker_id or ""),
            "with_words": line.with_words,
            "reminder": line.reminder,
        },
    )
    return asked(
        request,
        form,
        lambda: plan_support.set_appointment(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            appointment_id=appointment_id,
            version=form.cleaned_data["version"],
            asked=_asked(form, hands),
        ),
        page=lambda form: pages.form_page(
            "Move or change the appointment",
            brief,
            form,
            save="Save",
            back="appointments",
        ),
        done="Appointment saved",
        to=pages.at("appointments", brief),
        fields=FIELDS,
        version=line.version,
        now=meeting_pages.appointment_card(line, now=request.now, change=False),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def end(request: AppRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Says whether they came, or who cancelled."""
    brief, line = _find(request, case_id, appointment_id)
    form = meeting_forms.EndAppointment(
        typed(request), initial={"version": line.version}
    )

    def do() -> object:
        by = form.cleaned_data["cancelled_by"]
        return appointments.end_appointment(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            appointment_id=appointment_id,
            version=form.cleaned_data["version"],
            state=Attendance(form.cleaned_data["state"]),
            cancelled_by=CancelledBy(by) if by else None,
            outcome=form.cleaned_data["outcome"],
        )

    return asked(
        request,
        form,
        do,
        page=lambda form: pages.form_page(
            "What became of the appointment?",
            brief,
            form,
            save="Save",
            back="appointments",
            notes=[f"{line.purpose}, {meeting_pages.when(line)}"],
        ),
        done="Saved. If that was a mistake, undo it beside the appointment",
        to=pages.at("appointments", brief),
        version=line.version,
        now=meeting_pages.appointment_card(line, now=request.now, change=False),
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def reopen(request: AppRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Takes back what was said of how an appointment ended."""
    brief, line = _find(request, case_id, appointment_id)
    form = forms.Sure(typed(request), initial={"version": line.version})
    return asked(
        request,
        form,
        lambda: appointments.reopen_appointment(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            appointment_id=appointment_id,
            version=form.cleaned_data["version"],
        ),
        page=lambda form: pages.form_page(
            "Planned again?",
            brief,
            form,
            save="Undo",
            back="appointments",
            notes=[f"{line.purpose}, {meeting_pages.when(line)}"],
        ),
        done="The appointment is planned again",
        to=pages.at("appointments", brief),
        version=line.version,
        now=meeting_pages.appointment_card(line, now=request.now, change=False),
    )


@requires(Permission.WORK_VIEW)
@require_safe
def calendar(request: AppRequest) -> HttpResponse:
    """The reader's week: appointments, and actions that are theirs."""
    week = plan_support.read_week(
        actor=request.actor,
        now=request.now,
        starts=_week_of(request.GET.get("from", ""), local_day(request.now)),
    )
    return render(
        request, CARDS, {"page": meeting_pages.week_page(week, now=request.now)}
    )


def _week_of(text: str, today: date) -> date:
    """The Monday of the week of a day as it stands in an address; else this week's."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    if abs(day.year - today.year) > 5:  # no further than anybody plans
        day = today
    return day - timedelta(days=day.weekday())
