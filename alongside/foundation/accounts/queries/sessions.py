"""Sessions: what one holds, and which of somebody's are live."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.foundation.accounts.models import SignInSession
from alongside.foundation.accounts.types import Actor


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """A live session as its owner's list shows it. `here` is the one that asks."""

    public_id: UUID
    device: str
    started_at: datetime
    seen_at: datetime
    here: bool


def find_session_data(*, sha256: bytes, now: datetime) -> str | None:
    """What a live session holds, still encoded; None where there is none."""
    rows = SignInSession.objects.filter(sha256=sha256, expires_at__gt=now)
    return rows.values_list("data", flat=True).first()


def is_session(*, sha256: bytes) -> bool:
    """Whether there is a session of that key, live or not."""
    return SignInSession.objects.filter(sha256=sha256).exists()


def list_sessions(*, actor: Actor, now: datetime, here: bytes) -> list[SessionLine]:
    """The actor's live sessions, the last used first. `here` is one's SHA-256."""
    rows = SignInSession.objects.filter(user_id=actor.user_id, expires_at__gt=now)
    return [
        SessionLine(
            public_id=row.public_id,
            device=row.device,
            started_at=row.started_at,
            seen_at=row.seen_at,
            here=bytes(row.sha256) == here,
        )
        for row in rows.order_by("-seen_at", "-pk")
    ]
