"""The register of requests, a new one, and one request whole."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.information_rights.operations import requests as operations
from alongside.care.information_rights.types import RightKind
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import fresh, requires
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.web.rights import forms, pages
from alongside.web.rights.saving import FormPage, ask, typed
from alongside.workflows import rights_requests

PAGE_ROWS = 25
FILE_ROWS = 10_000


@requires(Permission.RIGHTS_WORK)
@require_safe
def requests(request: AppRequest) -> HttpResponse:
    """Requests by the day an answer is due."""
    kind = request.GET.get("kind", "")
    number = _page_number(request.GET.get("page", ""))
    ended = request.GET.get("show") == "ended"
    found = rights_requests.read_register(
        actor=request.actor,
        now=request.now,
        ended=ended,
        kind=RightKind(kind) if kind in set(RightKind) else None,
        limit=PAGE_ROWS,
        skip=(number - 1) * PAGE_ROWS,
    )
    choice = pages.Choice(kind=kind, ended=ended, number=number)
    page = pages.register(found, choice=choice, today=local_day(request.now))
    return render(request, "rights/register.html", {"page": page})


@requires(Permission.RIGHTS_WORK)
@require_safe
@fresh()
def export(request: AppRequest) -> HttpResponse:
    """The open register as a file, without names."""
    found = rights_requests.read_register(
        actor=request.actor, now=request.now, ended=False, kind=None, limit=FILE_ROWS
    )
    return csv_file("rights-requests", pages.FILE_HEAD, pages.file_rows(found))


def _page_number(text: str) -> int:
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1


@requires(Permission.RIGHTS_WORK)
@require_http_methods(["GET", "POST"])
def new(request: AppRequest) -> HttpResponse:
    """Writes a request down."""
    form = forms.NewRequest(typed(request))
    if form.is_valid():
        made = _register(request, form)
        if made is not None:
            messages.success(request, "The request is written down")
            return redirect("rights:request", made)
    heading = "Write down a request"
    page = FormPage(
        title=heading,
        heading=heading,
        form=form,
        back=reverse("rights:register"),
        save="Write it down",
        notes=("Any words are a request: the person need not name a right.",),
    )
    return ask(request, page)


def _register(request: AppRequest, form: forms.NewRequest) -> UUID | None:
    said = form.cleaned_data
    try:
        person = (
            rights_requests.find_one(
                actor=request.actor,
                now=request.now,
                reference=said["reference"],
                born=said["born"],
            )
            if said["reference"]
            else None
        )
        return operations.register_request(
            actor=request.actor,
            now=request.now,
            kind=said["kind"],
            person_key=person.person_key if person else None,
            asked_by=said["asked_by"],
            what=said["what"],
            received_on=said["received_on"],
            received_by=said["received_by"],
            proof_asked=said["proof_asked"],
        )
    except (rights_requests.NobodyFound, rights_requests.SeveralFound) as refusal:
        several = isinstance(refusal, rights_requests.SeveralFound)
        form.add_error("born" if several else "reference", refusal.user_message)
    except operations.DayImpossible as refusal:
        form.add_error("received_on", refusal.user_message)
    except operations.WordsNeeded as refusal:
        form.add_error("asked_by", refusal.user_message)
    return None


@requires(Permission.RIGHTS_WORK)
@require_safe
def show(request: AppRequest, request_id: UUID) -> HttpResponse:
    """One request, what was done about it, and what can be."""
    view = rights_requests.read_request(
        actor=request.actor, now=request.now, request_id=request_id
    )
    today: date = local_day(request.now)
    page = pages.request(view, actor=request.actor, today=today)
    return render(request, "rights/request.html", {"page": page})
