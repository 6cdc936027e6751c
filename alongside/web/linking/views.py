"""The review desk: whether two records are one person's, and how linking goes."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.care.linking.operations.reviews import QuestionNeeded
from alongside.care.linking.queries.reviews import find_next_review
from alongside.care.linking.tables import LIMITS
from alongside.care.linking.types import AskedOf, Settled
from alongside.care.matching.types import Why
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.web.access import fresh, requires
from alongside.web.exports import csv_file
from alongside.web.linking import desk_pages, forms, pages, quality_pages
from alongside.web.refusals import note_refused_act
from alongside.web.requests import AppRequest
from alongside.workflows import review_people

FORM = "guarding/form.html"
SITTING = LIMITS["review_sitting_minutes"].number
PAGE_ROWS = 25
SAME, NOT_SAME = "same", "not_same"
KEYS_OFF = "keys_off"
QUICKER = "Somebody else has answered that one"
NONE = "We could not find that task any more"
TOO_LATE = "That can no longer be taken back"


@requires(Permission.LINK_REVIEW)
@require_safe
def tasks(request: AppRequest) -> HttpResponse:
    """Every task of people the reader may see, heaviest first."""
    asked = pages.read_asked(request.GET)
    view = review_people.read_reviews(
        actor=request.actor,
        now=request.now,
        asked=asked.put_aside,
        why=Why(asked.why) if asked.why else None,
        start=asked.start,
        size=PAGE_ROWS,
    )
    page = pages.tasks(view, asked=asked, now=request.now, size=PAGE_ROWS)
    page = replace(page, keys_off=_keys_off(request))
    return render(request, "linking/tasks.html", {"page": page})


@requires(Permission.LINK_REVIEW)
@require_safe
def following(request: AppRequest) -> HttpResponse:
    """Leads to the first task, or to the one after or before another."""
    after, before = _uuid(request, "after"), _uuid(request, "before")
    return _go_on(request, beside=before or after, back=before is not None)


@requires(Permission.LINK_REVIEW)
@fresh(minutes=SITTING)
@require_http_methods(["GET", "POST"])
def desk(request: AppRequest, review_id: UUID) -> HttpResponse:
    """One task: two records side by side, and the answer to it."""
    refusal = ""
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in {SAME, NOT_SAME}:
        try:
            outcome = review_people.answer(
                actor=request.actor,
                now=request.now,
                review_id=review_id,
                same=answer == SAME,
            )
        except (NotAllowed, NotFound):
            raise
        except DomainError as refused:
            note_refused_act(request, refused)
            refusal = refused.user_message
        else:
            _say(request, outcome)
            return _go_on(request, beside=review_id)
    view = review_people.read_desk(
        actor=request.actor, now=request.now, review_id=review_id
    )
    page = desk_pages.desk(view, refusal=refusal, keys_off=_keys_off(request))
    return render(request, "linking/desk.html", {"page": page})


@requires(Permission.LINK_REVIEW)
@require_http_methods(["GET", "POST"])
def ask(request: AppRequest, review_id: UUID) -> HttpResponse:
    """Puts a task aside with a question to somebody."""
    form = forms.Ask(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            outcome = review_people.ask(
                actor=request.actor,
                now=request.now,
                review_id=review_id,
                whom=AskedOf(form.cleaned_data["whom"]),
                words=form.cleaned_data["words"],
            )
        except QuestionNeeded as refused:
            form.add_error("words", refused.user_message)
        else:
            _say(request, outcome)
            return _go_on(request, beside=review_id)
    return render(request, FORM, {"page": pages.ask(form, review_id)})


@requires(Permission.LINK_REVIEW)
@fresh(minutes=SITTING)
@require_POST
def undo(request: AppRequest, review_id: UUID) -> HttpResponse:
    """Takes back what the reader answered, and shows the task again."""
    try:
        undone = review_people.undo(
            actor=request.actor, now=request.now, review_id=review_id
        )
    except (NotAllowed, NotFound):
        raise
    except DomainError as refused:
        note_refused_act(request, refused)
        messages.warning(request, refused.user_message)
        return redirect("linking:tasks")
    if not undone:
        messages.warning(request, TOO_LATE)
        return redirect("linking:tasks")
    messages.success(request, "Taken back. Here it is again")
    return redirect("linking:desk", review_id=review_id)


@requires(Permission.LINK_REVIEW)
@require_POST
def switch_keys(request: AppRequest, review_id: UUID) -> HttpResponse:
    """Switches the keys of the desk off, or on again, until the reader signs out."""
    request.session[KEYS_OFF] = not _keys_off(request)
    return redirect("linking:desk", review_id=review_id)


def _keys_off(request: AppRequest) -> bool:
    return bool(request.session.get(KEYS_OFF))


@requires(Permission.LINK_QUALITY)
@require_safe
def quality(request: AppRequest) -> HttpResponse:
    """How linking goes, month by month."""
    view = review_people.read_quality(actor=request.actor, now=request.now)
    if request.GET.get("format") == "csv":
        rows = quality_pages.file_rows(view)
        return csv_file("linking", quality_pages.FILE_HEAD, rows)
    page = quality_pages.quality(view, now=request.now)
    return render(request, "linking/quality.html", {"page": page})


def _go_on(
    request: AppRequest, *, beside: UUID | None = None, back: bool = False
) -> HttpResponse:
    found = find_next_review(
        actor=request.actor, now=request.now, beside=beside, back=back
    )
    if found is None:
        return redirect("linking:tasks")
    return redirect("linking:desk", review_id=found)


def _say(request: AppRequest, outcome: Settled) -> None:
    """Say what became of an answer only where it is not what was meant."""
    if outcome is not Settled.DONE:
        words = QUICKER if outcome is Settled.ANSWERED else NONE
        messages.warning(request, words)


def _uuid(request: AppRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
