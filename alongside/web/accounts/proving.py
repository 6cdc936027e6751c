"""Giving a second factor: when signing in, and when asked again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.rules import tries
from alongside.foundation.accounts.types import Actor
from alongside.foundation.gateways import passkeys
from alongside.walls.context import acting_as
from alongside.web.addresses import network_address

QUESTION = "passkey_question"


class Way(StrEnum):
    """What somebody may give as the second of two things."""

    APP = "app"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Whether it was right. `wait` is how long to wait where there were too many."""

    right: bool
    wait: timedelta | None = None


def prove(request: Any, actor: Actor, way: Way, given: str) -> Proof:
    """Judge what was given, once it has been counted."""
    counters = tries.of_second_factor(
        settings.SIGN_IN_KEYS.address,
        user_id=actor.user_id,
        address=network_address(request),
    )
    with acting_as(actor):
        wait = operations.count_try(actor=actor, now=request.now, counters=counters)
        if wait:
            operations.record_throttled(actor=actor, now=request.now, email="")
            return Proof(right=False, wait=wait)
        right = GIVE[way](request, actor, given)
        if right:
            operations.forget_tries(actor=actor, now=request.now, counters=counters)
    return Proof(right=right)


def _give_app(request: Any, actor: Actor, given: str) -> bool:
    return operations.give_app_code(
        actor=actor, now=request.now, keys=settings.SIGN_IN_KEYS, typed=given
    )


def _give_recovery(request: Any, actor: Actor, given: str) -> bool:
    return operations.give_recovery_code(
        actor=actor, now=request.now, keys=settings.SIGN_IN_KEYS, typed=given
    )


def _give_passkey(request: Any, actor: Actor, given: str) -> bool:
    state = request.session.pop(QUESTION, None)
    known = queries.list_passkeys(actor=actor, keys=settings.SIGN_IN_KEYS)
    place = None
    if state and known:
        place = passkeys.take_known(
            host=host_name(request),
            state=state,
            known=[one.credential for one in known],
            answer=given,
        )
    factor_id = None if place is None else known[place].public_id
    operations.note_passkey(actor=actor, now=request.now, factor_id=factor_id)
    return factor_id is not None


GIVE: dict[Way, Callable[[Any, Actor, str], bool]] = {
    Way.APP: _give_app,
    Way.RECOVERY: _give_recovery,
    Way.PASSKEY: _give_passkey,
}


def ask_for_passkey(request: Any, actor: Actor) -> str:
    """What the browser is asked, as JSON; empty where they have no passkey."""
    known = queries.list_passkeys(actor=actor, keys=settings.SIGN_IN_KEYS)
    if not known:
        return ""
    question = passkeys.ask_for_known(
        host=host_name(request), known=[one.credential for one in known]
    )
    request.session[QUESTION] = question.state
    return question.options


def host_name(request: HttpRequest) -> str:
    """The site's name without its port: what a passkey belongs to."""
    return request.get_host().rsplit(":", 1)[0]
