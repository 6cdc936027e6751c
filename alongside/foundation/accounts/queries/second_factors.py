"""Which second factors somebody has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.foundation.accounts.models import RecoveryCode, SecondFactor
from alongside.foundation.accounts.rules import app_codes
from alongside.foundation.accounts.rules.keys import SignInKeys
from alongside.foundation.accounts.rules.sealing import open_secret
from alongside.foundation.accounts.types import Actor, FactorKind


@dataclass(frozen=True, kw_only=True)
class FactorLine:
    """A second factor as its owner's list shows it."""

    public_id: UUID
    kind: FactorKind
    label: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """A passkey to be asked for: its id and public key."""

    public_id: UUID
    credential: bytes


def list_factors(*, actor: Actor) -> list[FactorLine]:
    """The actor's second factors, the oldest first."""
    rows = SecondFactor.objects.filter(user_id=actor.user_id).order_by("pk")
    return [
        FactorLine(
            public_id=row.public_id,
            kind=FactorKind(row.kind),
            label=row.label,
            added_at=row.added_at,
            used_at=row.used_at,
        )
        for row in rows
    ]


def count_recovery_codes(*, actor: Actor) -> int:
    """How many of the actor's recovery codes are not used yet."""
    return RecoveryCode.objects.filter(user_id=actor.user_id, used_at=None).count()


def list_passkeys(*, actor: Actor, keys: SignInKeys) -> list[Passkey]:
    """The actor's passkeys, as a browser is asked for them."""
    kind = FactorKind.PASSKEY
    rows = SecondFactor.objects.filter(user_id=actor.user_id, kind=kind)
    return [
        Passkey(
            public_id=row.public_id,
            credential=open_secret(keys, row.sealed, user_id=actor.user_id, kind=kind),
        )
        for row in rows.order_by("pk")
    ]


def find_practice_code(
    *, actor: Actor, keys: SignInKeys, secret: bytes, now: datetime
) -> str:
    """The code that works now for an app with the practice secret; empty without one.

    For the demonstration only: elsewhere nobody knows anybody's secret.
    """
    kind = FactorKind.APP
    for row in SecondFactor.objects.filter(user_id=actor.user_id, kind=kind):
        if open_secret(keys, row.sealed, user_id=actor.user_id, kind=kind) == secret:
            steps = app_codes.steps_open(now, after=row.last_step)
            # The current one for choice; one used before it is not taken again.
            here = app_codes.step_at(now)
            step = here if here in steps else next(iter(steps), here)
            return app_codes.code_of(secret, step)
    return ""
