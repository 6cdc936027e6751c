"""How somebody wants to be told: reading it, and writing down what they ask now."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.care.journey.operations.wishes import WishImpossible, record_wish
from alongside.care.journey.types import WishKind
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.requests import AppRequest
from alongside.web.wishes import forms, pages
from alongside.workflows.read_wishes import read_wishes


@requires(Permission.CASE_WORK)
@require_http_methods(["GET", "POST"])
def wishes(request: AppRequest, case_id: UUID) -> HttpResponse:
    """What somebody asked to hear over time, and the form for what they ask now."""
    view = read_wishes(actor=request.actor, now=request.now, case_id=case_id)
    form = forms.RecordWish(request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            record_wish(
                actor=request.actor,
                now=request.now,
                case_id=case_id,
                asks=WishKind(typed["asks"]),
                every_days=typed["every_days"],
                channel=typed["channel"],
                words=typed["words"],
            )
        except WishImpossible as refusal:
            form.add_error("every_days", refusal.user_message)
        else:
            messages.success(request, "Saved. Promises follow what they asked for")
            return redirect("wishes:wishes", case_id=case_id)
    page = pages.wishes(view.brief, view.wishes, form)
    return render(request, "guarding/form.html", {"page": page})
