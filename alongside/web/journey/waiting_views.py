"""Messages that wait for the referral of their crime, and what is done about them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.journey.operations import waiting as operations
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.govuk.forms import PlainForm
from alongside.web.journey import waiting_pages as pages
from alongside.web.planning.saving import asked, start_of, typed
from alongside.web.requests import AppRequest
from alongside.workflows import waiting_messages as workflow

PAGE = 50
LIST = "journey:waiting"
THEIRS = (
    "Everything that waits for this crime is told to the case, and so is what comes"
    " later. Do this only where you are sure that it is their crime, and that they are"
    " not the one who is suspected of it."
)


def _one(request: AppRequest, message_id: UUID) -> workflow.OneWaiting:
    return workflow.read_one(
        actor=request.actor, now=request.now, message_id=message_id
    )


@requires(Permission.HELD_VIEW)
@require_safe
def waiting(request: AppRequest) -> HttpResponse:
    """Messages that wait, the longest waiting first, as a page or a file."""
    show = request.GET.get("show", "")
    as_file = request.GET.get("format") == "csv"
    start = 0 if as_file else start_of(request)
    found = workflow.read_waiting(
        actor=request.actor,
        now=request.now,
        show=show if show in pages.SHOWS else "",
        start=start,
        limit=workflow.MOST if as_file else PAGE + 1,
    )
    if as_file:
        return csv_file("waiting", pages.FILE_HEAD, pages.file_rows(found))
    page = pages.waiting(found, show=show, start=start, size=PAGE)
    return render(request, "planning/tables.html", {"page": page})


@requires(Permission.HELD_VIEW)
@require_safe
def show(request: AppRequest, message_id: UUID) -> HttpResponse:
    """One message that waits."""
    page = pages.one(_one(request, message_id), actor=request.actor)
    return render(request, "planning/cards.html", {"page": page})


@requires(Permission.HELD_DECIDE)
@require_http_methods(["GET", "POST"])
def look(request: AppRequest, message_id: UUID) -> HttpResponse:
    """Writes down what came of looking at a message."""
    found = _one(request, message_id)
    form = pages.LookedAt(typed(request))
    return asked(
        request,
        form,
        lambda: operations.look_at(
            actor=request.actor,
            now=request.now,
            message_id=message_id,
            words=form.cleaned_data["words"],
        ),
        page=lambda form: pages.asks(
            "Write down what came of it", found, form, save="Save"
        ),
        done="Saved",
        to=reverse("journey:waiting_one", args=[message_id]),
        fields={operations.WordsNeeded: "words"},
    )


@requires(Permission.HELD_DECIDE)
@require_http_methods(["GET", "POST"])
def erase(request: AppRequest, message_id: UUID) -> HttpResponse:
    """Takes a message away that will never be applied."""
    found = _one(request, message_id)
    form = pages.Erase(typed(request))
    return asked(
        request,
        form,
        lambda: operations.erase(
            actor=request.actor,
            now=request.now,
            message_id=message_id,
            why=form.cleaned_data["why"],
        ),
        page=lambda form: pages.asks(
            "Erase this message",
            found,
            form,
            save="Erase it",
            warning="It will not be applied when a referral comes. This cannot be"
            " undone.",
        ),
        done="The message is erased. That it was, and why, is on the audit trail",
        to=reverse(LIST),
        fields={operations.WhyNeeded: "why"},
    )


@requires(Permission.HELD_VIEW)
@require_http_methods(["GET", "POST"])
def apply_to(request: AppRequest, message_id: UUID, case_id: UUID) -> HttpResponse:
    """Says that a case is about the crime of a message."""
    found = _one(request, message_id)
    whose = pages.whose(found, case_id)
    return asked(
        request,
        PlainForm(typed(request)),
        lambda: workflow.apply_to(
            actor=request.actor,
            now=request.now,
            message_id=message_id,
            case_id=case_id,
        ),
        page=lambda form: pages.asks(
            f"Is this the crime against {whose}?",
            found,
            form,
            save="Yes, it is their crime",
            warning=THEIRS,
            notes=pages.said(found.line),
        ),
        done="Their case has the news of this crime now",
        to=reverse("journey:journey", args=[case_id]),
    )
