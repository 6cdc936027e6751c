"""What is done about one request for records: each a form of its own."""

from collections.abc import Callable
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.care.information_requests import permissions as refusals
from alongside.care.information_requests.operations import answering, saying
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError
from alongside.web.access import fresh, requires
from alongside.web.information_requests import answer_forms as forms
from alongside.web.information_requests import pages
from alongside.web.requests import AppRequest
from alongside.web.rights.saving import FormPage, ask, save, typed
from alongside.workflows.information_requests import AskedView, read_asked

BOTH = ["GET", "POST"]


def _view(request: AppRequest, asked_id: UUID) -> AskedView:
    return read_asked(actor=request.actor, now=request.now, asked_id=asked_id)


def _act(
    request: AppRequest,
    view: AskedView,
    form: django_forms.Form,
    do: Callable[[], object],
    *,
    heading: str,
    button: str,
    done: str,
    fields: dict[type[DomainError], str] | None = None,
    notes: tuple[str, ...] = (),
    warning: str = "",
) -> HttpResponse:
    back = reverse("information_requests:show", args=[view.line.asked_id])
    if form.is_valid():
        answer = save(request, form, do, done=done, to=back, fields=fields)
        if answer:
            return answer
    page = FormPage(
        title=heading,
        heading=heading,
        form=form,
        back=back,
        save=button,
        caption=f"{view.line.asker.body_name} ask for records of {view.name}",
        notes=notes,
        warning=warning,
    )
    return ask(request, page)


def _in_words(
    request: AppRequest,
    asked_id: UUID,
    do: Callable[..., object],
    *,
    heading: str,
    asks: str,
    missing: str,
    button: str,
    done: str,
    warning: str = "",
) -> HttpResponse:
    """An act that needs a few words and nothing else."""
    view = _view(request, asked_id)
    form = forms.Words(typed(request), ask=asks, missing=missing)
    return _act(
        request,
        view,
        form,
        lambda: do(
            actor=request.actor,
            now=request.now,
            asked_id=asked_id,
            words=form.cleaned_data["words"],
        ),
        heading=heading,
        button=button,
        done=done,
        fields={refusals.WordsNeeded: "words"},
        warning=warning,
    )


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_http_methods(BOTH)
def note(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Writes down what was done about a request."""
    return _in_words(
        request,
        asked_id,
        saying.note,
        heading="Add a note",
        asks="What was done?",
        missing="Say what was done",
        button="Add note",
        done="Note added",
    )


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_http_methods(BOTH)
def prepare(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Proposes what is given and what is not."""
    view = _view(request, asked_id)
    form = forms.Prepare(typed(request), kinds=view.line.said.scope.kinds)
    return _act(
        request,
        view,
        form,
        lambda: answering.prepare(
            actor=request.actor,
            now=request.now,
            asked_id=asked_id,
            parts=form.parts(),
            words=form.cleaned_data["words"],
            refuse=form.cleaned_data.get("refuse", ""),
        ),
        heading="Prepare the answer",
        button="Propose this answer",
        done="Proposed. Somebody else decides",
        notes=("Somebody else decides. Nothing is copied into this page.",),
        warning=pages.cannot_give(view.line),
    )


@requires(Permission.INFORMATION_REQUEST_DECIDE)
@require_http_methods(BOTH)
@fresh()
def decide(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Agrees, as a second person, to what was prepared."""
    view = _view(request, asked_id)
    given = {"version": view.line.version}
    form = forms.Decide(typed(request), initial=given)
    return _act(
        request,
        view,
        form,
        lambda: answering.decide(
            actor=request.actor,
            now=request.now,
            asked_id=asked_id,
            version=form.cleaned_data["version"],
            words=form.cleaned_data["words"],
        ),
        heading=pages.proposes(view.line),
        button="Agree to this answer",
        done="Decided. Note when the answer is sent",
        notes=tuple(pages.proposal(view)),
        warning=pages.before_deciding(view.line),
    )


@requires(Permission.INFORMATION_REQUEST_DECIDE)
@require_http_methods(BOTH)
def send_back(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Has the answer prepared again."""
    return _in_words(
        request,
        asked_id,
        answering.send_back,
        heading="Have it prepared again",
        asks="What is to change?",
        missing="Say what is to change",
        button="Send it back",
        done="Sent back. Who prepared it is told",
    )


@requires(Permission.INFORMATION_REQUEST_DECIDE)
@require_http_methods(BOTH)
def reconsider(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Takes a decision back that has not been sent."""
    return _in_words(
        request,
        asked_id,
        answering.reconsider,
        heading="Take the decision back",
        asks="Why?",
        missing="Say why the decision is taken back",
        button="Take it back",
        done="Taken back. The answer is to be prepared again",
    )


@requires(Permission.INFORMATION_REQUEST_DECIDE)
@require_http_methods(BOTH)
def sent(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Notes that the answer was sent."""
    view, form = _view(request, asked_id), forms.Sent(typed(request))
    return _act(
        request,
        view,
        form,
        lambda: answering.note_sent(
            actor=request.actor,
            now=request.now,
            asked_id=asked_id,
            on=form.cleaned_data["on"],
            how=form.cleaned_data["how"],
        ),
        heading="The answer was sent",
        button="Save",
        done="Saved. The request has ended",
        fields={refusals.DayImpossible: "on", refusals.WordsNeeded: "how"},
        notes=tuple(pages.answer_words(view)),
        warning="What was sent cannot be called back.",
    )


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_http_methods(BOTH)
def withdraw(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Notes that who asked has taken the request back."""
    return _in_words(
        request,
        asked_id,
        answering.withdraw,
        heading="They took the request back",
        asks="What did they say?",
        missing="Say what they said",
        button="Close the request",
        done="The request has ended",
        warning="A request that has ended is not opened again. Write down a new one.",
    )


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_http_methods(BOTH)
def complain(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Writes down a complaint about a request or its answer."""
    view, form = _view(request, asked_id), forms.Complaint(typed(request))
    return _act(
        request,
        view,
        form,
        lambda: answering.note_complaint(
            actor=request.actor,
            now=request.now,
            asked_id=asked_id,
            on=form.cleaned_data["on"],
            by=form.cleaned_data["by"],
            words=form.cleaned_data["words"],
        ),
        heading="Somebody complains",
        button="Write it down",
        done="Written down. Information governance is told",
        fields={refusals.DayImpossible: "on", refusals.WordsNeeded: "words"},
    )


@requires(Permission.INFORMATION_REQUEST_DECIDE)
@require_http_methods(BOTH)
def answer_complaint(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """Writes down how a complaint was answered."""
    return _in_words(
        request,
        asked_id,
        answering.answer_complaint,
        heading="Answer the complaint",
        asks="What was answered, and what was told of further steps?",
        missing="Say what was answered",
        button="Save",
        done="Saved",
    )
