"""The list of those who must give evidence, and the same as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.care.journey.queries.witnesses import Showing
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.web.witnesses import pages
from alongside.workflows.read_witnesses import read_witnesses

PAGE_ROWS = 25
FILE_ROWS = 10_000


def _choice(request: AppRequest) -> pages.Choice:
    asked = request.GET
    show, role, number = (asked.get(name, "") for name in ("show", "role", "page"))
    whole = number.isdecimal() and len(number) < 6
    return pages.Choice(
        showing=Showing(show) if show in set(Showing) else Showing.COMING,
        role=role if role in pages.ROLES else "",
        mine=asked.get("whose") == "mine",
        number=max(int(number), 1) if whole else 1,
    )


@requires(Permission.WITNESS_CARE)
@require_safe
def witnesses(request: AppRequest) -> HttpResponse:
    """Who must give evidence, by the day of the hearing."""
    choice = _choice(request)
    found = read_witnesses(
        actor=request.actor,
        now=request.now,
        showing=choice.showing,
        role=choice.role,
        mine=choice.mine,
        limit=PAGE_ROWS,
        skip=(choice.number - 1) * PAGE_ROWS,
    )
    page = pages.witnesses(found, choice=choice, today=local_day(request.now))
    return render(request, "witnesses/list.html", {"page": page})


@requires(Permission.WITNESS_CARE)
@require_safe
def export(request: AppRequest) -> HttpResponse:
    """The same list as a file, without names."""
    choice = _choice(request)
    found = read_witnesses(
        actor=request.actor,
        now=request.now,
        showing=choice.showing,
        role=choice.role,
        mine=choice.mine,
        named=False,
        limit=FILE_ROWS,
    )
    return csv_file("witnesses", pages.FILE_HEAD, pages.file_rows(found))
