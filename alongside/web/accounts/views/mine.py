"""One's own account: password, second factors, recovery codes, sessions."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.permissions import BadPassword
from alongside.foundation.lib.errors import DomainError
from alongside.web.access import fresh, signed_in
from alongside.web.accounts import account_pages, adding, forms, pages
from alongside.web.requests import AppRequest
from alongside.web.sessions import hash_key


@signed_in
@require_safe
def account(request: AppRequest) -> HttpResponse:
    """What the account has, and what can be changed."""
    actor = request.actor
    page = account_pages.account(
        user=queries.get_user(user_id=actor.user_id),
        actor=actor,
        factors=queries.list_factors(actor=actor),
        codes=queries.count_recovery_codes(actor=actor),
        sessions=queries.list_sessions(
            actor=actor, now=request.now, here=_here(request)
        ),
    )
    return render(request, "accounts/account.html", {"page": page})


@signed_in
@fresh()
@require_http_methods(["GET", "POST"])
def change_password(request: AppRequest) -> HttpResponse:
    """Takes a new password; ends the account's other sessions."""
    form = forms.ChangePassword(request.POST if request.method == "POST" else None)
    if form.is_valid() and _changed(request, form):
        _end_others(request)
        messages.success(request, "Your password is changed. You stay signed in here")
        return redirect("accounts:account")
    page = account_pages.PasswordPage(
        title=pages.title("Change your password", form),
        form=form,
        email=queries.get_user(user_id=request.actor.user_id).email,
    )
    return render(request, "accounts/password.html", {"page": page})


def _changed(request: AppRequest, form: forms.ChangePassword) -> bool:
    typed = form.cleaned_data
    try:
        operations.change_password(
            actor=request.actor,
            now=request.now,
            old=typed["old"],
            new=typed["password"],
        )
    except operations.WrongPassword as error:
        form.add_error("old", error.user_message)
    except BadPassword as error:
        form.add_error("password", error.user_message)
    else:
        # This session's own mark of the password; without it, it would end too.
        user = queries.get_user(user_id=request.actor.user_id)
        update_session_auth_hash(request, user)
        return True
    return False


@signed_in
@fresh()
@require_http_methods(["GET", "POST"])
def add_app(request: AppRequest) -> HttpResponse:
    """Adds another authenticator app."""
    form = forms.AppCode(request.POST if request.method == "POST" else None)
    if form.is_valid() and adding.add_app(request, request.actor, form):
        messages.success(request, "The authenticator app is added")
        return redirect("accounts:account")
    page = pages.add_app(form, secret=adding.new_secret(request, request.actor))
    return render(request, "accounts/add_app.html", {"page": page})


@signed_in
@fresh()
@require_http_methods(["GET", "POST"])
def add_passkey(request: AppRequest) -> HttpResponse:
    """Adds a passkey."""
    form = forms.NewPasskey(request.POST if request.method == "POST" else None)
    if form.is_valid() and adding.add_passkey(request, request.actor, form):
        messages.success(request, "The passkey is added")
        return redirect("accounts:account")
    question = adding.ask_for_passkey(request, request.actor)
    page = pages.add_passkey(form, question=question)
    return render(request, "accounts/add_passkey.html", {"page": page})


@signed_in
@fresh()
@require_http_methods(["GET", "POST"])
def remove_factor(request: AppRequest, factor_id: UUID) -> HttpResponse:
    """Asks whether to remove a second factor, then does; ends other sessions."""
    factors = queries.list_factors(actor=request.actor)
    if request.method == "POST":
        try:
            operations.remove_factor(
                actor=request.actor, now=request.now, factor_id=factor_id
            )
        except DomainError as error:
            messages.error(request, error.user_message)
        else:
            _end_others(request)
            messages.success(request, "The second factor is removed")
        return redirect("accounts:account")
    page = account_pages.remove(factors, factor_id=factor_id)
    return render(request, "accounts/sure.html", {"page": page})


@signed_in
@fresh()
@require_http_methods(["GET", "POST"])
def recovery_codes(request: AppRequest) -> HttpResponse:
    """Asks whether to make new recovery codes, then shows them once."""
    if request.method != "POST":
        page = account_pages.new_codes()
        return render(request, "accounts/sure.html", {"page": page})
    codes = operations.make_recovery_codes(
        actor=request.actor, now=request.now, keys=settings.SIGN_IN_KEYS
    )
    shown = pages.recovery_codes(codes, onward=reverse("accounts:account"))
    return render(request, "accounts/recovery_codes.html", {"page": shown})


@signed_in
@require_POST
def end_session(request: AppRequest, session_id: UUID) -> HttpResponse:
    """Ends one of one's own sessions."""
    try:
        operations.end_session(
            actor=request.actor, now=request.now, session_id=session_id
        )
    except DomainError as error:
        messages.error(request, error.user_message)
    else:
        messages.success(request, "That session is ended")
    return redirect("accounts:account")


@signed_in
@require_POST
def end_other_sessions(request: AppRequest) -> HttpResponse:
    """Ends every session of one's own but this."""
    _end_others(request)
    messages.success(request, "You are signed out everywhere else")
    return redirect("accounts:account")


def _end_others(request: AppRequest) -> None:
    operations.end_other_sessions(
        actor=request.actor, now=request.now, keep=_here(request)
    )


def _here(request: AppRequest) -> bytes:
    return hash_key(request.session.session_key)
