"""What the trail says of coming and going."""

from datetime import datetime
from uuid import UUID

from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject


def record_sign_in(*, actor: Actor, now: datetime, how: str = "") -> None:
    """Put a sign-in on the audit trail; `how` names the ways, never a value."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.SIGNED_IN,
        subject=Subject(kind="account"),
        purpose=how,
    )


def record_sign_out(*, actor: Actor, now: datetime) -> None:
    """Put a sign-out on the audit trail."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.SIGNED_OUT,
        subject=Subject(kind="account"),
    )


def record_failure(*, actor: object, now: datetime, email: str, why: str) -> None:
    """Put a failed sign-in on the trail, with the account where there is one.

    Asks and writes the same whether the account exists or not. Nobody has signed
    in yet: the entry has no user of its own.
    """
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.SIGN_IN_FAILED,
        subject=Subject(kind="account", public_id=_account_id(email)),
        purpose=why,
    )


def record_throttled(*, actor: object, now: datetime, email: str) -> None:
    """Put on the trail that somebody was told to wait."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.SIGN_IN_THROTTLED,
        subject=Subject(kind="account", public_id=_account_id(email)),
    )


def _account_id(email: str) -> UUID | None:
    rows = User.objects.filter(email=email.strip().lower())
    return rows.values_list("public_id", flat=True).first()
