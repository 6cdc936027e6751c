"""Who owes whom what: across cases, and for a force what it owes itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.care.journey.types.owed import Lateness
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.owed import chosen as choose
from alongside.web.owed import force_pages, pages
from alongside.web.requests import AppRequest
from alongside.workflows import read_owed

TABLES = "planning/tables.html"
PAGE_SIZE, FILE_ROWS = 50, 10_000


@requires(Permission.WORK_VIEW)
@require_safe
def owed(request: AppRequest) -> HttpResponse:
    """Running promises across cases, as a page or as a file."""
    filters = choose.filters(request)
    if request.GET.get("format") == "csv":
        lines = read_owed.export_owed(
            actor=request.actor, now=request.now, chosen=filters, limit=FILE_ROWS
        )
        return csv_file("promises", pages.FILE_HEAD, pages.file_rows(lines))
    place = choose.place(request)
    found = read_owed.read_owed(
        actor=request.actor,
        now=request.now,
        chosen=filters,
        place=place,
        size=PAGE_SIZE,
    )
    page = pages.owed(found, filters, place=place)
    return render(request, TABLES, {"page": page})


@requires(Permission.OWED_FORCE)
@require_safe
def by_force(request: AppRequest) -> HttpResponse:
    """What the reader's force owes to victims of its crimes, as a page or a file."""
    lateness = choose.one_of(Lateness, request.GET.get("due", ""))
    start = choose.number(request.GET.get("start", ""))
    as_file = request.GET.get("format") == "csv"
    found = read_owed.read_force_owed(
        actor=request.actor,
        now=request.now,
        lateness=lateness,
        start=0 if as_file else start,
        size=FILE_ROWS if as_file else PAGE_SIZE,
        as_file=as_file,
    )
    if as_file:
        return csv_file("we-owe", force_pages.FORCE_HEAD, force_pages.force_rows(found))
    page = force_pages.force(found, lateness=lateness, start=start, size=PAGE_SIZE)
    return render(request, TABLES, {"page": page})
