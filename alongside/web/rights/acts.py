"""What is done about one request: each a form of its own."""

from collections.abc import Callable
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from alongside.care.information_rights.operations import erasing, keeping
from alongside.care.information_rights.operations import requests as operations
from alongside.care.information_rights.queries import RequestLine
from alongside.care.information_rights.tables import RIGHTS
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.web.access import requires
from alongside.web.register.pages import Likely, likely_words
from alongside.web.register.pages import likely as warn
from alongside.web.requests import AppRequest
from alongside.web.rights import forms
from alongside.web.rights.saving import FormPage, ask, save, typed
from alongside.workflows import rectify as rectifying
from alongside.workflows import restrict as restricting
from alongside.workflows.check_entry import check_corrected
from alongside.workflows.rights_requests import RequestView, read_request

ASK_FIRST = "There may be a record. Ask a supervisor before you put this right."
BOTH = ["GET", "POST"]


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
    likely: Likely | None = None,
    ask_likely: str = "",
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
        likely=likely,
        ask_likely=ask_likely,
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
    """Puts something right, and says before whom the person would seem to be."""
    view = _view(request, request_id)
    person = _person(view.request)
    found = _likely(request, person)
    form = forms.Correct(typed(request), warned=not found.is_empty)
    return _act(
        request,
        view,
        form,
        lambda: rectifying.rectify(
            actor=request.actor,
            now=request.now,
            person_id=person,
            request_id=request_id,
            right=form.cleaned_data,
            reason=form.cleaned_data["reason"],
        ),
        heading="Put something right",
        button="Put it right",
        done="Put right. What was there stays, marked as corrected",
        warning="Fill in only what is wrong. Whoever was shown the case is told.",
        likely=found,
        ask_likely=reverse("rights:likely", args=[request_id]),
    )


@requires(Permission.RIGHTS_WORK)
@require_POST
def likely(request: AppRequest, request_id: UUID) -> HttpResponse:
    """Whom the person would seem to be, of what has been typed so far, for the script.

    Asked by POST, so that no name stands in an address or a log.
    """
    person = _person(_view(request, request_id).request)
    return JsonResponse(likely_words(_likely(request, person)))


def _likely(request: AppRequest, person: UUID) -> Likely:
    form = forms.Correct(request.POST, warned=False)
    form.is_valid()  # what is wrong with it is said when it is sent
    hint = check_corrected(
        actor=request.actor,
        now=request.now,
        person_id=person,
        right=form.cleaned_data,
    )
    opens = request.actor.has(Permission.CASE_VIEW)
    return warn(hint, ask=ASK_FIRST, opens=opens)


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
