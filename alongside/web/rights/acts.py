"""What is done about one request: each a form of its own."""

from collections.abc import Callable
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.care.information_rights.operations import erasing, keeping
from alongside.care.information_rights.operations import requests as operations
from alongside.care.information_rights.queries import RequestLine
from alongside.care.information_rights.tables import RIGHTS
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.web.access import requires
from alongside.web.casework.pages.household import mask
from alongside.web.requests import AppRequest
from alongside.web.rights import forms
from alongside.web.rights.saving import FormPage, ask, save, typed
from alongside.workflows import rectify as rectifying
from alongside.workflows import restrict as restricting
from alongside.workflows.check_entry import check_corrected
from alongside.workflows.rights_requests import RequestView, read_request

BOTH = ["GET", "POST"]
WHO_THEY_ARE = frozenset({"given_names", "surname", "date_of_birth"})
LIKE_ANOTHER = "They now look like somebody else we hold"


def _view(request: AppRequest, request_id: UUID) -> RequestView:
    return read_request(actor=request.actor, now=request.now, request_id=request_id)


def _act(
    request: AppRequest,
    view: RequestView,
    form: django_forms.Form,
    do: Callable[[], object],
    *,
    heading: str,
    button: str,
    done: str,
    fields: dict[type[DomainError], str] | None = None,
    warning: str = "",
) -> HttpResponse:
    back = reverse("rights:request", args=[view.request.request_id])
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
        caption=f"{RIGHTS[view.request.kind].label}, {view.name}",
        warning=warning,
    )
    return ask(request, page)


@requires(Permission.RIGHTS_WORK)
@require_http_methods(BOTH)
def note(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Writes down what was done about a request."""
    view, form = _view(request, request_id), forms.Note(typed(request))
    return _act(
        request,
        view,
        form,
        lambda: operations.note_request(
            actor=request.actor,
            now=request.now,
            request_id=request_id,
            what="Note",
            words=form.cleaned_data["words"],
        ),
        heading="Add a note",
        button="Add note",
        done="Note added",
    )


@requires(Permission.RIGHTS_WORK)
@require_http_methods(BOTH)
def identity(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Notes how we are sure who asks."""
    view, form = _view(request, request_id), forms.Identity(typed(request))
    return _act(
        request,
        view,
        form,
        lambda: operations.record_identity(
            actor=request.actor,
            now=request.now,
            request_id=request_id,
            on=form.cleaned_data["on"],
            how=form.cleaned_data["how"],
        ),
        heading="Who asks?",
        button="Save",
        done="Saved. The request can be answered",
        fields={operations.DayImpossible: "on", operations.WordsNeeded: "how"},
    )


@requires(Permission.RIGHTS_WORK)
@require_http_methods(BOTH)
def extend(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Takes the further time the law allows."""
    view, form = _view(request, request_id), forms.Reason(typed(request))
    return _act(
        request,
        view,
        form,
        lambda: operations.extend_request(
            actor=request.actor,
            now=request.now,
            request_id=request_id,
            reason=form.cleaned_data["reason"],
        ),
        heading="Take more time",
        button="Take two more months",
        done="More time is taken. Tell the person why",
        warning="The person must be told why within the first month.",
    )


@requires(Permission.RIGHTS_WORK)
@require_http_methods(BOTH)
def end(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Answers, refuses or closes a request."""
    view = _view(request, request_id)
    form = forms.End(typed(request), kind=view.request.kind)
    return _act(
        request,
        view,
        form,
        lambda: operations.end_request(
            actor=request.actor,
            now=request.now,
            request_id=request_id,
            state=form.cleaned_data["state"],
            words=form.cleaned_data["words"],
            exemption=form.cleaned_data["exemption"],
        ),
        heading="Answer or refuse",
        button="Save",
        done="The request has ended",
        fields={
            operations.ChooseExemption: "exemption",
            operations.WordsNeeded: "words",
        },
        warning="A request that has ended is not opened again. Write down a new one.",
    )


@requires(Permission.RIGHTS_WORK)
@require_http_methods(BOTH)
def correct(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Puts something right."""
    view, form = _view(request, request_id), forms.Correct(typed(request))
    person = _person(view.request)

    def put_right() -> None:
        changed = rectifying.rectify(
            actor=request.actor,
            now=request.now,
            person_id=person,
            request_id=request_id,
            right=form.cleaned_data,
            reason=form.cleaned_data["reason"],
        )
        if WHO_THEY_ARE.intersection(changed):
            _warn_of_another(request, person)

    return _act(
        request,
        view,
        form,
        put_right,
        heading="Put something right",
        button="Put it right",
        done="Put right. What was there stays, marked as corrected",
        warning="Fill in only what is wrong. Whoever was shown the case is told.",
    )


def _warn_of_another(request: AppRequest, person: UUID) -> None:
    """Say that the person looks like another now; whom of them the reader may see."""
    hint = check_corrected(actor=request.actor, now=request.now, person_id=person)
    if hint.people:
        named = "; ".join(mask(one) for one in hint.people)
        messages.warning(request, f"{LIKE_ANOTHER}: {named}. Is it the same person?")
    if hint.ask:
        messages.warning(request, f"{LIKE_ANOTHER}. Ask a supervisor to look at it.")


@requires(Permission.RIGHTS_WORK)
@require_http_methods(BOTH)
def restrict(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Keeps what is held and lets nobody use it."""
    view, form = _view(request, request_id), forms.Reason(typed(request))
    person = _person(view.request)
    return _act(
        request,
        view,
        form,
        lambda: restricting.restrict(
            actor=request.actor,
            now=request.now,
            person_id=person,
            request_id=request_id,
            reason=form.cleaned_data["reason"],
        ),
        heading="Keep it, and do not use it",
        button="Restrict",
        done="Restricted. The workers who held the cases are told",
        fields={keeping.ReasonNeeded: "reason"},
        warning="Nobody can open the person's cases until you lift this, "
        "not even in support of them.",
    )


@requires(Permission.RETENTION_MANAGE)
@require_http_methods(BOTH)
def erase(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Proposes to erase the person."""
    view, form = _view(request, request_id), forms.Reason(typed(request))
    key = view.request.person_key
    _person(view.request)
    return _act(
        request,
        view,
        form,
        lambda: erasing.propose_erasure(
            actor=request.actor,
            now=request.now,
            person_key=key or 0,
            request_id=request_id,
            why=form.cleaned_data["reason"],
        ),
        heading="Propose to erase this person",
        button="Propose",
        done="Proposed. Another person has to approve it",
        fields={erasing.ReasonNeeded: "reason"},
    )


def _person(line: RequestLine) -> UUID:
    if line.person_id is None or not line.is_open:
        raise NotFound("We hold nobody under this request, or it has ended")
    return line.person_id
