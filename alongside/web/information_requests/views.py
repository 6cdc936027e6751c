"""The register of requests for records, one request whole, and counts."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.care.information_requests import queries
from alongside.care.information_requests.tables import BODIES
from alongside.care.information_requests.types import RequestState
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.web.access import requires
from alongside.web.casework import say
from alongside.web.exports import csv_file
from alongside.web.information_requests import lists, pages
from alongside.web.requests import AppRequest
from alongside.workflows import information_requests
from alongside.workflows.read_case import read_brief

PAGE_ROWS = 25
FILE_ROWS = 10_000
LIST = "information_requests/list.html"


def _choice(request: AppRequest) -> lists.Choice:
    asked = request.GET
    show, body = asked.get("show", ""), asked.get("body", "")
    known = organisations.list_forces(area_id=request.actor.area_id)
    forces = {code: name for code, name, _ in known}
    force = asked.get("force", "")
    return lists.Choice(
        show=show if show in {*RequestState, "ended"} else "",
        body=body if body in BODIES else "",
        force=force if force in forces else "",
        forces=forces,
        late=asked.get("due", "") == lists.LATE,
        number=_page_number(asked.get("page", "")),
    )


def _page_number(text: str) -> int:
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_safe
def desk(request: AppRequest) -> HttpResponse:
    """Requests by the day an answer is due."""
    choice, today = _choice(request), local_day(request.now)
    found = information_requests.read_desk(
        actor=request.actor,
        now=request.now,
        chosen=choice.as_filter(today),
        limit=PAGE_ROWS,
        skip=(choice.number - 1) * PAGE_ROWS,
    )
    page = lists.desk(
        found,
        choice=choice,
        today=today,
        decides=request.actor.has(Permission.INFORMATION_REQUEST_DECIDE),
    )
    return render(request, LIST, {"page": page, "may_add": True})


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_safe
def export(request: AppRequest) -> HttpResponse:
    """What is chosen of the register as a file, without names."""
    choice, today = _choice(request), local_day(request.now)
    found = information_requests.read_desk(
        actor=request.actor,
        now=request.now,
        chosen=choice.as_filter(today),
        limit=FILE_ROWS,
    )
    rows = lists.file_rows(found, today)
    return csv_file("records-requests", lists.FILE_HEAD, rows)


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_safe
def show(request: AppRequest, asked_id: UUID) -> HttpResponse:
    """One request, what was said and done, and what can be."""
    view = information_requests.read_asked(
        actor=request.actor, now=request.now, asked_id=asked_id
    )
    page = pages.asked(view, actor=request.actor, today=local_day(request.now))
    return render(request, "information_requests/asked.html", {"page": page})


@requires(Permission.INFORMATION_REQUEST_WORK)
@require_safe
def of_case(request: AppRequest, case_id: UUID) -> HttpResponse:
    """The requests about one case."""
    brief = read_brief(actor=request.actor, now=request.now, case_id=case_id)
    found = queries.list_of_case(case_key=brief.case.case_id)
    page = lists.of_case(
        found, name=brief.label.name, case_id=case_id, today=local_day(request.now)
    )
    context = {"page": page, "case_id": case_id, "caption": say.whose(brief)}
    return render(request, "information_requests/of_case.html", context)


def _year(request: AppRequest) -> int:
    this_year = local_day(request.now).year
    text = request.GET.get("year", "")
    asked = int(text) if text.isdecimal() and len(text) == 4 else this_year
    return asked if this_year - 10 < asked <= this_year else this_year


@requires(Permission.INFORMATION_REQUEST_DECIDE)
@require_safe
def counts(request: AppRequest) -> HttpResponse:
    """How many asked in a year, by body, and what became of it."""
    year = _year(request)
    found = queries.count_by_body(
        actor=request.actor, since=date(year, 1, 1), until=date(year + 1, 1, 1)
    )
    this_year = local_day(request.now).year
    page = lists.counts_page(found, year=year, this_year=this_year)
    return render(request, LIST, {"page": page, "may_add": False})


@requires(Permission.INFORMATION_REQUEST_DECIDE)
@require_safe
def counts_file(request: AppRequest) -> HttpResponse:
    """The counts of a year as a file. They name nobody."""
    year = _year(request)
    found = queries.count_by_body(
        actor=request.actor, since=date(year, 1, 1), until=date(year + 1, 1, 1)
    )
    name = f"records-requests-{year}"
    return csv_file(name, lists.COUNT_HEAD, lists.count_rows(found))


@requires(Permission.INFORMATION_REQUEST_TRACK)
@require_safe
def own(request: AppRequest) -> HttpResponse:
    """What the reader's own force asked for, and how it stands."""
    number = _page_number(request.GET.get("page", ""))
    found = queries.list_own(
        actor=request.actor, limit=PAGE_ROWS + 1, skip=(number - 1) * PAGE_ROWS
    )
    page = lists.own(found, number=number, size=PAGE_ROWS)
    return render(request, LIST, {"page": page, "may_add": False})
