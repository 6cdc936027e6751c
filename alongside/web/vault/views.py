"""A person's protected details: the list, and one at a time."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.vault import operations
from alongside.foundation.vault.operations.protecting import AlreadyEnded
from alongside.foundation.vault.queries import SecondFactorNeeded
from alongside.foundation.vault.tables import KINDS
from alongside.foundation.vault.types import DetailKind
from alongside.web.access import fresh, requires
from alongside.web.requests import AppRequest
from alongside.web.vault import forms, pages
from alongside.web.words import say_moment
from alongside.workflows import protected_details as workflow

FORM = "vault/form.html"


@requires(Permission.CASE_VIEW)
@require_safe
def show(request: AppRequest, person_id: UUID) -> HttpResponse:
    """What is held of a person, opening nothing."""
    try:
        view = workflow.read_protected(
            actor=request.actor, now=request.now, person_id=person_id
        )
    except NotFound:
        return _not_found(request)
    page = pages.listing(view, actor=request.actor)
    return render(request, "vault/list.html", {"page": page})


@requires(Permission.PROTECTED_OPEN)
@require_http_methods(["GET", "POST"])
def add(request: AppRequest, person_id: UUID) -> HttpResponse:
    """Protects a detail."""
    try:
        view = workflow.read_protected(
            actor=request.actor, now=request.now, person_id=person_id
        )
    except NotFound:
        return _not_found(request)
    if not view.held.may_open:
        raise NotAllowed
    form = forms.AddDetail(_typed(request))
    if form.is_valid() and _saved(
        form,
        lambda: workflow.protect(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            kind=DetailKind(form.cleaned_data["kind"]),
            text=form.cleaned_data["text"],
        ),
    ):
        messages.success(request, "Protected")
        return redirect("vault:list", person_id=person_id)
    return render(request, FORM, {"page": pages.adding(view, form)})


@requires(Permission.PROTECTED_OPEN)
@require_http_methods(["GET", "POST"])
def replace(request: AppRequest, person_id: UUID, detail_id: UUID) -> HttpResponse:
    """Puts a new value in a detail's place."""
    view = _read(request, person_id, detail_id)
    if view is None:
        return _not_found(request)
    form = forms.ReplaceDetail(_typed(request), row=KINDS[view.detail.kind])
    if form.is_valid() and _saved(
        form,
        lambda: workflow.protect(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            kind=view.detail.kind,
            text=form.cleaned_data["text"],
            replaces=detail_id,
        ),
    ):
        messages.success(request, "Replaced")
        return redirect("vault:list", person_id=person_id)
    return render(request, FORM, {"page": pages.replacing(view, form)})


@requires(Permission.PROTECTED_OPEN)
@fresh()
@require_http_methods(["GET", "POST"])
def open_one(request: AppRequest, person_id: UUID, detail_id: UUID) -> HttpResponse:
    """Asks why, then shows a detail once; the look is on the trail."""
    view = _read(request, person_id, detail_id)
    if view is None:
        return _not_found(request)
    form = forms.OpenDetail(_typed(request))
    if not form.is_valid():
        return render(request, FORM, {"page": pages.opening(view, form)})
    reason = form.cleaned_data["reason"]
    try:
        opened = workflow.open_protected(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            detail_id=detail_id,
            reason=reason,
        )
    except SecondFactorNeeded:
        # Answered, not raised: raising would undo the audit entry of the refused look.
        way = urlencode({"next": pages.address("open", person_id, detail_id)})
        return redirect(f"{reverse('accounts:confirm')}?{way}")
    except NotFound:
        return _not_found(request)
    except DomainError as refusal:
        page = {"refusal": refusal.user_message}
        return render(request, "errors/refused.html", page, status=409)
    shown = pages.shown(
        view,
        opened,
        reason=reason,
        by=request.actor.label,
        at=say_moment(request.now),
    )
    return render(request, "vault/shown.html", {"page": shown})


@requires(Permission.PROTECTED_OPEN)
@require_http_methods(["GET", "POST"])
def end(request: AppRequest, person_id: UUID, detail_id: UUID) -> HttpResponse:
    """Asks once, then says that a detail is out of date."""
    view = _read(request, person_id, detail_id)
    if view is None:
        return _not_found(request)
    if request.method != "POST":
        return render(request, "vault/end.html", {"page": pages.ending(view)})
    try:
        operations.end_detail(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            detail_id=detail_id,
        )
    except AlreadyEnded as refusal:
        messages.warning(request, refusal.user_message)
    else:
        messages.success(request, "Marked as out of date")
    return redirect("vault:list", person_id=person_id)


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _saved(form: django_forms.Form, do: Callable[[], object]) -> bool:
    """Do what a valid form asks; where it is refused, the reason stands by it."""
    try:
        do()
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        field = None if isinstance(refusal, AlreadyEnded) else "text"
        form.add_error(field, refusal.user_message)
        return False
    return True


def _read(
    request: AppRequest, person_id: UUID, detail_id: UUID
) -> workflow.DetailView | None:
    try:
        return workflow.read_detail(
            actor=request.actor,
            now=request.now,
            person_id=person_id,
            detail_id=detail_id,
        )
    except NotFound:
        return None


def _not_found(request: HttpRequest) -> HttpResponse:
    # Answered, not raised: raising would undo the audit entry of the refused look.
    return render(request, "404.html", status=404)
