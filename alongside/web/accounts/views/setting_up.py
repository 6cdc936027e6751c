"""The first sign-in: a second factor is set up before anything opens."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alongside.foundation.accounts import operations, queries
from alongside.walls.context import acting_as
from alongside.web.access import public, to_sign_in
from alongside.web.accounts import adding, forms, pages, stages
from alongside.web.requests import VisitorRequest


@public
@require_http_methods(["GET", "POST"])
def set_up(request: VisitorRequest) -> HttpResponse:
    """Offers an app's secret as a square and as letters; takes the first code."""
    coming = _first_time(request)
    if coming is None:
        return to_sign_in(request)
    form = forms.AppCode(request.POST if request.method == "POST" else None)
    with acting_as(coming.actor):
        if form.is_valid() and adding.add_app(request, coming.actor, form):
            return _signed_in(request, coming)
        page = pages.add_app(form, secret=adding.new_secret(request, coming.actor))
    return render(request, "accounts/set_up.html", {"page": page})


@public
@require_http_methods(["GET", "POST"])
def set_up_passkey(request: VisitorRequest) -> HttpResponse:
    """Makes a passkey as the first second factor."""
    coming = _first_time(request)
    if coming is None:
        return to_sign_in(request)
    form = forms.NewPasskey(request.POST if request.method == "POST" else None)
    with acting_as(coming.actor):
        if form.is_valid() and adding.add_passkey(request, coming.actor, form):
            return _signed_in(request, coming)
        question = adding.ask_for_passkey(request, coming.actor)
    page = pages.add_passkey(form, question=question)
    return render(request, "accounts/set_up_passkey.html", {"page": page})


def _first_time(request: VisitorRequest) -> stages.OnTheWay | None:
    """Who is on the way in and has no second factor yet."""
    coming = stages.on_the_way(request)
    if coming is None or queries.list_factors(actor=coming.actor):
        return None
    return coming


def _signed_in(request: VisitorRequest, coming: stages.OnTheWay) -> HttpResponse:
    codes = operations.make_recovery_codes(
        actor=coming.actor, now=request.now, keys=settings.SIGN_IN_KEYS
    )
    onward = stages.arrive(request, coming=coming, how="new second factor")
    page = pages.recovery_codes(codes, onward=onward["Location"], first=True)
    return render(request, "accounts/recovery_codes.html", {"page": page})
