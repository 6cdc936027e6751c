"""The page about one delivery, and its files."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.care.intake.types import Code, Fate
from alongside.foundation.accounts.types import Permission
from alongside.web.access import fresh, requires
from alongside.web.exports import csv_file
from alongside.web.intake import delivery_pages
from alongside.web.requests import AppRequest
from alongside.workflows.read_delivery import (
    RowChoice,
    list_delivery_fates,
    list_delivery_returns,
    list_rejected,
    read_delivery,
)

PAGE_ROWS = 50
LONGEST_NUMBER = 9


@requires(Permission.FEED_VIEW)
@require_safe
def delivery(request: AppRequest, force: str, delivery: UUID) -> HttpResponse:
    """One delivery: its counts, its rows and what was returned of it."""
    choice = _choice(request)
    found = read_delivery(
        actor=request.actor,
        now=request.now,
        force_code=force,
        delivery_id=delivery,
        choice=choice,
        limit=PAGE_ROWS,
    )
    page = delivery_pages.delivery(found, choice=choice)
    return render(request, "intake/delivery.html", {"page": page})


@requires(Permission.FEED_VIEW)
@fresh()
@require_safe
def fates(request: AppRequest, force: str, delivery: UUID) -> HttpResponse:
    """Every row's fate as a file."""
    lines = list_delivery_fates(
        actor=request.actor, now=request.now, force_code=force, delivery_id=delivery
    )
    head = delivery_pages.FATES_HEAD
    rows = ([str(getattr(line, column)) for column in head] for line in lines)
    return csv_file("fates", head, rows)


@requires(Permission.FEED_VIEW)
@fresh()
@require_safe
def rejected(request: AppRequest, force: str, delivery: UUID) -> HttpResponse:
    """The rejected messages as they came, with what is wrong, to be mended."""
    head, rows = list_rejected(
        actor=request.actor, now=request.now, force_code=force, delivery_id=delivery
    )
    return csv_file("rejected", head, rows)


@requires(Permission.FEED_VIEW)
@require_safe
def returns(request: AppRequest, force: str, delivery: UUID) -> HttpResponse:
    """What was returned to the force, as a file."""
    found = list_delivery_returns(
        actor=request.actor, now=request.now, force_code=force, delivery_id=delivery
    )
    rows = (
        (
            one.source_system,
            one.crime_ref,
            one.person_ref,
            str(one.row),
            one.return_code,
            delivery_pages.asked_of_force(one.return_code),
            one.message,
            one.returned_at.isoformat(),
        )
        for one in found
    )
    return csv_file("returns", delivery_pages.RETURNS_HEAD, rows)


def _choice(request: AppRequest) -> RowChoice:
    asked = request.GET
    before = _number(asked.get("before", ""))
    return RowChoice(
        fate=next((f.value for f in Fate if f == asked.get("fate")), ""),
        code=next((c.value for c in Code if c == asked.get("code")), ""),
        after=0 if before else _number(asked.get("after", "")) or 0,
        before=before,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None
