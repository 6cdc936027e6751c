"""The person page, and saying which channels are safe."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alongside.care.people.types import ChannelKind, SafetyState
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.web.access import requires
from alongside.web.casework import forms
from alongside.web.casework.pages import person as pages
from alongside.web.casework.views.saving import typed
from alongside.web.requests import AppRequest
from alongside.web.seen import reasons
from alongside.workflows import read_person


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, person_id: UUID) -> HttpResponse:
    """Everything we hold about one person."""
    try:
        view = read_person.read_person(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            why=reasons.given(request, person_id),
        )
    except NotFound:
        return _not_found(request)
    except read_person.JoinedInto as joined:
        return redirect("casework:person", person_id=joined.person_id)
    except read_person.ReasonNeeded:
        return redirect("seen:why", person_id=person_id)
    page = pages.person(view, actor=request.actor, now=request.now)
    return render(request, "casework/person.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def safety(request: AppRequest, person_id: UUID) -> HttpResponse:
    """Says that a way of reaching somebody is safe, or is not."""
    try:
        label = read_person.read_label(
            actor=request.actor, now=request.now, person_id=person_id
        )
    except NotFound:
        return _not_found(request)
    form = forms.MarkChannel(typed(request))
    if form.is_valid():
        read_person.mark_channel(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            channel=ChannelKind(form.cleaned_data["channel"]),
            state=SafetyState(form.cleaned_data["state"]),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, "Saved. The contact form now says so")
        return redirect("casework:person", person_id=person_id)
    page = pages.safety(label, form)
    return render(request, "casework/act.html", {"page": page})


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def confirm(request: AppRequest, person_id: UUID, contact_id: int) -> HttpResponse:
    """Says that what came with a linked record is this person's."""
    try:
        opened = read_person.read_contact(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            contact_id=contact_id,
        )
    except NotFound:
        return _not_found(request)
    form = forms.ConfirmContact(typed(request))
    if form.is_valid():
        read_person.confirm_contact(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            contact_id=contact_id,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, "Confirmed. Now say whether it is safe to use")
        return redirect("casework:safety", person_id=person_id)
    page = pages.confirming(opened, form)
    return render(request, "casework/act.html", {"page": page})


def _not_found(request: HttpRequest) -> HttpResponse:
    # Answered, not raised: raising would undo the audit entry of the refused look.
    return render(request, "404.html", status=404)
