"""The pack for the joint review, as a page that prints and as one file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.periods import Period, period
from alongside.web.requests import AppRequest
from alongside.web.review_pack import pages
from alongside.workflows.review_pack.read import Pack, read_pack
from alongside.workflows.review_pack.write import write_pack


def _read(request: AppRequest, *, standing: bool) -> tuple[Pack, Period]:
    on = local_day(request.now)
    chosen = period(request.GET.get("period", ""), on, whole_months=True)
    pack = read_pack(
        actor=request.actor,
        now=request.now,
        on=on,
        since=chosen.since,
        until=chosen.until,
        standing=standing,
    )
    return pack, chosen


@requires(Permission.COUNTS_VIEW)
@require_safe
def review(request: AppRequest) -> HttpResponse:
    """How promises were kept in a time and in the one before, body by body."""
    standing = request.GET.get("standing", "") == "yes"
    pack, chosen = _read(request, standing=standing)
    page = pages.review(
        pack,
        pages.Chosen(period=chosen, standing=standing),
        on=local_day(request.now),
        leads=request.actor.has(Permission.WORK_VIEW),
    )
    return render(request, "review_pack/review.html", {"page": page})


@requires(Permission.COUNTS_VIEW)
@require_safe
def download(request: AppRequest) -> HttpResponse:
    """The same as a ZIP file with what every column means."""
    pack, _ = _read(request, standing=True)
    return HttpResponse(
        write_pack(pack),
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": f'attachment; filename="{pages.file_name(pack)}"',
        },
    )
