"""Signing in by an agency's own identity provider."""

import secrets

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.rules import tries
from alongside.foundation.gateways import identity_provider
from alongside.foundation.gateways.identity_provider import (
    Journey,
    Provider,
    ProviderRefused,
    Vouched,
)
from alongside.walls.context import acting_as
from alongside.web.access import public
from alongside.web.accounts import pages, stages
from alongside.web.accounts.waiting import ask_to_wait
from alongside.web.addresses import network_address
from alongside.web.requests import VisitorRequest

AWAY = "away"
NO_ACCOUNT = (
    "Your organisation knows you, but there is no account for you here yet."
    " Ask whoever looks after accounts where you work"
)


# Neither holds a transaction open while the provider is asked.
@public
@transaction.non_atomic_requests
@require_POST
def set_out(request: VisitorRequest, key: str) -> HttpResponse:
    """Sends the browser to the provider, and keeps what must be the same after.

    Only a press of our own button does: a link from elsewhere must not sign anybody
    in (OWASP ASVS 5.0, 7.6.2). It answers with a page that leads on by itself, for
    browsers hold a form to our `form-action` even where its answer is a redirect.
    """
    provider = _provider(key)
    try:
        journey = identity_provider.set_out(provider, back_to=_back_to(request, key))
    except ProviderRefused as error:
        return _refused(request, error.user_message)
    request.session.flush()
    request.session[AWAY] = {
        "key": key,
        "next": request.POST.get("next", ""),
        **vars(journey),
    }
    page = pages.on_to_provider(provider.name, journey.address)
    return render(request, "accounts/on_to_provider.html", {"page": page})


@public
@transaction.non_atomic_requests
@require_safe
def come_back(request: VisitorRequest, key: str) -> HttpResponse:
    """Takes what the provider says, and asks for our own second factor after it."""
    provider = _provider(key)
    away = request.session.pop(AWAY, None)
    counters = tries.of_link(
        settings.SIGN_IN_KEYS.address, address=network_address(request)
    )
    wait = operations.count_try(actor=key, now=request.now, counters=counters)
    if wait:
        return ask_to_wait(request, wait)
    try:
        vouched = _vouched(request, provider, away)
    except ProviderRefused as error:
        operations.record_failure(actor=key, now=request.now, email="", why=key)
        return _refused(request, error.user_message)
    operations.forget_tries(actor=key, now=request.now, counters=counters)
    return _let_in(request, provider, vouched, onward=away["next"])


def _vouched(
    request: VisitorRequest, provider: Provider, away: dict[str, str] | None
) -> Vouched:
    said = request.GET
    if away is None or away["key"] != provider.key:
        raise ProviderRefused
    if not secrets.compare_digest(said.get("state", ""), away["state"]):
        raise ProviderRefused
    # RFC 9207: a provider that names itself must be the one we asked.
    if said.get("iss", provider.issuer) != provider.issuer or "code" not in said:
        raise ProviderRefused
    journey = Journey(
        address="",
        state=away["state"],
        nonce=away["nonce"],
        verifier=away["verifier"],
    )
    return identity_provider.come_back(
        provider,
        back_to=_back_to(request, provider.key),
        journey=journey,
        code=said["code"],
    )


def _let_in(
    request: VisitorRequest, provider: Provider, vouched: Vouched, *, onward: str
) -> HttpResponse:
    user_id = queries.find_outside(
        provider=provider.key, subject=vouched.subject, email=vouched.email
    )
    if not user_id or not queries.list_memberships(user_id=user_id, now=request.now):
        operations.record_failure(
            actor=provider.key, now=request.now, email="", why=provider.key
        )
        return _refused(request, NO_ACCOUNT)
    stages.set_out(request, user_id=user_id, onward=onward, how=provider.key)
    coming = stages.on_the_way(request)
    if coming is None:
        return redirect("accounts:sign_in")
    with acting_as(coming.actor):
        operations.join_outside(
            actor=coming.actor,
            now=request.now,
            provider=provider.key,
            subject=vouched.subject,
        )
    if vouched.second_factor:
        return stages.arrive(
            request,
            coming=coming,
            how="its second factor",
            strong_at=_strong_at(request, provider, vouched),
        )
    return redirect("accounts:second_factor")


def _strong_at(request: VisitorRequest, provider: Provider, vouched: Vouched) -> int:
    """When the provider's second factor was given; 0 where nobody says."""
    now = int(request.now.timestamp())
    if vouched.signed_in_at is not None:
        return min(vouched.signed_in_at, now)
    return now if provider.always_asks else 0


def _provider(key: str) -> Provider:
    found: Provider | None = settings.IDENTITY_PROVIDERS.get(key)
    if found is None:
        raise Http404
    return found


def _back_to(request: VisitorRequest, key: str) -> str:
    return request.build_absolute_uri(reverse("accounts:come_back", args=[key]))


def _refused(request: VisitorRequest, words: str) -> HttpResponse:
    page = pages.refused(words)
    return render(request, "accounts/not_signed_in.html", {"page": page}, status=403)
