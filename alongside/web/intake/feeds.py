"""The pages about a force's feed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.intake import feed_pages
from alongside.web.requests import AppRequest
from alongside.workflows.read_feed import list_forces, read_feed

PAGE_ROWS = 10
# A file holds every delivery there could be: one a day for a working lifetime.
FILE_ROWS = 20_000


@requires(Permission.FEED_VIEW)
@require_safe
def feeds(request: AppRequest) -> HttpResponse:
    """The forces; where there is only one, its feed."""
    forces = list_forces(actor=request.actor)
    if len(forces) == 1:
        return redirect("intake:feed", forces[0].code)
    return render(request, "intake/feeds.html", {"page": feed_pages.feeds(forces)})


@requires(Permission.FEED_VIEW)
@require_safe
def feed(request: AppRequest, force: str) -> HttpResponse:
    """How good a force's feed is, delivery by delivery."""
    if request.GET.get("format") == "csv":
        found = read_feed(actor=request.actor, force_code=force, limit=FILE_ROWS)
        rows = feed_pages.feed_rows(found.deliveries)
        return csv_file(f"{force}-feed", feed_pages.FEED_HEAD, rows)
    number = page_number(request)
    found = read_feed(
        actor=request.actor,
        force_code=force,
        limit=PAGE_ROWS,
        offset=(number - 1) * PAGE_ROWS,
    )
    page = feed_pages.feed(found, number=number, rows=PAGE_ROWS)
    return render(request, "intake/feed.html", {"page": page})


def page_number(request: AppRequest) -> int:
    """Which page the address asks for; the first where it makes no sense."""
    text = request.GET.get("page", "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1
