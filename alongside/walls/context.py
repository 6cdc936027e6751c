"""Who acts, told to the database with a signature it can check.

Row security believes only the signed setting that `acting_as` puts on each
transaction. It is signed anew for every transaction and lives for a minute, so
nothing is left behind on a pooled connection.
"""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from django.conf import settings
from django.db import connections

from alongside.walls.prepared import Prepared

LIFETIME_SECONDS = 60
SETTING = Prepared("SELECT set_config('app.ctx', %s, true)")


class Acting(Protocol):
    """What the context says of an actor."""

    @property
    def user_id(self) -> int: ...
    @property
    def agency_id(self) -> int: ...
    @property
    def area_id(self) -> int: ...
    @property
    def clearance(self) -> int: ...
    @property
    def strong_at(self) -> int: ...


_current: ContextVar[Acting | None] = ContextVar("alongside_actor", default=None)


def sign(actor: Acting, *, key: bytes, kid: int, expires: int) -> str:
    """The setting's text: eight fields with a bar between, the last an HMAC-SHA256.

    kid|user|agency|area|expires|clearance|strong|mac: the clearance is a mask of
    compartments, `strong` when a second factor was last given (epoch seconds, 0
    for never).
    """
    body = (
        f"{kid}|{actor.user_id}|{actor.agency_id}|{actor.area_id}|{expires}"
        f"|{actor.clearance}|{actor.strong_at}"
    )
    return f"{body}|{hmac.new(key, body.encode(), hashlib.sha256).hexdigest()}"


def current_token() -> str:
    """A fresh token for whoever acts now; empty when nobody does."""
    actor = _current.get()
    if actor is None:
        return ""
    kid, key = max(settings.CONTEXT_KEYS.items())
    expires = int(time.time()) + LIFETIME_SECONDS
    return sign(actor, key=key, kid=kid, expires=expires)


def _tell(alias: str) -> None:
    connection = connections[alias]
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(SETTING, [current_token()])


@contextmanager
def acting_as(actor: Acting | None, *, using: str = "default") -> Iterator[None]:
    """Act as somebody, or nobody, for the length of a block and in its transactions."""
    token = _current.set(actor)
    _tell(using)
    try:
        yield
    finally:
        _current.reset(token)
        _tell(using)
