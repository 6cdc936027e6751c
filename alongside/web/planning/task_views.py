"""What is to be done, across cases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.planning import task_pages
from alongside.web.planning.saving import start_of
from alongside.web.planning.task_pages import Chosen
from alongside.web.requests import AppRequest
from alongside.workflows.read_tasks import read_tasks, record_export

PAGE_SIZE, FILE_ROWS = 50, 10_000


@requires(Permission.WORK_VIEW)
@require_safe
def tasks(request: AppRequest) -> HttpResponse:
    """Open tasks, one's own or everybody's, as a page or as a file."""
    as_file = request.GET.get("format") == "csv"
    start = 0 if as_file else start_of(request)
    chosen = Chosen(
        everybodys=request.GET.get("of") == "all",
        overdue=request.GET.get("due") == "overdue",
    )
    found = read_tasks(
        actor=request.actor,
        now=request.now,
        everybodys=chosen.everybodys,
        overdue=chosen.overdue,
        limit=FILE_ROWS if as_file else PAGE_SIZE,
        skip=start,
    )
    on = local_day(request.now)
    if as_file:
        record_export(actor=request.actor, now=request.now, tasks=found)
        rows = task_pages.file_rows(found, on)
        return csv_file("tasks", task_pages.FILE_HEAD, rows)
    page = task_pages.tasks_page(
        found, chosen, actor=request.actor, on=on, start=start, size=PAGE_SIZE
    )
    return render(request, "planning/tables.html", {"page": page})
