"""Making accounts and tokens as the owner of the database."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.foundation.accounts.models import (
    ApiToken,
    Membership,
    SecondFactor,
    User,
)
from alongside.foundation.accounts.permissions import check_strength, check_token_end
from alongside.foundation.accounts.rules.keys import SignInKeys
from alongside.foundation.accounts.rules.sealing import seal_secret
from alongside.foundation.accounts.types import FactorKind, Role
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """An account and the one role it starts with."""

    email: str
    name: str
    role: Role
    agency_id: int
    team_id: int | None = None
    password: str | None = None  # none: an invitation is needed to sign in


@transaction.atomic(using="owner")
def set_up_account(*, actor: str, now: datetime, account: NewAccount) -> Membership:
    """Make an account with one membership, or bring it up to date.

    Without a password an account that has one keeps it.

    Set-up work, done at the command line as the database's owner; `actor` names
    who did it.

    Raises:
        BadPassword: the password is too easy to guess.
    """
    if account.password is not None:
        check_strength(account.password, name=account.name, email=account.email)
    email = account.email.strip().lower()
    user = User.objects.using("owner").filter(email=email).first()
    if user is None:
        user = User(email=email, created_at=now)
    user.name = account.name
    if account.password is None:
        if user.pk is None:
            user.set_unusable_password()
    elif not user.has_usable_password() or not user.check_password(account.password):
        user.set_password(account.password)
    user.save(using="owner")
    membership, is_new = Membership.objects.using("owner").update_or_create(
        user=user,
        agency_id=account.agency_id,
        role=account.role,
        defaults={"team_id": account.team_id, "until": None},
    )
    if is_new:
        _record_set_up(actor, now, AuditAction.ACCOUNT_MADE, user.public_id)
    return membership


@transaction.atomic(using="owner")
def set_up_apps(
    *,
    actor: str,
    now: datetime,
    keys: SignInKeys,
    emails: Sequence[str],
    secret: bytes,
) -> None:
    """Give each of these accounts that has no second factor an app with the secret.

    Set-up work for practice, where everybody may know it.
    """
    users = User.objects.using("owner").filter(email__in=emails, factors=None)
    for user in users:
        kind = FactorKind.APP
        SecondFactor.objects.using("owner").create(
            user=user,
            kind=kind,
            label="Practice app",
            sealed=seal_secret(keys, secret, user_id=user.pk, kind=kind),
            added_at=now,
        )
        _record_set_up(actor, now, AuditAction.FACTOR_ADDED, user.public_id)


def _record_set_up(
    actor: str, now: datetime, action: AuditAction, account_id: UUID
) -> None:
    """Nobody is signed in at the command line: its user's name is noted instead."""
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="account", public_id=account_id),
        purpose=f"set up by {actor}",
        using="owner",
    )


@transaction.atomic(using="owner")
def make_token(
    *,
    actor: str,
    now: datetime,
    membership: Membership,
    label: str,
    until: datetime | None = None,
    in_place_of_others: bool = False,
) -> str:
    """A new token for a machine. It is told once; only its hash is kept.

    It works until the moment given, which is not included, or for good. With
    `in_place_of_others`, live tokens of the same membership and label end now.

    Raises:
        EndNeeded: a machine that sees counts has an end, and a near one.
    """
    check_token_end(membership.role, until=until, now=now)
    tokens = ApiToken.objects.using("owner")
    if in_place_of_others:
        live = tokens.filter(Q(until=None) | Q(until__gt=now))
        live.filter(membership=membership, label=label).update(until=now)
    token = "as_" + secrets.token_urlsafe(32)
    tokens.create(
        membership=membership,
        label=label,
        sha256=sha256(token.encode()).digest(),
        created_at=now,
        until=until,
    )
    _record_set_up(actor, now, AuditAction.API_ACCESS_MADE, membership.user.public_id)
    return token
