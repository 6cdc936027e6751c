"""What a system administrator does to other people's accounts.

The writes are functions of the database, which checks by itself that whoever acts is
an administrator of the area and gave a second factor (walls/sql/functions).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.utils import DatabaseError

from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.permissions import check_has, check_token_end
from alongside.foundation.accounts.rules.links import make_link
from alongside.foundation.accounts.tables import limit
from alongside.foundation.accounts.types import (
    Actor,
    LimitCode,
    NoticeKind,
    Permission,
    Role,
)
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotAllowed, NotFound

INSUFFICIENT = "42501"  # PostgreSQL's own code for "not allowed"


class AlreadyThere(DomainError):
    user_message = "There is already an account with that e-mail address"


@dataclass(frozen=True, kw_only=True)
class NewRole:
    """What somebody is to act as: a role in an agency, and in which team."""

    role: Role
    agency_id: int
    team_id: int | None = None


@transaction.atomic
def make_account(
    *, actor: Actor, now: datetime, email: str, name: str, given: NewRole
) -> tuple[UUID, str]:
    """A new account with one role, and the secret of its invitation, told once.

    Raises:
        NotAllowed: the actor is no administrator, or not of that agency's area.
        AlreadyThere: the e-mail address has an account.
    """
    check_has(actor, Permission.ACCOUNT_MANAGE)
    account_id = _call(
        "accounts_make",
        *(email.strip(), name, given.agency_id, given.team_id, given.role.value, now),
    )
    if account_id is None:
        raise AlreadyThere
    _record(actor, now, AuditAction.ACCOUNT_MADE, account_id, role=given.role)
    return account_id, invite(actor=actor, now=now, account_id=account_id)


@transaction.atomic
def add_membership(
    *, actor: Actor, now: datetime, account_id: UUID, given: NewRole
) -> None:
    """Give somebody another role.

    Raises:
        NotAllowed: it is the actor's own account, or not of their area.
    """
    check_has(actor, Permission.ACCOUNT_MANAGE)
    _call(
        "accounts_add_role",
        *(account_id, given.agency_id, given.team_id, given.role.value),
    )
    _record(actor, now, AuditAction.MEMBERSHIP_ADDED, account_id, role=given.role)


@transaction.atomic
def end_membership(
    *, actor: Actor, now: datetime, account_id: UUID, membership_id: int
) -> None:
    """End one role of somebody: their next click shows nothing.

    Raises:
        NotAllowed: it is the actor's own account, or not of their area.
        NotFound: they have no such role, or it has ended.
    """
    check_has(actor, Permission.ACCOUNT_MANAGE)
    if not _call("accounts_end_role", account_id, membership_id, now):
        raise NotFound
    _record(actor, now, AuditAction.MEMBERSHIP_ENDED, account_id)


@transaction.atomic
def end_account(*, actor: Actor, now: datetime, account_id: UUID) -> None:
    """End every role, token and session somebody has in the area.

    Raises:
        NotAllowed: it is the actor's own account, or not of their area.
    """
    check_has(actor, Permission.ACCOUNT_MANAGE)
    _call("accounts_end", account_id, now)
    _record(actor, now, AuditAction.ACCOUNT_ENDED, account_id)


@transaction.atomic
def invite(*, actor: Actor, now: datetime, account_id: UUID) -> str:
    """The secret of a new invitation, told once; earlier ones no longer work.

    Raises:
        NotAllowed: it is the actor's own account, or not of their area.
    """
    check_has(actor, Permission.ACCOUNT_MANAGE)
    secret, kept = make_link()
    until = now + timedelta(hours=limit(LimitCode.INVITATION_HOURS))
    _call("accounts_invite", account_id, kept, now, until)
    _record(actor, now, AuditAction.ACCOUNT_INVITED, account_id)
    return secret


@transaction.atomic
def start_again(*, actor: Actor, now: datetime, account_id: UUID) -> str:
    """Take away password and second factors; the secret of an invitation, told once.

    The person is told by a notice, which they see when they are in again.

    Raises:
        NotAllowed: it is the actor's own account, or not of their area.
    """
    check_has(actor, Permission.ACCOUNT_MANAGE)
    user_id = _call("accounts_start_again", account_id)
    _record(actor, now, AuditAction.FACTORS_RESET, account_id)
    send_notice(
        actor=actor,
        now=now,
        kind=NoticeKind.ACCOUNT,
        words="An administrator took away your password and second factors.",
        subject=Subject(kind="account", public_id=account_id),
        agency_id=_agency_of(actor, user_id),
        to_user_id=user_id,
    )
    return invite(actor=actor, now=now, account_id=account_id)


@transaction.atomic
def give_machine_token(
    *,
    actor: Actor,
    now: datetime,
    membership_id: int,
    label: str,
    until: datetime | None,
) -> str:
    """A token for a machine that acts as a police liaison, or as somebody of the
    commissioning body, who sees counts alone. It is told once.

    Raises:
        NotAllowed: the actor is no administrator.
        NotFound: there is no such account in their area.
        EndNeeded: a machine that sees counts has an end, and a near one.
    """
    check_has(actor, Permission.ACCOUNT_MANAGE)
    roles = Membership.objects.filter(pk=membership_id).values_list("role", flat=True)
    check_token_end(roles.first() or "", until=until, now=now)
    token = "as_" + secrets.token_urlsafe(32)
    kept = sha256(token.encode()).digest()
    token_id = _call("accounts_make_token", membership_id, label, kept, now, until)
    if token_id is None:
        raise NotFound
    _record(actor, now, AuditAction.API_ACCESS_MADE, token_id, kind="token")
    return token


@transaction.atomic
def end_machine_token(*, actor: Actor, now: datetime, token_id: UUID) -> None:
    """End a token: what the machine sends next is refused.

    Raises:
        NotAllowed: the actor is no administrator.
        NotFound: there is no such token in their area, or it has ended.
    """
    check_has(actor, Permission.ACCOUNT_MANAGE)
    if not _call("accounts_end_token", token_id, now):
        raise NotFound
    _record(actor, now, AuditAction.API_ACCESS_ENDED, token_id, kind="token")


def _agency_of(actor: Actor, user_id: int) -> int | None:
    """An agency of the area that they act for: where they read their notices."""
    rows = Membership.objects.filter(user_id=user_id, agency__area_id=actor.area_id)
    return rows.order_by("pk").values_list("agency_id", flat=True).first()


def _call(function: str, *arguments: Any) -> Any:
    """What one of the database's functions answers."""
    places = ", ".join(["%s"] * len(arguments))
    try:
        # A savepoint: a refusal must leave the transaction fit to say so.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}({places})", arguments)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == INSUFFICIENT:
            raise NotAllowed from error
        raise


def _record(
    actor: Actor,
    now: datetime,
    action: AuditAction,
    subject_id: UUID,
    *,
    role: Role | None = None,
    kind: str = "account",
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind=kind, public_id=subject_id),
        purpose=role.value if role else "",
    )
