"""What an agency shares with whom on what basis, for those who answer for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.referrals import queries
from alongside.care.referrals.queries import ShareLine
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject


@dataclass(frozen=True, kw_only=True)
class Given:
    """Shares, each with its case's public id, and how many there are in all."""

    lines: tuple[tuple[UUID, ShareLine], ...]
    total: int


def read_given(
    *,
    actor: Actor,
    now: datetime,
    open_only: bool,
    limit: int,
    skip: int = 0,
    as_file: bool = False,
) -> Given:
    """What the actor's agency shares. Two statements; a file is put on the trail."""
    lines = queries.list_given(actor=actor, open_only=open_only, limit=limit, skip=skip)
    if as_file:
        audit.record_event(
            actor=actor,
            now=now,
            action=AuditAction.SHARES_EXPORTED,
            subject=Subject(kind="share"),
        )
    return Given(
        lines=tuple(lines),
        total=queries.count_given(actor=actor, open_only=open_only),
    )
