"""Who may use a route. The architecture test reads REQUIRED_API."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from alongside.api.requests import ApiRequest
from alongside.foundation.accounts import permissions, queries
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import NotFound

Route = TypeVar("Route", bound=Callable[..., Any])

REQUIRED_API: dict[str, Permission] = {}


class TokenAuth(HttpBearer):
    """The token in the request's header says who acts. Nothing else does: no session
    and no cookie, so that no other site can have a browser act for somebody."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Who the token acts as, or None where no live token reads like that."""
        now = cast(ApiRequest, request).now
        try:
            return queries.get_actor_by_token(token=token, now=now)
        except NotFound:
            return None


def requires(permission: Permission) -> Callable[[Route], Route]:
    """Let in only tokens whose role holds the permission.

    Raises:
        NotAllowed: it does not.
    """

    def decorate(route: Route) -> Route:
        @wraps(route)
        def guarded(request: ApiRequest, *args: Any, **kwargs: Any) -> Any:
            permissions.check_has(request.auth, permission)
            return route(request, *args, **kwargs)

        REQUIRED_API[f"{route.__module__}.{route.__qualname__}"] = permission
        return cast(Route, guarded)

    return decorate
