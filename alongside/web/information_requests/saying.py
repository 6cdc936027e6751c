"""Writing a request for records down, one thing on a page."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.care.information_requests import permissions as refusals
from alongside.care.information_requests.operations import saying as operations
from alongside.care.information_requests.queries import RequestLine
from alongside.care.information_requests.tables import asks_for_counselling
from alongside.care.information_requests.types import RequestState, Section
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.organisations import queries as organisations
from alongside.web.access import requires
from alongside.web.casework import say
from alongside.web.information_requests import forms
from alongside.web.information_requests.words import SECTIONS
from alongside.web.requests import AppRequest
from alongside.web.rights.saving import FormPage, ask, save, typed
from alongside.workflows import information_requests, rights_requests
from alongside.workflows.read_case import read_brief

BOTH = ["GET", "POST"]
HEADING = "Write down a request for records"
FIRST = "First, who asks. Then one thing at a time, as the request says it."
QUIET = "They have not been told of this request, and must not be: do not ask them."
# Until an answer is prepared, what a request says can be put right.
SAYING = {RequestState.WAITING, RequestState.OPEN}


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_http_methods(BOTH)
def new(request: AppRequest) -> HttpResponse:
    """Writes down who asks, about whose case."""
    form = _form(request, named=True)
    if form.is_valid():
        try:
            case_id = information_requests.find_case(
                actor=request.actor,
                now=request.now,
                reference=form.cleaned_data["reference"],
                born=form.cleaned_data["born"],
            )
        except rights_requests.SeveralFound as refusal:
            form.add_error("born", refusal.user_message)
        except information_requests.NoSuchCase as refusal:
            form.add_error("reference", refusal.user_message)
        else:
            made = _write_down(request, form, case_id)
            if made:
                return made
    back = reverse("information_requests:desk")
    return ask(request, _page(form, back=back))


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_http_methods(BOTH)
def new_of_case(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Writes down who asks for the records of a case."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    form = _form(request, named=False)
    if form.is_valid():
        made = _write_down(request, form, case_id)
        if made:
            return made
    back = reverse("information_requests:of_case", args=[case_id])
    return ask(request, _page(form, back=back, caption=say.whose(brief)))


def _form(request: AppRequest, *, named: bool) -> forms.NewRequest:
    known = organisations.list_forces(area_id=request.actor.area_id)
    forces = [(key, name) for _, name, key in known]
    return forms.NewRequest(typed(request), forces=forces, named=named)


def _page(form: forms.NewRequest, *, back: str, caption: str = "") -> FormPage:
    return FormPage(
        title=HEADING,
        heading=HEADING,
        form=form,
        back=back,
        save="Write it down and go on",
        notes=(FIRST,),
        caption=caption,
    )


def _write_down(
    request: AppRequest, form: forms.NewRequest, case_id: UUID
) -> HttpResponse | None:
    try:
        made = operations.write_down(
            actor=request.actor, now=request.now, case_id=case_id, asker=form.asker()
        )
    except refusals.DayImpossible as refusal:
        form.add_error("received_on", refusal.user_message)
        return None
    except refusals.WordsNeeded as refusal:
        form.add_error(None, refusal.user_message)
        return None
    return _go(made, Section.PURPOSE)


def _go(asked_id: UUID, section: Section | None) -> HttpResponse:
    if section is None:
        return redirect("information_requests:show", asked_id)
    return redirect("information_requests:section", asked_id, section.value)


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_http_methods(BOTH)
def section(request: AppRequest, asked_id: UUID, section: str) -> HttpResponse:
    """Writes down what the request says on one thing, then asks for the next."""
    if section not in set(Section):
        raise Http404
    about = Section(section)
    view = information_requests.read_asked(
        actor=request.actor, now=request.now, asked_id=asked_id
    )
    if view.line.state not in SAYING:
        messages.warning(request, refusals.NotNow.user_message)
        return _go(asked_id, None)
    kind = forms.SECTION_FORMS[about]
    form = kind(typed(request), initial=asdict(view.line.said.parts[about]))
    if form.is_valid():
        answer = save(
            request,
            form,
            lambda: operations.say(
                actor=request.actor,
                now=request.now,
                asked_id=asked_id,
                section=about,
                facts=form.facts(),
            ),
            done="Saved",
            to=_next(request, view.line, about, form),
            fields=_FIELDS.get(about),
        )
        if answer:
            return answer
    quiet = about is Section.VIEWS and view.line.keeps_quiet
    page = FormPage(
        title=SECTIONS[about],
        heading=SECTIONS[about],
        form=form,
        back=reverse("information_requests:show", args=[asked_id]),
        save="Save and go on",
        caption=f"{view.line.asker.body_name} ask for records of {view.name}",
        warning=QUIET if quiet else kind.warning,
    )
    return ask(request, page)


_FIELDS: dict[Section, dict[type[DomainError], str]] = {
    Section.SCOPE: {refusals.PeriodBackwards: "period_until"},
    Section.COUNSELLING: {refusals.DayImpossible: "counselling_on"},
    Section.APPROVAL: {refusals.DayImpossible: "approved_on"},
    Section.NOTICE: {refusals.DayImpossible: "notice_on"},
    Section.VIEWS: {refusals.DayImpossible: "views_on"},
}


def _next(
    request: AppRequest, line: RequestLine, about: Section, form: forms.SectionForm
) -> str:
    """The next thing that is not said yet; after the last, the request whole."""
    kinds = line.said.scope.kinds
    if about is Section.SCOPE:
        kinds = tuple(form.cleaned_data["kinds"])
    missing = {lack.section for lack in line.lacks}
    if asks_for_counselling(kinds) and not line.said.counselling.counselling_reason:
        missing.add(Section.COUNSELLING)
    order = list(Section)
    for later in order[order.index(about) + 1 :]:
        if later in missing and (
            later is not Section.COUNSELLING or asks_for_counselling(kinds)
        ):
            return reverse(
                "information_requests:section", args=[line.asked_id, later.value]
            )
    return reverse("information_requests:show", args=[line.asked_id])
