"""Who may open a page. The architecture test reads REQUIRED and PUBLIC."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from alongside.foundation.accounts.types import Permission

View = Callable[..., HttpResponse]

REQUIRED: dict[str, Permission] = {}
PUBLIC: set[str] = set()


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
