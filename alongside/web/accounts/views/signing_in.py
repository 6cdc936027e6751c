"""Signing in and out, and choosing whom to act for."""

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.rules import tries
from alongside.walls.context import acting_as
from alongside.web.access import public, to_sign_in
from alongside.web.accounts import forms, pages, stages
from alongside.web.accounts.waiting import ask_to_wait
from alongside.web.addresses import network_address
from alongside.web.components.base import Link
from alongside.web.middleware import note_membership
from alongside.web.places import destinations
from alongside.web.requests import VisitorRequest

# One answer for every failure, so that it tells nobody which accounts exist.
NOT_RECOGNISED = "Check your e-mail address and password, then try again"
VISITOR = "a visitor"


@public
@require_safe
def home(request: VisitorRequest) -> HttpResponse:
    """Leads to the first page that whoever acts may open."""
    if request.actor is None:
        return to_sign_in(request)
    places = destinations(request.actor)
    if not places:
        page = pages.nothing_yet(request.actor)
        return render(request, "accounts/nothing_yet.html", {"page": page})
    return redirect(places[0].route)


# A try is counted in a transaction of its own, which no later failure takes back.
@public
@transaction.non_atomic_requests
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
    page = pages.sign_in(
        form,
        timed_out="timed_out" in request.GET,
        ways=_other_ways(),
        onward=str(form["next"].value() or ""),
    )
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
        request.session.cycle_key()
        _act_as(request, form.cleaned_data["membership"])
        return stages.onwards(request, request.session.pop(stages.NEXT, ""))
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
    """Keeps a session alive while someone writes a long note (204, or 403).

    Asked by HEAD it says the same, and keeps nothing alive.
    """
    return HttpResponse(status=204 if request.actor else 403)


def _other_ways() -> tuple[Link, ...]:
    return tuple(
        Link(
            text=f"Sign in with {provider.name}",
            href=reverse("accounts:set_out", args=[key]),
        )
        for key, provider in settings.IDENTITY_PROVIDERS.items()
    )


def _act_as(request: VisitorRequest, membership_id: int) -> None:
    note_membership(request, membership_id=membership_id)
    actor = queries.get_actor(
        user_id=request.user.pk or 0, now=request.now, membership_id=membership_id
    )
    with acting_as(actor):
        operations.record_sign_in(actor=actor, now=request.now, how="role chosen")


def _try_to_sign_in(request: VisitorRequest, form: forms.SignIn) -> HttpResponse | None:
    email = form.cleaned_data["email"]
    counters = tries.of_password(
        settings.SIGN_IN_KEYS.address, email=email, address=network_address(request)
    )
    wait = operations.count_try(actor=VISITOR, now=request.now, counters=counters)
    if wait:
        operations.record_throttled(actor=VISITOR, now=request.now, email=email)
        return ask_to_wait(request, wait)
    user_id = _find_user(request, email, form.cleaned_data["password"])
    if user_id is None:
        operations.record_failure(
            actor=VISITOR, now=request.now, email=email, why="password"
        )
        return None
    operations.forget_tries(actor=VISITOR, now=request.now, counters=counters)
    stages.set_out(
        request,
        user_id=user_id,
        onward=form.cleaned_data["next"],
        how="password",
    )
    return redirect("accounts:second_factor")


def _find_user(request: VisitorRequest, email: str, password: str) -> int | None:
    """Whose the password is, if they act for anybody.

    The password is hashed once whether or not there is such an account.
    """
    user = authenticate(request, username=email, password=password)
    user_id = user.pk if user else 0
    memberships = queries.list_memberships(user_id=user_id, now=request.now)
    return user_id if memberships else None
