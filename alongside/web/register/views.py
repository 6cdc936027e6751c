"""Adding somebody who came by themselves."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.care.casework import queries as casework
from alongside.care.people.types import EntryHint
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.web.access import requires
from alongside.web.register import pages
from alongside.web.register.forms import AddSomebody, IsItThem, Who
from alongside.web.requests import AppRequest
from alongside.workflows.check_entry import EntryDetails, check_entry
from alongside.workflows.register_person import register_person

SAVE, CHANGE = "save", "change"


@requires(Permission.PERSON_ADD)
@require_http_methods(["GET", "POST"])
def add(request: AppRequest) -> HttpResponse:
    """Asks about somebody, shows the answers to be checked, and then keeps them.

    Nothing is kept before that: what was typed goes back and forth with the pages.
    """
    _must_take_people_in(request)
    form = AddSomebody(request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "")
    if request.method != "POST" or not form.is_valid() or step == CHANGE:
        return render(request, "register/add.html", {"page": pages.add(form)})
    hint = _hint(request, form)
    is_it = IsItThem(
        request.POST if step == SAVE else None,
        people=pages.choices(hint),
        ask=hint.ask,
    )
    if step == SAVE and (not is_it.is_needed or is_it.is_valid()):
        return _keep(request, form, is_it, hint)
    page = pages.check(form, is_it, hint, request.POST)
    return render(request, "register/check.html", {"page": page})


@requires(Permission.PERSON_ADD)
@require_POST
def likely(request: AppRequest) -> HttpResponse:
    """Who may be known already, of what has been typed so far, for the page's script.

    Asked by POST, so that no name stands in an address or a log.
    """
    _must_take_people_in(request)
    form = Who(request.POST)
    form.is_valid()  # what is wrong with it is said when it is sent
    return JsonResponse(pages.likely_words(pages.likely(_hint(request, form))))


@requires(Permission.PERSON_ADD)
@require_safe
def added(request: AppRequest, case_id: UUID) -> HttpResponse:
    """What happens next with somebody who was added.

    A case the reader may not see, and one that is none, are spoken of alike.
    """
    try:
        found = casework.get_case(actor=request.actor, public_id=case_id)
        case = casework.case_facts(found)
    except NotFound:
        case = None
    return render(request, "register/added.html", {"page": pages.added(case_id, case)})


def _must_take_people_in(request: AppRequest) -> None:
    # A provider works with those who were referred to it.
    if request.actor.for_provider:
        raise PermissionDenied


def _hint(request: AppRequest, form: Who) -> EntryHint:
    typed = form.cleaned_data
    return check_entry(
        actor=request.actor,
        now=request.now,
        details=EntryDetails(
            given_names=typed.get("given_names", ""),
            surname=typed.get("surname", ""),
            date_of_birth=typed.get("date_of_birth"),
            gender=typed.get("gender", ""),
            phones=form.phones,
            email=typed.get("email", ""),
            address=typed.get("address", ""),
            postcode=typed.get("postcode", ""),
        ),
    )


def _keep(
    request: AppRequest, form: AddSomebody, is_it: IsItThem, hint: EntryHint
) -> HttpResponse:
    chosen = is_it.chosen if is_it.is_needed else None
    shown = (one.public_id for one in hint.people)
    done = register_person(
        actor=request.actor,
        now=request.now,
        arrival=form.arrival(chosen=chosen, others=() if chosen else tuple(shown)),
    )
    return redirect("register:added", case_id=done.case_id)
