"""Links with which somebody chooses their password, once."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.foundation.accounts.models import (
    Invitation,
    Membership,
    SignInSession,
)
from alongside.foundation.accounts.permissions import check_strength
from alongside.foundation.accounts.rules.links import hash_link, make_link
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import LimitCode
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound


@transaction.atomic(using="owner")
def set_up_invitation(*, actor: str, now: datetime, membership: Membership) -> str:
    """The secret of a link for somebody whose account was set up; told once.

    Set-up work, done at the command line as the database's owner.
    """
    secret, kept = make_link()
    rows = Invitation.objects.using("owner")
    rows.filter(user=membership.user, until__gt=now).update(until=now)
    rows.create(
        user=membership.user,
        sha256=kept,
        made_at=now,
        until=now + timedelta(hours=limit(LimitCode.INVITATION_HOURS)),
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.ACCOUNT_INVITED,
        subject=Subject(kind="account", public_id=membership.user.public_id),
        purpose=f"set up by {actor}",
        using="owner",
    )
    return secret


@transaction.atomic
def use_invitation(*, actor: object, now: datetime, secret: str, password: str) -> None:
    """Choose a password with a link, which is used up by it.

    Nobody has signed in: `actor` says who asks, as far as anybody knows.

    Raises:
        NotFound: the link was never made, was used, or has run out.
        BadPassword: the password is too easy to guess.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("user")
    found = rows.filter(
        sha256=hash_link(secret), used_at=None, until__gt=now, user__is_active=True
    ).first()
    if found is None:
        raise NotFound
    user = found.user
    check_strength(password, name=user.name, email=user.email)
    user.set_password(password)
    user.save(update_fields=["password"])
    found.used_at = now
    found.save(update_fields=["used_at"])
    SignInSession.objects.filter(user=user).delete()
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.PASSWORD_CHANGED,
        subject=Subject(kind="account", public_id=user.public_id),
        purpose="invitation",
    )
