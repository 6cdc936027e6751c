"""The checks that operations share."""

from datetime import datetime, timedelta
from string import digits, punctuation

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import (
    COUNTING_ROLES,
    Actor,
    LimitCode,
    Permission,
)
from alongside.foundation.lib.errors import DomainError, NotAllowed

# Shorter pieces of a name are in too many good passwords.
NAME_PIECE = 4


class BadPassword(DomainError):
    """The password is too easy to guess. The text says what to change."""


class EndNeeded(DomainError):
    """The access of a machine that sees counts lacks an end, or a near one."""


def check_has(actor: Actor, permission: Permission) -> None:
    """Refuse, unless the actor's role holds the permission.

    Raises:
        NotAllowed: it does not.
    """
    if not actor.has(permission):
        raise NotAllowed


def check_token_end(role: str, *, until: datetime | None, now: datetime) -> None:
    """Refuse a token of somebody who sees counts that has no end, or a late one.

    Raises:
        EndNeeded: it has; the text says by when it must end.
    """
    days = limit(LimitCode.COUNTS_TOKEN_DAYS)
    if role in COUNTING_ROLES and (until is None or until > now + timedelta(days)):
        raise EndNeeded(
            f"Enter the last day it works: it sees counts, and has access for {days}"
            " days at most"
        )


def check_strength(password: str, *, name: str, email: str) -> None:
    """Refuse a password that is too short, often used, or made from who they are.

    OWASP ASVS 5.0, 6.2.1, 6.2.4 and 6.2.11; no rules about kinds of letters (6.2.5).

    Raises:
        BadPassword: it is; the text says how.
    """
    least = limit(LimitCode.PASSWORD_LENGTH)
    if len(password) < least:
        raise BadPassword(f"A password needs at least {least} characters")
    if any(_is_common(guess) for guess in _guesses(password.lower())):
        raise BadPassword("That password is one that many people use")
    pieces = [*name.lower().split(), *email.lower().replace("@", ".").split(".")]
    if any(len(it) >= NAME_PIECE and it in password.lower() for it in pieces):
        raise BadPassword("A password must not contain your name or e-mail address")


def _guesses(password: str) -> set[str]:
    """The password, without what is stuck on to it, and without saying it twice."""
    bare = password.strip(digits + punctuation + " ")
    half = password[: len(password) // 2]
    return {password, bare, half} if half * 2 == password else {password, bare}


def _is_common(password: str) -> bool:
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False
