"""The second factor: when signing in, and when a page asks for it again."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.foundation.accounts import queries
from alongside.foundation.accounts.rules import app_codes
from alongside.foundation.accounts.types import Actor, FactorKind
from alongside.web.access import public, signed_in, to_sign_in
from alongside.web.accounts import forms, pages, stages
from alongside.web.accounts.proving import Way, ask_for_passkey, prove
from alongside.web.accounts.waiting import ask_to_wait
from alongside.web.addresses import is_ours
from alongside.web.middleware import STRONG
from alongside.web.requests import AppRequest, VisitorRequest

FORMS: dict[Way, type[forms.Given]] = {
    Way.APP: forms.AppCode,
    Way.PASSKEY: forms.PasskeyAnswer,
    Way.RECOVERY: forms.RecoveryCode,
}
WRONG = {
    Way.APP: "That code is not right, or has been used. Enter the one shown now",
    Way.PASSKEY: "That passkey was not recognised. Try again",
    Way.RECOVERY: "That is not a recovery code of yours, or it has been used",
}


# A try is counted in a transaction of its own, which no later failure takes back.
@public
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def second_factor(request: VisitorRequest) -> HttpResponse:
    """Asks for the second of two things; the way in for who has given the first."""
    coming = stages.on_the_way(request)
    if coming is None:
        return to_sign_in(request)
    if not queries.list_factors(actor=coming.actor):
        return redirect("accounts:set_up")
    return _ask(
        request,
        coming.actor,
        here=reverse("accounts:second_factor"),
        done=lambda way: stages.arrive(request, coming=coming, how=HOW[way]),
        words=pages.SIGNING_IN,
    )


HOW = {
    Way.APP: "authenticator app",
    Way.PASSKEY: "passkey",
    Way.RECOVERY: "recovery code",
}


@signed_in
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def confirm(request: AppRequest) -> HttpResponse:
    """Asks again for the second factor, and leads back to what needed it."""
    asked = request.GET.get("next", "")
    onward = asked if is_ours(request, asked) else reverse("home")

    def done(way: Way) -> HttpResponse:
        request.session.cycle_key()
        request.session[STRONG] = int(request.now.timestamp())
        return HttpResponseRedirect(onward)

    return _ask(
        request,
        request.actor,
        here=request.get_full_path(),
        done=done,
        words=pages.CONFIRMING,
    )


def _ask(
    request: VisitorRequest | AppRequest,
    actor: Actor,
    *,
    here: str,
    done: Callable[[Way], HttpResponse],
    words: pages.Asking,
) -> HttpResponse:
    kinds = {factor.kind for factor in queries.list_factors(actor=actor)}
    way = _way(request, kinds)
    form = FORMS[way](request.POST if request.method == "POST" else None)
    if form.is_valid():
        proof = prove(request, actor, way, form.cleaned_data["code"])
        if proof.wait:
            return ask_to_wait(request, proof.wait)
        if proof.right:
            return done(way)
        form.add_error(None if way is Way.PASSKEY else "code", WRONG[way])
    page = pages.second_factor(
        form,
        way=way,
        kinds=kinds,
        here=here,
        question=ask_for_passkey(request, actor),
        words=words,
        practice_code=_practice_code(request, actor),
    )
    return render(request, "accounts/second_factor.html", {"page": page})


def _way(request: VisitorRequest | AppRequest, kinds: set[FactorKind]) -> Way:
    given = request.POST.get("way") or request.GET.get("way")
    if given in set(Way):
        return Way(given)
    return Way.APP if FactorKind.APP in kinds or not kinds else Way.PASSKEY


def _practice_code(request: VisitorRequest | AppRequest, actor: Actor) -> str:
    if not settings.PRACTICE_SECOND_FACTOR:
        return ""
    return queries.find_practice_code(
        actor=actor,
        keys=settings.SIGN_IN_KEYS,
        secret=app_codes.read_secret(settings.PRACTICE_SECOND_FACTOR),
        now=request.now,
    )
