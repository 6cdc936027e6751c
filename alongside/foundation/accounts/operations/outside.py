"""Remembering who an agency's identity provider says somebody is."""

from datetime import datetime

from django.db import transaction

from alongside.foundation.accounts.models import OutsideIdentity
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject


@transaction.atomic
def join_outside(*, actor: Actor, now: datetime, provider: str, subject: str) -> None:
    """Keep the provider's own name for the actor, from their first time on."""
    _, is_new = OutsideIdentity.objects.get_or_create(
        provider=provider,
        subject=subject,
        defaults={"user_id": actor.user_id, "since": now},
    )
    if is_new:
        audit.record_event(
            actor=actor,
            now=now,
            action=AuditAction.IDENTITY_JOINED,
            subject=Subject(kind="account"),
            purpose=provider,
        )
