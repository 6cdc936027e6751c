"""Choosing a password."""

from datetime import datetime

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import Actor, LimitCode
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError

# Shorter pieces of a name are in too many good passwords.
NAME_PIECE = 4


class BadPassword(DomainError):
    """The password is too easy to guess. The text says what to change."""


class WrongPassword(DomainError):
    user_message = "That is not your password"


def check_strength(password: str, *, name: str, email: str) -> None:
    """Refuse what is too short, often used, or made from who they are.

    OWASP ASVS 5.0, 6.2.1, 6.2.4 and 6.2.11; no rules about kinds of letters (6.2.5).

    Raises:
        BadPassword: it is; the text says how.
    """
    least = limit(LimitCode.PASSWORD_LENGTH)
    if len(password) < least:
        raise BadPassword(f"A password needs at least {least} characters")
    try:
        CommonPasswordValidator().validate(password.lower())
    except ValidationError:
        raise BadPassword("That password is one that many people use") from None
    pieces = [*name.lower().split(), *email.lower().replace("@", ".").split(".")]
    if any(len(it) >= NAME_PIECE and it in password.lower() for it in pieces):
        raise BadPassword("A password must not contain your name or e-mail address")


@transaction.atomic
def change_password(*, actor: Actor, now: datetime, old: str, new: str) -> None:
    """Give the actor a new password. The caller ends their other sessions.

    Raises:
        WrongPassword: the old one is not right.
        BadPassword: the new one is too easy to guess.
    """
    user = User.objects.select_for_update().get(pk=actor.user_id)
    if not user.check_password(old):
        raise WrongPassword
    check_strength(new, name=user.name, email=user.email)
    user.set_password(new)
    user.save(update_fields=["password"])
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.PASSWORD_CHANGED,
        subject=Subject(kind="account", public_id=user.public_id),
    )
