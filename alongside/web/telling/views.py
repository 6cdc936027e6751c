"""Telling people what has happened in their case."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.contact.types import Channel
from alongside.care.telling.operations import drafts
from alongside.care.telling.permissions import (
    TellingTimeImpossible,
    TellingWordsNeeded,
    UpdateChanged,
    WayRefused,
)
from alongside.care.telling.queries import Place, Whose
from alongside.care.telling.tables import WAYS, limit
from alongside.care.telling.types import Kind, LimitCode, UpdateState
from alongside.foundation.accounts.types import Permission
from alongside.foundation.gateways.messages import Senders
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework import forms as casework_forms
from alongside.web.casework import say
from alongside.web.exports import csv_file
from alongside.web.planning.saving import asked, typed
from alongside.web.requests import AppRequest
from alongside.web.telling import forms, list_pages, pages
from alongside.workflows import tell_person, write_update
from alongside.workflows.send_updates import ROUTES
from alongside.workflows.tell_person import UpdateView
from alongside.workflows.write_update import Typed

PAGE_SIZE, FILE_ROWS = 50, 10_000
FIELDS: dict[type[DomainError], str] = {
    WayRefused: "way",
    TellingWordsNeeded: "words",
    TellingTimeImpossible: "on",
    drafts.HourNeeded: "hour",
    drafts.HourWhyNeeded: "hour_why",
}
OPEN = frozenset({UpdateState.DRAFTED, UpdateState.FAILED})


@requires(Permission.CASE_WORK)
@require_safe
def show_list(request: AppRequest) -> HttpResponse:
    """What is to be told, as a page or as a file."""
    whose, after = _whose(request), _after(request.GET.get("after", ""))
    as_file = request.GET.get("format") == "csv"
    found = tell_person.read_to_tell(
        actor=request.actor,
        now=request.now,
        whose=whose,
        after=None if as_file else after,
        limit=FILE_ROWS if as_file else PAGE_SIZE,
    )
    if as_file:
        tell_person.record_list(actor=request.actor, now=request.now)
        return csv_file(
            "to-tell", list_pages.FILE_HEAD, list_pages.list_rows(found.events)
        )
    page = list_pages.list_page(
        found, whose, on=local_day(request.now), paged=after is not None
    )
    return render(request, "planning/tables.html", {"page": page})


def _whose(request: AppRequest) -> Whose:
    try:
        return Whose(request.GET.get("whose") or Whose.MINE)
    except ValueError:
        raise NotFound("There is no such list") from None


def _after(text: str) -> Place | None:
    day, _, clock = text.partition(".")
    if not (clock.isascii() and clock.isdigit() and len(clock) < 19):
        return None
    try:
        return Place(due_on=date.fromisoformat(day), clock_id=int(clock))
    except ValueError:
        return None


@requires(Permission.CASE_WORK)
@require_safe
def show_case(request: AppRequest, case_id: UUID) -> HttpResponse:
    """What one person is still to be told, and what became of every update."""
    view = tell_person.read_case_telling(
        actor=request.actor, now=request.now, case_id=case_id
    )
    page = pages.case_page(
        view,
        on=local_day(request.now),
        may_tell=view.brief.case.agency_id == request.actor.agency_id,
    )
    return render(request, "planning/cards.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def update(request: AppRequest, case_id: UUID, event_id: UUID) -> HttpResponse:
    """One update: its words, how they are told, and off it goes."""
    sent = typed(request)
    view = _read(request, case_id, event_id)
    if view.update is not None and view.update.state not in OPEN:
        messages.info(request, "They were told of this, or it is on its way to them")
        return redirect(pages.at("case", case_id))
    form = _form(request, view, sent)
    if form.is_valid():
        answer = _do(request, view, form)
        if answer:
            return answer
        view = _read(request, case_id, event_id)
    words = view.written.words if form.stale else form["words"].value() or ""
    page = pages.update_page(view, form, senders=_senders(), words=words)
    return render(request, "telling/update.html", {"page": page})


def _read(request: AppRequest, case_id: UUID, event_id: UUID) -> UpdateView:
    given = request.POST if request.method == "POST" else request.GET
    try:
        kind = Kind(given["kind"]) if given.get("kind") else None
    except ValueError:
        raise NotFound("There are no such words") from None
    return tell_person.read_update(
        actor=request.actor,
        now=request.now,
        case_id=case_id,
        event_id=event_id,
        kind=kind,
    )


def _senders() -> frozenset[Channel]:
    held: Senders = settings.MESSAGE_SENDERS
    return frozenset(channel for channel, route in ROUTES.items() if route in held)


def _form(request: AppRequest, view: UpdateView, sent: QueryDict | None) -> forms.Tell:
    senders = _senders()
    day, time = casework_forms.local_now(request.now)
    return forms.Tell(
        sent,
        ways=[o for o in view.ways if pages.usable(view, o.way.code, senders)],
        hints=pages.hints(view, senders),
        hour=view.hour,
        language=view.written.language,
        keeps=bool(sent and "keep" in sent),
        initial={
            "version": view.update.version if view.update else 0,
            "kind": view.written.kind.value,
            "words": view.written.words,
            "on": day,
            "time": time,
        },
    )


def _do(request: AppRequest, view: UpdateView, form: forms.Tell) -> HttpResponse | None:
    """Do what was asked; none where it was refused, which the form then says."""
    try:
        said = _tell(request, view, form)
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        kinds = (kind for kind in FIELDS if isinstance(refusal, kind))
        kind = next(kinds, None)
        field = FIELDS[kind] if kind else None
        form.add_error(field if field in form.fields else None, refusal.user_message)
        if isinstance(refusal, UpdateChanged):
            now = _read(request, view.case.public_id, view.event.event_id)
            again = request.POST.copy()
            again["version"] = str(now.update.version if now.update else 0)
            form.data, form.stale = again, True
        return None
    messages.success(request, said)
    kept = form.keeps
    page = "update" if kept else "case"
    more = [view.event.event_id] if kept else []
    return redirect(pages.at(page, view.case.public_id, *more))


def _tell(request: AppRequest, view: UpdateView, form: forms.Tell) -> str:
    given = form.cleaned_data
    over = Typed(kind=given["kind"], words=given["words"], version=given["version"])
    case_id, event_id = view.case.public_id, view.event.event_id
    if form.keeps:
        write_update.keep_draft(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            event_id=event_id,
            typed=over,
        )
        return "Kept as a draft"
    channel = Channel(given["way"])
    write_update.tell(
        actor=request.actor,
        now=request.now,
        case_id=case_id,
        event_id=event_id,
        typed=over,
        channel=channel,
        at=given.get("at", request.now),
        said=form.said,
    )
    if WAYS[channel].leaves:
        minutes = limit(LimitCode.HOLD_MINUTES)
        return f"It leaves in {minutes} minutes. You can take it back until then"
    return "Written down that they were told"


@requires(Permission.CASE_WORK)
@require_safe
def letter(request: AppRequest, case_id: UUID, event_id: UUID) -> HttpResponse:
    """The letter that was kept as a draft, to print."""
    view = _read(request, case_id, event_id)
    if view.update is None or not pages.usable(view, Channel.LETTER, frozenset()):
        raise NotFound("There is no letter to print")
    page = pages.letter_page(view, now=request.now)
    return render(request, "telling/letter.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def drop(request: AppRequest, case_id: UUID, event_id: UUID) -> HttpResponse:
    """Says that somebody is not told, and why."""
    view = _read(request, case_id, event_id)
    version = view.update.version if view.update else 0
    form = forms.Drop(typed(request), initial={"version": version})
    return asked(
        request,
        form,
        lambda: write_update.drop(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            event_id=event_id,
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why"],
            words=form.cleaned_data["words"],
        ),
        page=lambda form: pages.drop_page(view, form),
        done="Written down that they are not told",
        to=pages.at("case", case_id),
        fields={drafts.ReasonNeeded: "why"},
        version=version,
    )


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def take_back(request: AppRequest, case_id: UUID, update_id: UUID) -> HttpResponse:
    """Has an update not leave after all."""
    view = tell_person.read_case_telling(
        actor=request.actor, now=request.now, case_id=case_id
    )
    found = [one for one in view.updates if one.update_id == update_id]
    if not found:
        raise NotFound("We could not find that update")
    form = forms.TakeBack(typed(request))
    caption = say.whose(view.brief)
    return asked(
        request,
        form,
        lambda: drafts.take_back(
            actor=request.actor, now=request.now, case_id=case_id, update_id=update_id
        ),
        page=lambda form: pages.take_back_page(caption, found[0], form, case_id),
        done="It does not leave. It is a draft again",
        to=pages.at("case", case_id),
    )
