"""Saying whether somebody lives with the person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.care.casework.operations.household import say_household
from alongside.care.linking.types import HouseholdSaid
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.web.access import requires
from alongside.web.casework import forms
from alongside.web.casework.pages import household as pages
from alongside.web.casework.views.saving import typed
from alongside.web.requests import AppRequest
from alongside.workflows.read_person import read_household_line


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def household(request: AppRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Says whether a hint that two people live together is right."""
    try:
        label, line = read_household_line(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            other_id=other_id,
        )
    except NotFound:
        # Answered, not raised: raising would undo the entry of the refused look.
        return render(request, "404.html", status=404)
    form = forms.SayHousehold(typed(request))
    if form.is_valid():
        say_household(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            other_id=other_id,
            said=HouseholdSaid(form.cleaned_data["said"]),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, "Saved. What was said before stays on the record")
        return redirect("casework:person", person_id=person_id)
    return render(request, "casework/act.html", {"page": pages.say(line, label, form)})
