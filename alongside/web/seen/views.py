"""Who has seen whom: of one person, and what is unusual."""

from datetime import date, datetime, time
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.care.people.types import TrailFilter
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import LONDON
from alongside.web.access import requires
from alongside.web.exports import csv_file
from alongside.web.requests import AppRequest
from alongside.web.seen import pages
from alongside.workflows.who_has_seen import MOST_LOOKS, read_seen, read_unusual

PAGE_ROWS = 50


@requires(Permission.TRAIL_VIEW)
@require_safe
def person(request: AppRequest, person_id: UUID) -> HttpResponse:
    """Who has seen one person, when and why. Reading it is written down."""
    asked = _asked(request)
    as_file = request.GET.get("format") == "csv"
    try:
        view = read_seen(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            chosen=asked.chosen,
            size=MOST_LOOKS if as_file else PAGE_ROWS,
        )
    except NotFound:
        # Answered, not raised: raising would undo the entry of the refused try.
        return render(request, "404.html", status=404)
    if as_file:
        rows = pages.file_rows(view.trail.looks)
        return csv_file("who-has-seen", pages.FILE_HEAD, rows)
    page = pages.person(view, asked=asked, now=request.now)
    return render(request, "seen/person.html", {"page": page})


@requires(Permission.TRAIL_WATCH)
@require_safe
def unusual(request: AppRequest) -> HttpResponse:
    """Looking of the last days that somebody should ask about."""
    found = read_unusual(actor=request.actor, now=request.now)
    return render(request, "seen/unusual.html", {"page": pages.unusual(found)})


def _asked(request: AppRequest) -> pages.Asked:
    """What the address asks for; what it says that means nothing is left out."""
    given = request.GET
    kind = given.get("kind", "")
    since = _day(given.get("since", ""))
    return pages.Asked(
        kind=kind if kind in pages.KINDS else "",
        looker=given.get("looker", ""),
        since=since.isoformat() if since else "",
        chosen=TrailFilter(
            looker=_uuid(given.get("looker", "")),
            actions=pages.KINDS[kind].actions if kind in pages.KINDS else (),
            since=datetime.combine(since, time(), LONDON) if since else None,
            before=_moment(given.get("before", "")),
        ),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
