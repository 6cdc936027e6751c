"""The way in: who has given a password and not yet a second factor, and the last step.

Between the two, `request.user` is still nobody: no page needs to know of this state
to be closed to it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.rules.devices import say_device
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import Actor, LimitCode
from alongside.foundation.lib.errors import NotFound
from alongside.walls.context import acting_as
from alongside.web.addresses import is_ours
from alongside.web.middleware import (
    STRONG,
    begin_session,
    note_membership,
)
from alongside.web.requests import VisitorRequest
from alongside.web.sessions import DEVICE

PENDING, NEXT = "pending", "next"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, kw_only=True)
class OnTheWay:
    """Somebody who has given a password, or come from their provider.

    `actor` is who they would act as first; `how` names what they gave.
    """

    actor: Actor
    how: str


def set_out(request: VisitorRequest, *, user_id: int, onward: str, how: str) -> None:
    """Note that somebody has given the first of two things. The session is new."""
    request.session.flush()
    request.session[PENDING] = {
        "user": user_id,
        "at": request.now.timestamp(),
        NEXT: onward,
        "how": how,
    }


def on_the_way(request: VisitorRequest) -> OnTheWay | None:
    """Who is between the two, while they still have time; else nobody."""
    kept: dict[str, Any] | None = request.session.get(PENDING)
    if kept is None:
        return None
    since = datetime.fromtimestamp(kept["at"], UTC)
    if request.now - since > timedelta(minutes=limit(LimitCode.PENDING_MINUTES)):
        request.session.flush()
        return None
    try:
        actor = queries.get_actor(user_id=kept["user"], now=request.now)
    except NotFound:
        request.session.flush()
        return None
    return OnTheWay(actor=actor, how=kept["how"])


def arrive(
    request: VisitorRequest,
    *,
    coming: OnTheWay,
    how: str,
    strong_at: int | None = None,
) -> HttpResponse:
    """Sign in: both were given. Leads to the choice of a role, or onwards.

    `strong_at` is when the second was given (epoch seconds, 0 where that is not
    known); left out, it was now.
    """
    onward = request.session.pop(PENDING)[NEXT]
    user = queries.get_user(user_id=coming.actor.user_id)
    login(request, user, backend=BACKEND)
    request.session[DEVICE] = say_device(request.headers.get("User-Agent", ""))
    now = int(request.now.timestamp())
    request.session[STRONG] = now if strong_at is None else strong_at
    begin_session(request)
    with acting_as(coming.actor):
        operations.record_sign_in(
            actor=coming.actor, now=request.now, how=f"{coming.how} and {how}"
        )
    memberships = queries.list_memberships(user_id=user.pk, now=request.now)
    if len(memberships) > 1:
        request.session[NEXT] = onward
        return redirect("accounts:choose")
    note_membership(request, membership_id=memberships[0][0])
    return onwards(request, onward)


def onwards(request: VisitorRequest, address: str) -> HttpResponse:
    """To the page that was asked for, if it is ours; else to the first page."""
    if is_ours(request, address):
        return HttpResponseRedirect(address)
    return redirect("home")
