"""The pages that show held referrals."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.care.intake.tables import HOLDS
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.intake import held_pages
from alongside.web.requests import AppRequest
from alongside.workflows.read_held import Place, read_held, read_held_list

PAGE_ROWS = 25


@requires(Permission.HELD_VIEW)
@require_safe
def held_list(request: AppRequest) -> HttpResponse:
    """Held referrals, oldest first, by reason, put-off ones apart."""
    choice = _choice(request)
    found = read_held_list(
        actor=request.actor,
        now=request.now,
        limit=PAGE_ROWS,
        code=choice.code,
        waiting=choice.waiting,
        after=choice.after,
        before=choice.before,
    )
    page = held_pages.held_list(
        found, choice=choice, actor=request.actor, now=request.now
    )
    return render(request, "intake/held.html", {"page": page})


@requires(Permission.HELD_VIEW)
@require_safe
def held_one(request: AppRequest, hold_id: UUID) -> HttpResponse:
    """One held referral: why, whose, how long, and everything the force said."""
    found = read_held(actor=request.actor, now=request.now, hold_id=hold_id)
    page = held_pages.held_one(found, actor=request.actor, now=request.now)
    return render(request, "intake/held_one.html", {"page": page})


def _choice(request: AppRequest) -> held_pages.Choice:
    """What the address asks for; what it says that means nothing is left out."""
    wanted, asked = request.GET.get("reason", ""), request.GET
    after = _place(asked.get("after", ""))
    return held_pages.Choice(
        code=next((code for code in HOLDS if code == wanted), None),
        waiting=asked.get("show") == held_pages.WAITING,
        after=after,
        before=None if after else _place(asked.get("before", "")),
    )


def _place(text: str) -> Place | None:
    since, _, hold_id = text.partition("~")
    try:
        moment, key = datetime.fromisoformat(since), UUID(hold_id)
    except ValueError:
        return None
    return (moment, key) if moment.tzinfo else None
