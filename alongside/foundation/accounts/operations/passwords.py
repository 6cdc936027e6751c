"""Choosing a password."""

from datetime import datetime

from django.db import transaction

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.permissions import check_strength
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError


class WrongPassword(DomainError):
    user_message = "That is not your password"


@transaction.atomic
def change_password(*, actor: Actor, now: datetime, old: str, new: str) -> None:
    """Give the actor a new password. The caller ends their other sessions.

    Raises:
        WrongPassword: the old one is not right; that is on the trail.
        BadPassword: the new one is too easy to guess.
    """
    user = User.objects.select_for_update().get(pk=actor.user_id)
    if not user.check_password(old):
        audit.record_refusal(
            actor=actor,
            now=now,
            action=AuditAction.SIGN_IN_FAILED,
            subject=Subject(kind="account", public_id=user.public_id),
            purpose="password, when changing it",
        )
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
