"""What changed for people, in counts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.care.assessment.types.filled import GroupBy
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.assessing.pages import outcomes as pages
from alongside.web.exports import csv_file
from alongside.web.periods import period as choose_period
from alongside.web.requests import AppRequest
from alongside.workflows.read_outcomes import FILE_HEAD, file_rows, read_outcomes


@requires(Permission.COUNTS_VIEW)
@require_safe
def outcomes(request: AppRequest) -> HttpResponse:
    """Counts of a time, by a group, as a page or a file."""
    period = choose_period(
        request.GET.get("period", ""),
        local_day(request.now),
        whole_months=not request.actor.has(Permission.STATUS_VIEW),
    )
    asked = request.GET.get("by", "")
    by = GroupBy(asked) if asked in set(GroupBy) else GroupBy.NOTHING
    found = read_outcomes(
        actor=request.actor,
        now=request.now,
        since=period.since,
        until=period.until,
        by=by,
        team_id=_team(request.GET.get("team", "")),
    )
    if request.GET.get("format") == "csv":
        return csv_file("outcomes", FILE_HEAD, file_rows(found))
    page = pages.outcomes(found, period=period, by=by, on=local_day(request.now))
    return render(request, "assessing/outcomes.html", {"page": page})


def _team(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
