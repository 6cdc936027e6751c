"""No case without a known status: the page and its file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.web.status import forms, pages
from alongside.workflows.read_status import read_status

PAGE_ROWS = 50
FILE_ROWS = 100_000


@requires(Permission.STATUS_VIEW)
@require_safe
def status(request: AppRequest) -> HttpResponse:
    """How every case stands, and each one that something is missing from."""
    form = forms.Quiet(request.GET if "days" in request.GET else None)
    days = form.cleaned_data["days"] if form.is_valid() else None
    if request.GET.get("format") == "csv":
        found = read_status(
            actor=request.actor, now=request.now, days=days, limit=FILE_ROWS
        )
        return csv_file("cases-astray", pages.FILE_HEAD, pages.file_rows(found))
    number = _page_number(request)
    found = read_status(
        actor=request.actor,
        now=request.now,
        days=days,
        limit=PAGE_ROWS,
        offset=(number - 1) * PAGE_ROWS,
        with_names=True,
    )
    page = pages.status(
        found,
        form=form,
        actor=request.actor,
        now=request.now,
        place=pages.Place(number=number, rows=PAGE_ROWS),
    )
    return render(request, "status/status.html", {"page": page})


def _page_number(request: AppRequest) -> int:
    text = request.GET.get("page", "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1
