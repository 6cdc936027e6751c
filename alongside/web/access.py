"""Who may open a page. The architecture test reads REQUIRED, SIGNED_IN and PUBLIC."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import Actor, LimitCode, Permission

View = Callable[..., HttpResponse]

REQUIRED: dict[str, Permission] = {}
SIGNED_IN: set[str] = set()
PUBLIC: set[str] = set()
FRESH: set[str] = set()
READING = {"GET", "HEAD"}


def _name(view: View) -> str:
    return f"{view.__module__}.{view.__qualname__}"


def requires(permission: Permission) -> Callable[[View], View]:
    """Let in only those who hold the permission.

    Someone who has not signed in is asked to, and comes back; someone who has but may
    not is told so (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.actor is None:
                return to_sign_in(request)
            if not request.actor.has(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        REQUIRED[_name(view)] = permission
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """Let in everybody who has signed in: a page about nobody but themselves."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    SIGNED_IN.add(_name(view))
    return guarded


def fresh(minutes: int | None = None) -> Callable[[View], View]:
    """Let in only who gave their second factor lately; stands under the permission.

    Who asks for a page is sent to give it again and comes back. Who sends a form is
    told that nothing was saved; a form has a few minutes more, for filling it in.
    `minutes` is for a page with another limit than the usual one: how old the second
    factor may be when a form is sent; the page opens for those few minutes less.
    """
    save = minutes or limit(LimitCode.FRESH_SAVE_MINUTES)
    filling_in = limit(LimitCode.FRESH_SAVE_MINUTES) - limit(LimitCode.FRESH_MINUTES)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in READING:
                if is_fresh(request.actor, request.now, minutes=save - filling_in):
                    return view(request, *args, **kwargs)
                return redirect(_confirm(request.get_full_path()))
            if is_fresh(request.actor, request.now, minutes=save):
                return view(request, *args, **kwargs)
            page = {"way": _confirm(request.get_full_path())}
            return render(request, "accounts/stale.html", page, status=403)

        FRESH.add(_name(view))
        return guarded

    return decorate


def is_fresh(actor: Actor, now: datetime, *, minutes: int | None = None) -> bool:
    """Whether the actor gave a second factor in the last minutes (the usual limit)."""
    given = datetime.fromtimestamp(actor.strong_at, UTC)
    return now - given <= timedelta(minutes=minutes or limit(LimitCode.FRESH_MINUTES))


def _confirm(address: str) -> str:
    return f"{reverse('accounts:confirm')}?{urlencode({'next': address})}"


def public(view: View) -> View:
    """Say that a page is for anybody, signed in or not."""
    PUBLIC.add(_name(view))
    return view


def to_sign_in(request: Any) -> HttpResponse:
    """The way to the sign-in page, or to the choice of whom to act for, and back."""
    if request.user.is_authenticated:
        return redirect("accounts:choose")
    query = {"next": _address_to_return_to(request)}
    if request.timed_out:
        query["timed_out"] = "1"
    return HttpResponseRedirect(f"{reverse('accounts:sign_in')}?{urlencode(query)}")


def _address_to_return_to(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else "/"
