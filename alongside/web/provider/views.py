"""The pages of those with whom something is shared."""

from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.care.referrals import operations
from alongside.foundation.accounts.types import Permission
from alongside.web.access import requires
from alongside.web.casework.views.saving import typed
from alongside.web.govuk.forms import PlainForm
from alongside.web.provider import forms, pages
from alongside.web.requests import AppRequest
from alongside.web.sharing.forms import Message
from alongside.workflows.read_shared import SharedView, read_inbox, read_shared

ASK = "sharing/ask.html"


@requires(Permission.SHARE_VIEW)
@require_safe
def inbox(request: AppRequest) -> HttpResponse:
    """What is shared with the agency."""
    found = read_inbox(actor=request.actor, now=request.now)
    page = pages.inbox(found, now=request.now)
    return render(request, "provider/inbox.html", {"page": page})


@requires(Permission.SHARE_VIEW)
@require_safe
def show(request: AppRequest, share_id: UUID) -> HttpResponse:
    """One thing that is shared, and nothing that is not."""
    page = pages.shared(_view(request, share_id), actor=request.actor, now=request.now)
    return render(request, "provider/shared.html", {"page": page})


@requires(Permission.SHARE_ANSWER)
@require_POST
def accept(request: AppRequest, share_id: UUID) -> HttpResponse:
    """Takes somebody on."""
    operations.accept_referral(actor=request.actor, now=request.now, share_id=share_id)
    messages.success(request, "Accepted. The service that referred them is told")
    return redirect("provider:shared", share_id=share_id)


@requires(Permission.SHARE_ANSWER)
@require_http_methods(["GET", "POST"])
def decline(request: AppRequest, share_id: UUID) -> HttpResponse:
    """Says no, and why."""
    view = _view(request, share_id)
    form = forms.Decline(typed(request))
    if form.is_valid():
        operations.decline_referral(
            actor=request.actor,
            now=request.now,
            share_id=share_id,
            code=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
        )
        messages.success(request, "Declined. The service that referred them is told")
        return redirect("provider:inbox")
    return _form(request, view, "Decline this referral", form, save="Decline")


@requires(Permission.SHARE_ANSWER)
@require_http_methods(["GET", "POST"])
def ask(request: AppRequest, share_id: UUID) -> HttpResponse:
    """Asks the service that referred somebody."""
    view = _view(request, share_id)
    form = Message(typed(request))
    if form.is_valid():
        operations.write_message(
            actor=request.actor,
            now=request.now,
            share_id=share_id,
            words=form.cleaned_data["words"],
        )
        messages.success(request, "Message sent")
        return redirect("provider:shared", share_id=share_id)
    page = pages.form(view, f"Write to {view.share.sender_name}", form, save="Send")
    return render(request, ASK, {"page": page})


@requires(Permission.SHARE_ANSWER)
@require_http_methods(["GET", "POST"])
def done(request: AppRequest, share_id: UUID) -> HttpResponse:
    """Says that the service has done its part."""
    view = _view(request, share_id)
    if request.method == "POST":
        operations.end_referral(actor=request.actor, now=request.now, share_id=share_id)
        messages.success(request, "Ended. The service that referred them is told")
        return redirect("provider:inbox")
    heading, save = "Is your part done?", "Our part is done"
    return _form(request, view, heading, PlainForm(), save=save)


def _form(
    request: AppRequest,
    view: SharedView,
    heading: str,
    form: django_forms.Form,
    *,
    save: str,
) -> HttpResponse:
    page = pages.form(view, heading, form, save=save, warns=True)
    return render(request, ASK, {"page": page})


def _view(request: AppRequest, share_id: UUID) -> SharedView:
    return read_shared(actor=request.actor, now=request.now, share_id=share_id)
