"""What happens around every page: headers, the time, the session, who acts.

In settings, in this order and after Django's own session and sign-in middleware:
`PageHeaders` (which may stand first of all), `RequestTime`, `SessionLife`,
`ActorMiddleware`, `Refusals`. A view must return a whole response: what it streams
later would run after the actor's context has ended.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alongside.foundation.accounts import queries
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import Actor, LimitCode
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound
from alongside.foundation.lib.request_id import one_request
from alongside.walls.context import acting_as
from alongside.walls.refused import was_refused
from alongside.web.refusals import note_refusal, note_refused_act

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
        "clipboard-write=(self)"
    ),
    # Not "no-referrer": that strips the Origin by which our own forms are known.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

MEMBERSHIP = "membership"
# When the second factor was last given, in epoch seconds.
STRONG = "strong"
_STARTED, _SEEN = "started", "seen"
# How stale the note of the last request may grow before it is written again.
_NOTE_EVERY = timedelta(minutes=1)


class PageHeaders:
    """Keeps pages out of caches and search engines, and other sites out of pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class RequestTime:
    """Puts the time of the request on it; operations take it from there.

    Whatever it puts on the audit trail carries one number.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.now = timezone.now()
        with one_request():
            return self.get_response(request)


class SessionLife:
    """Ends a session that was left alone, or has lasted too long."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.timed_out = False
        if _STARTED in request.session:
            if _is_over(request.session, request.now):
                logout(request)
                request.timed_out = True
            # HEAD only asks: a page that looks whether its session lives is not in use.
            elif request.method != "HEAD":
                _note_seen(request.session, request.now)
        return self.get_response(request)


class ActorMiddleware:
    """Loads who acts, and runs the page inside their signed database context."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.actor = _load_actor(request)
        if request.actor is None:
            return self.get_response(request)
        with acting_as(request.actor):
            return self.get_response(request)


class Refusals:
    """Turns what an operation refused into a page that says why.

    Every refusal, the API's too, is on the audit trail, though the request is undone.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        note_refusal(request, response.status_code)
        return response

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """404, 403 or 409 with the refusal's own sentence; others are not ours."""
        if was_refused(error):
            error = NotAllowed()
        if not isinstance(error, DomainError):
            return None
        note_refused_act(request, error)
        status = {NotFound: 404, NotAllowed: 403}.get(_family(error), 409)
        page = {"refusal": error.user_message}
        return render(request, "errors/refused.html", page, status=status)


def _family(error: DomainError) -> type[DomainError]:
    families = (NotFound, NotAllowed)
    return next((kind for kind in families if isinstance(error, kind)), DomainError)


def begin_session(request: Any) -> None:
    """Note when the session began. Its whole length counts from here."""
    moment = request.now.timestamp()
    request.session[_STARTED] = request.session[_SEEN] = moment


def note_membership(request: Any, *, membership_id: int) -> None:
    """Note whom the session acts for; changing it does not lengthen the session."""
    request.session[MEMBERSHIP] = membership_id


def _is_over(session: Any, now: datetime) -> bool:
    started = datetime.fromtimestamp(session[_STARTED], UTC)
    seen = datetime.fromtimestamp(session[_SEEN], UTC)
    idle = timedelta(minutes=limit(LimitCode.IDLE_MINUTES))
    whole = timedelta(hours=limit(LimitCode.LIFE_HOURS))
    return now - seen >= idle + _NOTE_EVERY or now - started >= whole


def _note_seen(session: Any, now: datetime) -> None:
    if now - datetime.fromtimestamp(session[_SEEN], UTC) >= _NOTE_EVERY:
        session[_SEEN] = now.timestamp()


def _load_actor(request: Any) -> Actor | None:
    membership_id = request.session.get(MEMBERSHIP)
    if membership_id is None or not request.user.is_authenticated:
        return None
    try:
        actor = queries.get_actor(
            user_id=request.user.pk, now=request.now, membership_id=membership_id
        )
    except NotFound:
        logout(request)
        return None
    return replace(actor, strong_at=int(request.session.get(STRONG, 0)))
