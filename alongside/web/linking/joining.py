"""Joining two people by hand, and parting people who were joined."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.access import fresh, requires
from alongside.web.linking import joining_forms as forms
from alongside.web.linking import joining_pages as pages
from alongside.web.refusals import note_refused_act
from alongside.web.requests import AppRequest
from alongside.workflows import merge_people
from alongside.workflows.find_people import find_people

JOINING = "linking/joining.html"
NOT_ONE = "That leads to nobody you may see, or to several. Give the case reference"
HIMSELF = "That is the same person"


@requires(Permission.PERSON_MERGE)
@require_http_methods(["GET", "POST"])
def joined(request: AppRequest, person_id: UUID) -> HttpResponse:
    """With whom somebody was joined, and looking for whom to join them with."""
    lines = merge_people.read_merges(
        actor=request.actor, now=request.now, person_id=person_id
    )
    form = forms.FindOther(request.POST if request.method == "POST" else None)
    if form.is_valid():
        other = _other(request, form.cleaned_data["other"])
        if other == person_id:
            form.add_error("other", HIMSELF)
        elif other is None:
            form.add_error("other", NOT_ONE)
        else:
            return redirect("linking:join", person_id=person_id, other_id=other)
    page = pages.history(person_id, lines, form, actor=request.actor)
    return render(request, JOINING, {"page": page})


@requires(Permission.PERSON_MERGE)
@fresh()
@require_http_methods(["GET", "POST"])
def join(request: AppRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Says what joining would do, and joins them."""
    form = forms.Join(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        refusal = _try(
            request,
            lambda: merge_people.merge(
                actor=request.actor,
                now=request.now,
                kept=person_id,
                gone=other_id,
                reason=form.cleaned_data["reason"],
            ),
        )
        if not refusal:
            messages.success(request, "Joined. They are one person now")
            return redirect("linking:joined", person_id=person_id)
    plan = merge_people.plan_merge(
        actor=request.actor, now=request.now, kept=person_id, gone=other_id
    )
    page = pages.plan(plan, form, refusal=refusal)
    return render(request, JOINING, {"page": page})


@requires(Permission.PERSON_MERGE)
@fresh()
@require_http_methods(["GET", "POST"])
def part(request: AppRequest, merge_id: UUID) -> HttpResponse:
    """Says what parting would put back, and parts them."""
    plan = merge_people.plan_unmerge(
        actor=request.actor, now=request.now, merge_id=merge_id
    )
    form = forms.Part(request.POST if request.method == "POST" else None)
    if not plan.asks:
        form.without_questions()
    refusal = ""
    if form.is_valid():
        said = form.cleaned_data
        refusal = _try(
            request,
            lambda: merge_people.unmerge(
                actor=request.actor,
                now=request.now,
                merge_id=merge_id,
                reason=said["reason"],
                leave_changed=bool(said.get("leave_changed")),
                never_again=said["never_again"],
            ),
        )
        if not refusal:
            messages.success(request, "Parted. Each has their own record again")
            return redirect("linking:joined", person_id=plan.kept)
    lines = merge_people.read_merges(
        actor=request.actor, now=request.now, person_id=plan.kept
    )
    joined = next((line for line in lines if line.merge_id == merge_id), None)
    page = pages.parting(plan, form, joined=joined, refusal=refusal)
    return render(request, JOINING, {"page": page})


def _other(request: AppRequest, text: str) -> UUID | None:
    """The one person that somebody means; None for nobody, or several."""
    _, found = find_people(actor=request.actor, now=request.now, text=text, size=2)
    return found.people[0].public_id if found.count == 1 else None


def _try(request: AppRequest, do: Callable[[], object]) -> str:
    """Why it was refused, in a sentence; empty where it was done."""
    try:
        do()
    except (NotAllowed, NotFound):
        raise
    except DomainError as refused:
        note_refused_act(request, refused)
        return refused.user_message
    return ""
