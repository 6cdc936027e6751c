"""Choosing a password with the link of an invitation."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.permissions import BadPassword
from alongside.foundation.accounts.rules import tries
from alongside.foundation.lib.errors import NotFound
from alongside.web.access import public
from alongside.web.accounts import forms, pages
from alongside.web.accounts.waiting import ask_to_wait
from alongside.web.addresses import network_address
from alongside.web.requests import VisitorRequest

INVITED = "somebody invited"
OVER = (
    "This link has been used, has run out, or was never made."
    " Ask whoever looks after accounts where you work for a new one"
)
WELCOME = "Your password is set. Sign in with it"


# A try is counted in a transaction of its own, which no later failure takes back.
@public
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def invitation(request: VisitorRequest, secret: str) -> HttpResponse:
    """Takes a new password from whoever holds the link."""
    counters = tries.of_link(
        settings.SIGN_IN_KEYS.address, address=network_address(request)
    )
    wait = operations.count_try(actor=INVITED, now=request.now, counters=counters)
    if wait:
        return ask_to_wait(request, wait)
    email = queries.find_invited(secret=secret, now=request.now)
    if email is None:
        over = {"page": pages.refused(OVER)}
        return render(request, "accounts/not_signed_in.html", over, status=404)
    operations.forget_tries(actor=INVITED, now=request.now, counters=counters)
    form = forms.FirstPassword(request.POST if request.method == "POST" else None)
    if form.is_valid() and _take(request, secret, form):
        messages.success(request, WELCOME)
        return redirect("accounts:sign_in")
    page = pages.invitation(form, email=email)
    return render(request, "accounts/invitation.html", {"page": page})


def _take(request: VisitorRequest, secret: str, form: forms.FirstPassword) -> bool:
    try:
        operations.use_invitation(
            actor=INVITED,
            now=request.now,
            secret=secret,
            password=form.cleaned_data["password"],
        )
    except BadPassword as error:
        form.add_error("password", error.user_message)
    except NotFound:
        form.add_error(None, OVER)
    else:
        return True
    return False
