"""Signing in and out, and choosing whom to act for."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.foundation.accounts import operations, queries
from alongside.walls.context import acting_as
from alongside.web import shell
from alongside.web.access import public, to_sign_in
from alongside.web.accounts import forms, pages
from alongside.web.middleware import begin_session
from alongside.web.requests import VisitorRequest

# One answer for every failure, so that it tells nobody which accounts exist.
NOT_RECOGNISED = "Check your e-mail address and password, then try again"


@public
@require_safe
def home(request: VisitorRequest) -> HttpResponse:
    """Leads to the first page that whoever acts may open."""
    if request.actor is None:
        return to_sign_in(request)
    places = shell.destinations(request.actor)
    if not places:
        page = pages.nothing_yet(request.actor)
        return render(request, "accounts/nothing_yet.html", {"page": page})
    return redirect(places[0].route)


@public
@require_http_methods(["GET", "POST"])
def sign_in(request: VisitorRequest) -> HttpResponse:
    """Asks for an e-mail address and a password."""
    form = forms.SignIn(
        request.POST if request.method == "POST" else None,
        initial={"next": request.GET.get("next", "")},
    )
    if form.is_valid():
        answer = _try_to_sign_in(request, form)
        if answer:
            return answer
        form.add_error(None, NOT_RECOGNISED)
    page = pages.sign_in(form, timed_out="timed_out" in request.GET)
    return render(request, "accounts/sign_in.html", {"page": page})


@public
@require_http_methods(["GET", "POST"])
def choose(request: VisitorRequest) -> HttpResponse:
    """Asks someone with several roles which to act in; also changes it later."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    memberships = queries.list_memberships(user_id=request.user.pk, now=request.now)
    form = forms.Choose(request.POST or None, memberships=memberships)
    if form.is_valid():
        _act_as(request, form.cleaned_data["membership"])
        return _onwards(request, request.session.pop("next", ""))
    return render(request, "accounts/choose.html", {"page": pages.choose(form)})


@public
@require_POST
def sign_out(request: VisitorRequest) -> HttpResponse:
    """Ends the session and leaves nothing of it in the browser."""
    if request.actor:
        operations.record_sign_out(actor=request.actor, now=request.now)
    logout(request)
    response = redirect("accounts:sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public
@require_safe
def still_here(request: VisitorRequest) -> HttpResponse:
    """Keeps a session alive while someone writes a long note (204, or 403)."""
    return HttpResponse(status=204 if request.actor else 403)


def _try_to_sign_in(request: VisitorRequest, form: forms.SignIn) -> HttpResponse | None:
    typed = form.cleaned_data
    user = authenticate(request, username=typed["email"], password=typed["password"])
    if user is None:
        return None
    memberships = queries.list_memberships(user_id=user.pk, now=request.now)
    if not memberships:
        return None
    login(request, user)
    if len(memberships) > 1:
        request.session["next"] = typed["next"]
        return redirect("accounts:choose")
    _act_as(request, memberships[0][0])
    return _onwards(request, typed["next"])


def _act_as(request: VisitorRequest, membership_id: int) -> None:
    actor = queries.get_actor(
        user_id=request.user.pk or 0, now=request.now, membership_id=membership_id
    )
    request.session.cycle_key()
    begin_session(request, membership_id=membership_id)
    with acting_as(actor):
        operations.record_sign_in(actor=actor, now=request.now)


def _onwards(request: VisitorRequest, address: str) -> HttpResponse:
    safe = url_has_allowed_host_and_scheme(
        address,
        allowed_hosts={request.get_host()},
        require_https=request.is_secure(),
    )
    return HttpResponseRedirect(address) if safe else redirect("home")
