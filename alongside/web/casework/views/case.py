"""The case page, and every promise of a case."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.web.access import requires
from alongside.web.casework.pages import case as pages
from alongside.web.casework.pages import clocks
from alongside.web.requests import AppRequest
from alongside.web.words import say_day
from alongside.workflows.case_timeline import EntryKind
from alongside.workflows.read_case import read_case, read_promises
from alongside.workflows.restrict import read_kept

SHOWN, MOST_SHOWN = 25, 1600


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, case_id: UUID) -> HttpResponse:
    """One case, whole."""
    chosen = request.GET.get("kind", "")
    kind = EntryKind(chosen) if chosen in set(EntryKind) else None
    limit = _limit(request.GET.get("show", ""))
    try:
        view = read_case(
            actor=request.actor,
            now=request.now,
            case_id=case_id,
            kind=kind,
            limit=limit,
        )
    except NotFound:
        return _kept_or_nothing(request, case_id)
    page = pages.case(
        view, actor=request.actor, now=request.now, kind=kind, limit=limit
    )
    return render(request, "casework/case.html", {"page": page})


def _kept_or_nothing(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Says to those who held a case that it is only kept; to others, that none is."""
    kept = read_kept(actor=request.actor, case_id=case_id)
    if kept is None:
        raise NotFound("We could not find that case")
    page = {"since": say_day(local_day(kept.since))}
    return render(request, "rights/kept.html", page, status=403)


@requires(Permission.CASE_VIEW)
@require_safe
def promises(request: AppRequest, case_id: UUID) -> HttpResponse:
    """Every promise of a case, settled or not."""
    view = read_promises(actor=request.actor, now=request.now, case_id=case_id)
    page = clocks.promises(view, actor=request.actor, now=request.now)
    return render(request, "casework/promises.html", {"page": page})


def _limit(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_SHOWN))
    return min(max(int(text), SHOWN), MOST_SHOWN) if is_number else SHOWN
