"""How promises were kept, in counts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.compliance import ComplianceAsked, CountBy
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.owed import chosen as choose
from alongside.web.owed import compliance_pages as pages
from alongside.web.periods import period
from alongside.web.requests import AppRequest
from alongside.workflows.read_compliance import read_compliance


@requires(Permission.COUNTS_VIEW)
@require_safe
def compliance(request: AppRequest) -> HttpResponse:
    """How the promises of a time were kept, by a group, as a page or a file."""
    on = local_day(request.now)
    get = request.GET
    chosen = pages.Chosen(
        period=period(get.get("period", ""), on, whole_months=True),
        by=choose.one_of(CountBy, get.get("by", "")) or CountBy.RIGHT,
        holder=choose.one_of(DutyHolder, get.get("holder", "")),
        right=choose.right(get.get("right", "")),
        standing=get.get("standing", "") == "yes",
    )
    file = get.get("format", "")
    found = read_compliance(
        actor=request.actor,
        now=request.now,
        asked=ComplianceAsked(
            since=chosen.period.since,
            until=chosen.period.until,
            on=on,
            by=chosen.by,
            holder=chosen.holder,
            right=chosen.right,
        ),
        standing=file == "standing" or (chosen.standing and file != "csv"),
    )
    if file == "csv":
        return csv_file("compliance", pages.FILE_HEAD, pages.file_rows(found))
    if file == "standing":
        rows = pages.standing_rows(found)
        return csv_file("owed-without-a-day", pages.STANDING_HEAD, rows)
    page = pages.compliance(found, chosen, on=on)
    return render(request, "owed/compliance.html", {"page": page})
