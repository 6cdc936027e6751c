"""Giving, using and taking away second factors.

Each works for the account of whoever acts: nobody does this for somebody else,
except an administrator who takes all of them away.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.foundation.accounts.models import RecoveryCode, SecondFactor
from alongside.foundation.accounts.rules import app_codes, recovery_codes
from alongside.foundation.accounts.rules.keys import SignInKeys
from alongside.foundation.accounts.rules.sealing import open_secret, seal_secret
from alongside.foundation.accounts.types import Actor, FactorKind
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound


class WrongCode(DomainError):
    user_message = "That is not the code your app shows now"


class LastFactor(DomainError):
    user_message = "This is your only second factor: add another before you remove it"


@transaction.atomic
def add_app(
    *, actor: Actor, now: datetime, keys: SignInKeys, secret: bytes, typed: str
) -> None:
    """Add an authenticator app, once it has shown that it has the secret.

    Raises:
        WrongCode: what was typed is not what the app would show.
    """
    step = app_codes.find_step(secret, typed, now=now, after=0)
    if step is None:
        raise WrongCode
    _add(
        actor,
        now,
        FactorKind.APP,
        label="Authenticator app",
        sealed=seal_secret(keys, secret, user_id=actor.user_id, kind=FactorKind.APP),
        last_step=step,
    )


@transaction.atomic
def add_passkey(
    *, actor: Actor, now: datetime, keys: SignInKeys, credential: bytes, label: str
) -> None:
    """Add a passkey that has been checked; `credential` is its id and public key."""
    kind = FactorKind.PASSKEY
    sealed = seal_secret(keys, credential, user_id=actor.user_id, kind=kind)
    _add(actor, now, kind, label=label, sealed=sealed)


def _add(
    actor: Actor, now: datetime, kind: FactorKind, *, label: str, **fields: object
) -> None:
    factor = SecondFactor(
        user_id=actor.user_id, kind=kind, label=label, added_at=now, **fields
    )
    factor.save(force_insert=True)
    _record(actor, now, AuditAction.FACTOR_ADDED, str(kind))


@transaction.atomic
def remove_factor(*, actor: Actor, now: datetime, factor_id: UUID) -> None:
    """Take away one of the actor's factors, never the last.

    Raises:
        NotFound: they have no such factor.
        LastFactor: they have no other.
    """
    rows = SecondFactor.objects.select_for_update().filter(user_id=actor.user_id)
    factors = {row.public_id: row for row in rows}
    if factor_id not in factors:
        raise NotFound
    if len(factors) == 1:
        raise LastFactor
    factors[factor_id].delete()
    _record(actor, now, AuditAction.FACTOR_REMOVED, factors[factor_id].kind)


@transaction.atomic
def make_recovery_codes(
    *, actor: Actor, now: datetime, keys: SignInKeys
) -> tuple[str, ...]:
    """A fresh set in place of the old one. It is told once; only hashes are kept."""
    codes = recovery_codes.make_codes()
    RecoveryCode.objects.filter(user_id=actor.user_id).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            user_id=actor.user_id,
            mac=recovery_codes.hash_code(keys.code, user_id=actor.user_id, typed=code),
            made_at=now,
        )
        for code in codes
    )
    _record(actor, now, AuditAction.RECOVERY_CODES_MADE)
    return codes


@transaction.atomic
def give_app_code(*, actor: Actor, now: datetime, keys: SignInKeys, typed: str) -> bool:
    """Whether an app of the actor's shows this code now; it works once."""
    rows = SecondFactor.objects.select_for_update().filter(
        user_id=actor.user_id, kind=FactorKind.APP
    )
    for row in rows.order_by("pk"):
        secret = open_secret(
            keys, row.sealed, user_id=actor.user_id, kind=FactorKind.APP
        )
        step = app_codes.find_step(secret, typed, now=now, after=row.last_step)
        if step is not None:
            row.last_step, row.used_at = step, now
            row.save(update_fields=["last_step", "used_at"])
            _record(actor, now, AuditAction.FACTOR_GIVEN, FactorKind.APP)
            return True
    _record(actor, now, AuditAction.FACTOR_FAILED, FactorKind.APP)
    return False


@transaction.atomic
def give_recovery_code(
    *, actor: Actor, now: datetime, keys: SignInKeys, typed: str
) -> bool:
    """Whether this is one of the actor's recovery codes; it is used up by this."""
    mac = recovery_codes.hash_code(keys.code, user_id=actor.user_id, typed=typed)
    rows = RecoveryCode.objects.filter(
        user_id=actor.user_id, mac=mac, used_at__isnull=True
    )
    right = rows.update(used_at=now) == 1
    action = AuditAction.RECOVERY_CODE_USED if right else AuditAction.FACTOR_FAILED
    _record(actor, now, action, "" if right else "recovery code")
    return right


@transaction.atomic
def note_passkey(*, actor: Actor, now: datetime, factor_id: UUID | None) -> None:
    """Note which passkey was given; None for one that did not prove itself."""
    rows = SecondFactor.objects.filter(user_id=actor.user_id)
    right = bool(factor_id and rows.filter(public_id=factor_id).update(used_at=now))
    action = AuditAction.FACTOR_GIVEN if right else AuditAction.FACTOR_FAILED
    _record(actor, now, action, FactorKind.PASSKEY)


def _record(
    actor: Actor, now: datetime, action: AuditAction, purpose: str = ""
) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=action,
        subject=Subject(kind="account"),
        purpose=str(purpose),
    )
