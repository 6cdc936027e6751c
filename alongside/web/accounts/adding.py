"""Adding a second factor: an app that is shown a secret, or a passkey."""

import base64
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from alongside.foundation.accounts import operations, queries
from alongside.foundation.accounts.rules import app_codes
from alongside.foundation.accounts.rules.sealing import open_secret, seal_secret
from alongside.foundation.accounts.types import Actor
from alongside.foundation.gateways import passkeys
from alongside.web.accounts import forms
from alongside.web.accounts.proving import host_name
from alongside.web.shell import SERVICE_NAME

SECRET, QUESTION = "new_secret", "new_passkey"
KIND = "new app"
# So that the square can be told from its surroundings by any camera.
SQUARE_BORDER = 4
GROUP = 4


@dataclass(frozen=True, kw_only=True)
class Secret:
    """A secret as an app takes it: a square to be filmed, or letters to be typed."""

    square: SafeString
    typed: str


def new_secret(request: Any, actor: Actor) -> Secret:
    """The secret offered to this browser: the same until an app has taken it."""
    secret = _kept_secret(request, actor)
    if secret is None:
        secret = app_codes.make_secret()
        sealed = seal_secret(
            settings.SIGN_IN_KEYS, secret, user_id=actor.user_id, kind=KIND
        )
        # Sealed here too: sessions are kept in the database.
        request.session[SECRET] = base64.b64encode(sealed).decode()
    user = queries.get_user(user_id=actor.user_id)
    address = app_codes.setup_address(secret, email=user.email, issuer=SERVICE_NAME)
    written = app_codes.write_secret(secret)
    groups = (written[i : i + GROUP] for i in range(0, len(written), GROUP))
    return Secret(square=_square(address), typed=" ".join(groups))


def add_app(request: Any, actor: Actor, form: forms.AppCode) -> bool:
    """Add the app whose code was typed; a wrong one is said on the form."""
    secret = _kept_secret(request, actor)
    if secret is None:
        form.add_error("code", "That square has run out. Scan this one, then try again")
        return False
    try:
        operations.add_app(
            actor=actor,
            now=request.now,
            keys=settings.SIGN_IN_KEYS,
            secret=secret,
            typed=form.cleaned_data["code"],
        )
    except operations.WrongCode as error:
        form.add_error("code", error.user_message)
        return False
    del request.session[SECRET]
    return True


def ask_for_passkey(request: Any, actor: Actor) -> str:
    """What the browser is asked to make a new passkey, as JSON."""
    user = queries.get_user(user_id=actor.user_id)
    known = queries.list_passkeys(actor=actor, keys=settings.SIGN_IN_KEYS)
    question = passkeys.ask_for_new(
        host=host_name(request),
        user_id=actor.user_id,
        email=user.email,
        name=user.name,
        known=[one.credential for one in known],
    )
    request.session[QUESTION] = question.state
    return question.options


def add_passkey(request: Any, actor: Actor, form: forms.NewPasskey) -> bool:
    """Add the passkey the browser made; a bad one is said on the form."""
    state = request.session.pop(QUESTION, None)
    credential = state and passkeys.take_new(
        host=host_name(request), state=state, answer=form.cleaned_data["code"]
    )
    if not credential:
        form.add_error(None, "Your browser did not give a passkey. Try again")
        return False
    operations.add_passkey(
        actor=actor,
        now=request.now,
        keys=settings.SIGN_IN_KEYS,
        credential=credential,
        label=form.cleaned_data["label"],
    )
    return True


def _kept_secret(request: Any, actor: Actor) -> bytes | None:
    kept = request.session.get(SECRET)
    if kept is None:
        return None
    return open_secret(
        settings.SIGN_IN_KEYS,
        base64.b64decode(kept),
        user_id=actor.user_id,
        kind=KIND,
    )


def _square(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(
        border=SQUARE_BORDER, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308  paths only: segno's own
