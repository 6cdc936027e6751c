"""The journey of a case, and what is written down of it."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.journey.operations import DayImpossible, EvidenceNeeded
from alongside.care.journey.operations.untelling import UntoldWhyNeeded
from alongside.care.journey.queries import EventLine
from alongside.care.journey.tables import EVENTS
from alongside.care.journey.types import DutyHolder
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import LONDON, local_day
from alongside.web.access import requires
from alongside.web.journey import forms, pages
from alongside.web.planning.saving import FORM, asked, typed
from alongside.web.requests import AppRequest
from alongside.workflows import record_event as writing
from alongside.workflows.read_journey import JourneyView, read_journey

CRIME = "crime-"
FIELDS = {
    writing.TimeImpossible: "on",
    writing.ReceivedImpossible: "received_on",
    writing.WhyNeeded: "why",
}
KEPT_TOLD = "What was written stays to be seen, with your reason."
OWED_AGAIN = (
    "They are to be told: what was promised is owed again from when it happened, and"
    " shows as missed where its day has passed."
)


def _read(request: AppRequest, case_id: UUID) -> JourneyView:
    return read_journey(actor=request.actor, now=request.now, case_id=case_id)


def _event(view: JourneyView, event_id: UUID) -> EventLine:
    for event in view.events:
        if event.public_id == event_id and event.superseded_by is None:
            return event
    raise NotFound("We could not find that in this case, or it was corrected already")


def _to(view: JourneyView) -> str:
    return reverse("journey:journey", args=[view.brief.case.public_id])


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, case_id: UUID) -> HttpResponse:
    """The journey of a case, open or closed."""
    page = pages.journey(_read(request, case_id), actor=request.actor)
    return render(request, "planning/cards.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def record(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Asks what happened."""
    view = _read(request, case_id)
    form = forms.ChooseEvent(typed(request))
    if form.is_valid():
        return redirect("journey:record_event", case_id, form.cleaned_data["event"])
    page = pages.form("Write down what happened", view.brief, form, save="Continue")
    return render(request, FORM, {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def record_event(request: AppRequest, case_id: UUID, event: str) -> HttpResponse:
    """Writes down that something happened."""
    view = _read(request, case_id)
    if event not in EVENTS or event in forms.NOT_OFFERED or not view.matters:
        raise NotFound("We could not find that kind of event")
    form = forms.WriteDown(
        typed(request),
        event=event,
        about=list(_about(view)),
        corrects=False,
        initial=_first(view, request.now),
    )
    return asked(
        request,
        form,
        lambda: writing.record_event(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            entry=_entry(view, form),
        ),
        page=lambda form: pages.form(
            EVENTS[event].label, view.brief, form, save="Write it down"
        ),
        done="Written down",
        to=_to(view),
        fields=FIELDS,
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def correct(request: AppRequest, case_id: UUID, event_id: UUID) -> HttpResponse:
    """Writes down what really happened, in the place of what was written."""
    view = _read(request, case_id)
    old = _event(view, event_id)
    form = forms.WriteDown(
        typed(request),
        event=old.event,
        about=list(_about(view, only=old.victimisation_id)),
        corrects=True,
        initial=_as_written(view, old),
    )
    label = EVENTS[old.event].label
    return asked(
        request,
        form,
        lambda: writing.correct_event(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            event_id=event_id,
            entry=_entry(view, form),
            why=form.cleaned_data["why"],
        ),
        page=lambda form: pages.form(
            f"Correct: {label}", view.brief, form, save="Correct it", notes=[pages.KEPT]
        ),
        done="Corrected. What was written before is kept",
        to=_to(view),
        fields=FIELDS,
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def take_back(request: AppRequest, case_id: UUID, event_id: UUID) -> HttpResponse:
    """Says that something did not happen."""
    view = _read(request, case_id)
    event = _event(view, event_id)
    label = EVENTS[event.event].label
    form = forms.TakeBack(typed(request))
    return asked(
        request,
        form,
        lambda: writing.take_back(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            event_id=event_id,
            why=form.cleaned_data["why"],
        ),
        page=lambda form: pages.form(
            f"It did not happen: {label}",
            view.brief,
            form,
            save="It did not happen",
            notes=pages.never_so_notes(view, event),
        ),
        done="It does not count any more. What was written is kept",
        to=_to(view),
        fields={writing.WhyNeeded: "why"},
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def told(request: AppRequest, case_id: UUID, event_id: UUID) -> HttpResponse:
    """Writes down that the person was told of something."""
    view = _read(request, case_id)
    label = EVENTS[_event(view, event_id).event].label
    local = request.now.astimezone(LONDON)
    form = forms.WasTold(
        typed(request), initial={"on": local.date(), "time": f"{local:%H:%M}"}
    )
    return asked(
        request,
        form,
        lambda: writing.tell(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            event_id=event_id,
            told_at=form.told_at,
            told_by=DutyHolder(form.cleaned_data["told_by"]),
            how=form.cleaned_data["how"],
            evidence=form.cleaned_data["evidence"],
        ),
        page=lambda form: pages.form(
            f"They were told: {label}", view.brief, form, save="Save"
        ),
        done="Saved: they were told",
        to=_to(view),
        fields={DayImpossible: "on", EvidenceNeeded: "evidence"},
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def untold(request: AppRequest, case_id: UUID, telling_id: int) -> HttpResponse:
    """Says that the person was not told after all."""
    view = _read(request, case_id)
    event = _told_of(view, telling_id)
    form = forms.NotTold(typed(request))
    return asked(
        request,
        form,
        lambda: writing.take_back_telling(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            telling_id=telling_id,
            why=form.cleaned_data["why"],
        ),
        page=lambda form: pages.form(
            f"They were not told: {EVENTS[event.event].label}",
            view.brief,
            form,
            save="They were not told",
            notes=[KEPT_TOLD, OWED_AGAIN],
        ),
        done="Saved: they were not told. What was written is kept",
        to=_to(view),
        fields={UntoldWhyNeeded: "why"},
    )


def _told_of(view: JourneyView, telling_id: int) -> EventLine:
    """What they are said to have been told, of those tellings that count."""
    for event in view.events:
        for one in view.tellings.get(event.event_id, ()):
            if one.telling_id == telling_id and not one.taken_back:
                return event
    raise NotFound("We could not find that, or it was taken back already")


def _about(view: JourneyView, *, only: int | None = None) -> Iterator[tuple[str, str]]:
    """What an event may be about: all of a crime, or one of its matters."""
    for crime in view.crimes:
        own = [
            one
            for one in view.matters
            if one.line.victimisation_id == crime.victimisation_id
        ]
        if not own or only not in {None, crime.victimisation_id}:
            continue
        yield (
            f"{CRIME}{own[0].line.public_id}",
            f"{crime.what}, {crime.called}: whoever is suspected of it",
        )
        for matter in own:
            if matter.line.suspect_ref:
                yield str(matter.line.public_id), pages.say_matter(matter)


def _entry(view: JourneyView, form: forms.WriteDown) -> writing.Entry:
    chosen = form.cleaned_data["about"]
    matter = next(
        one
        for one in view.matters
        if str(one.line.public_id) == chosen.removeprefix(CRIME)
    )
    whole = chosen.startswith(CRIME)
    several = [
        one
        for one in view.matters
        if one.line.victimisation_id == matter.line.victimisation_id
        and one.line.suspect_ref == matter.line.suspect_ref
    ]
    offence = matter.line.offence_code or matter.crime.offence_code
    named = str(form.detail.get("offence_code", ""))
    return writing.Entry(
        victimisation_id=matter.line.victimisation_id,
        event=form.event,
        suspect_ref=form.cleaned_data["suspect_ref"].strip()
        if whole
        else matter.line.suspect_ref,
        offence_code=named or (offence if not whole and len(several) > 1 else ""),
        occurred_at=form.occurred_at,
        received_at=form.received_at,
        detail=form.detail,
    )


def _first(view: JourneyView, now: datetime) -> dict[str, object]:
    on = local_day(now)
    only = list(_about(view))
    first: dict[str, object] = {"on": on, "received_on": on, "time": "12:00"}
    return first | ({"about": only[0][0]} if len(only) == 1 else {})


def _as_written(view: JourneyView, old: EventLine) -> dict[str, object]:
    local = old.occurred_at.astimezone(LONDON)
    own = [
        one for one in view.matters if one.line.victimisation_id == old.victimisation_id
    ]
    about = [f"{CRIME}{one.line.public_id}" for one in own[:1]]
    about += [
        str(one.line.public_id)
        for one in own
        if old.suspect_ref and one.line.suspect_ref == old.suspect_ref
    ]
    return {
        "about": about[-1] if about else "",
        "on": local.date(),
        "time": f"{local:%H:%M}",
        "received_on": local_day(old.received_at),
        **forms.detail_as_typed(old.event, old.detail),
    }
