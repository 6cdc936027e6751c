"""Finding people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alongside.care.people.queries import list_open_trails
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.find import forms, pages
from alongside.web.requests import AppRequest
from alongside.workflows.find_people import find_people

PAGE_ROWS = 25


@requires(Permission.PERSON_FIND)
@require_http_methods(["GET", "POST"])
def find(request: AppRequest) -> HttpResponse:
    """Finds people by whatever is known of them, and shows masked labels.

    Asked by POST, so that no name stands in an address, a history or a log. It changes
    nothing but the audit trail, and answers with the page itself.
    """
    form = forms.Find(request.POST if request.method == "POST" else None)
    page = pages.empty(form)
    if form.is_valid():
        asked = pages.Asked(
            text=form.cleaned_data["q"],
            wider=form.cleaned_data["wider"],
            start=form.cleaned_data["start"] or 0,
            size=PAGE_ROWS,
        )
        terms, found = find_people(
            actor=request.actor,
            now=request.now,
            text=asked.text,
            wider=asked.wider,
            start=asked.start,
            size=asked.size,
        )
        trails = list_open_trails(
            actor=request.actor, person_ids=[one.public_id for one in found.people]
        )
        page = pages.found(
            form, asked, terms, found, actor=request.actor, trails=trails
        )
    return render(request, "find/find.html", {"page": page})
