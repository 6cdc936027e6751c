"""Keeping and ending sessions. The table holds only a hash of each session's key."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.foundation.accounts.models import SignInSession
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class KeptSession:
    """What is written of a session. `data` is signed by Django, and holds no key."""

    sha256: bytes
    data: str
    user_id: int | None
    device: str
    expires_at: datetime


@transaction.atomic
def add_session(*, actor: object, now: datetime, kept: KeptSession) -> bool:
    """Keep a new session; False where one of that key is there already.

    Sessions that are over go at the same time.
    """
    SignInSession.objects.filter(expires_at__lte=now).delete()
    _, is_new = SignInSession.objects.get_or_create(
        sha256=kept.sha256, defaults={"started_at": now, **_fields(now, kept)}
    )
    return is_new


@transaction.atomic
def change_session(*, actor: object, now: datetime, kept: KeptSession) -> bool:
    """Keep what changed in a session; False where it was ended meanwhile."""
    rows = SignInSession.objects.filter(sha256=kept.sha256)
    return rows.update(**_fields(now, kept)) == 1


def _fields(now: datetime, kept: KeptSession) -> dict[str, object]:
    return {
        "data": kept.data,
        "user_id": kept.user_id,
        "device": kept.device,
        "expires_at": kept.expires_at,
        "seen_at": now,
    }


@transaction.atomic
def drop_session(*, actor: object, now: datetime, sha256: bytes) -> None:
    """Forget a session, as its own browser asked."""
    SignInSession.objects.filter(sha256=sha256).delete()


@transaction.atomic
def end_session(*, actor: Actor, now: datetime, session_id: UUID) -> None:
    """End one of the actor's own sessions, wherever it is open.

    Raises:
        NotFound: they have no such session.
    """
    rows = SignInSession.objects.filter(user_id=actor.user_id, public_id=session_id)
    if not rows.delete()[0]:
        raise NotFound("That session has already ended")
    _record(actor, now, "one")


@transaction.atomic
def end_other_sessions(*, actor: Actor, now: datetime, keep: bytes) -> int:
    """End the actor's sessions except the one kept (its SHA-256); how many ended."""
    rows = SignInSession.objects.filter(user_id=actor.user_id).exclude(sha256=keep)
    count = rows.delete()[0]
    if count:
        _record(actor, now, "all others")
    return count


def _record(actor: Actor, now: datetime, which: str) -> None:
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.SESSION_ENDED,
        subject=Subject(kind="account"),
        purpose=which,
    )
