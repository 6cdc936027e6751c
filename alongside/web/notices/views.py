"""What somebody has been told, and saying that they have read it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.notices import pages
from alongside.web.requests import AppRequest

PAGE_SIZE = 25


@requires(Permission.NOTICE_VIEW)
@require_safe
def show(request: AppRequest) -> HttpResponse:
    """Everything the reader was told, what nobody has read yet first."""
    start = _start(request)
    lines = queries.list_notices(actor=request.actor, limit=PAGE_SIZE + 1, skip=start)
    page = pages.notices(lines, actor=request.actor, start=start, size=PAGE_SIZE)
    return render(request, "notices/list.html", {"page": page})


@requires(Permission.NOTICE_VIEW)
@require_POST
def mark_read(request: AppRequest) -> HttpResponse:
    """Notes that the reader has read what they named."""
    named = [_uuid(text) for text in request.POST.getlist("notice")[:PAGE_SIZE]]
    count = operations.mark_read(
        actor=request.actor,
        now=request.now,
        notice_ids=[one for one in named if one is not None],
    )
    if count:
        messages.success(request, "Marked as read")
    return redirect("notices:list")


def _start(request: AppRequest) -> int:
    text = request.GET.get("start", "")
    is_number = text.isascii() and text.isdigit() and len(text) < len("10000")
    return int(text) if is_number else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
