"""Opening a case in an emergency, closing it, and reviewing that it was opened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.care.guarding import queries
from alongside.care.guarding.operations import emergency
from alongside.care.guarding.types import Finding, Outcome, Refusal
from alongside.foundation.accounts.types import Permission
from alongside.web.access import fresh, requires
from alongside.web.emergency import forms, pages
from alongside.web.requests import AppRequest

FORM, LIST = "guarding/form.html", "guarding/list.html"
PAGE_SIZE, MOST_LOOKS = 25, 200
# One answer for what there is not and what somebody may never open.
REFUSED = "We could not open that. Your attempt is recorded."
WHY = {
    Refusal.TOO_MANY: "You have opened as many cases like this as one person may in a"
    " day. Ask a supervisor to open it. Your attempt is recorded.",
    Refusal.STALE: "Too long ago that you confirmed it is you. Open this page again.",
}
NOT_REVIEWED = {
    Refusal.OWN: "Nobody reviews their own emergency access. Your attempt is recorded.",
    Refusal.PAIR: "They reviewed one of yours, so somebody else must review this."
    " Your attempt is recorded.",
    Refusal.DONE: "Somebody has reviewed this already",
}


@requires(Permission.EMERGENCY_OPEN)
@fresh()
@require_http_methods(["GET", "POST"])
def open_case(request: AppRequest) -> HttpResponse:
    """Opens a case whose reference is typed in full, for a few hours."""
    form = forms.OpenCase(request.POST if request.method == "POST" else None)
    if form.is_valid():
        outcome = _open(request, form)
        if outcome.case_id is not None:
            return redirect("casework:case", case_id=outcome.case_id)
        refusal = outcome.refusal or Refusal.UNKNOWN
        form.add_error(None, WHY.get(refusal, REFUSED))
    return render(request, FORM, {"page": pages.open_case(form)})


@requires(Permission.EMERGENCY_OPEN)
@require_POST
def close(request: AppRequest, access_id: UUID) -> HttpResponse:
    """Closes the reader's own emergency access before its time."""
    if emergency.close_emergency(
        actor=request.actor, now=request.now, access_id=access_id
    ):
        messages.success(request, "Closed. You can no longer see that case")
    else:
        messages.warning(request, "That was closed already")
    return redirect("home")


@requires(Permission.EMERGENCY_REVIEW)
@require_safe
def reviews(request: AppRequest) -> HttpResponse:
    """Every emergency access that waits for a review, or was reviewed."""
    waiting = request.GET.get("show") != "reviewed"
    text = request.GET.get("start", "")
    start = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    uses = queries.list_emergencies(
        actor=request.actor, waiting=waiting, limit=PAGE_SIZE + 1, skip=start
    )
    page = pages.reviews(uses, waiting=waiting, start=start, size=PAGE_SIZE)
    return render(request, LIST, {"page": page})


@requires(Permission.EMERGENCY_REVIEW)
@require_http_methods(["GET", "POST"])
def review(request: AppRequest, access_id: UUID) -> HttpResponse:
    """One emergency access: why, what was looked at, and what a reviewer finds."""
    form = forms.Review(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refusal = emergency.review_emergency(
            actor=request.actor,
            now=request.now,
            access_id=access_id,
            finding=Finding(form.cleaned_data["finding"]),
            words=form.cleaned_data["words"],
        )
        if refusal is None:
            messages.success(request, "Reviewed. Whoever opened the case is told")
            return redirect("emergency:reviews")
        form.add_error(None, NOT_REVIEWED.get(refusal, REFUSED))
    use = queries.get_emergency(actor=request.actor, access_id=access_id)
    looks = queries.list_looks(
        actor=request.actor, access_id=access_id, limit=MOST_LOOKS
    )
    if use.reviewed_at is not None:
        return render(request, LIST, {"page": pages.reviewed(use, looks)})
    return render(request, FORM, {"page": pages.review(use, looks, form)})


def _open(request: AppRequest, form: forms.OpenCase) -> Outcome:
    typed = form.cleaned_data
    return emergency.open_in_emergency(
        actor=request.actor,
        now=request.now,
        reference=typed["reference"],
        born=typed["born"],
        category=typed["category"],
        reason=typed["reason"],
    )
