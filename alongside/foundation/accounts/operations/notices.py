"""Telling members of staff what they must know of."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.foundation.accounts.models import Notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.bulk import bulk_insert


def send_notice(
    *,
    actor: Actor,
    now: datetime,
    kind: NoticeKind,
    words: str,
    subject: Subject,
    agency_id: int | None = None,
    to_user_id: int | None = None,
    to_role: Role | None = None,
) -> None:
    """Tell one person, or everyone of a role, of an agency (the actor's unless given).

    `words` name no person the service supports. The caller's own audit entry says
    what happened; sending is part of it.
    """
    # Without RETURNING: the sender may not read what is sent to others.
    bulk_insert(
        Notice,
        (
            *("area_id", "agency_id", "to_user_id", "to_role", "kind", "words"),
            *("subject_kind", "subject_id", "at"),
        ),
        [
            (
                *(actor.area_id, agency_id or actor.agency_id, to_user_id),
                *(to_role or "", kind, words, subject.kind, subject.public_id, now),
            )
        ],
    )


def mark_read(*, actor: Actor, now: datetime, notice_ids: list[UUID]) -> int:
    """Note that the actor has read these notices of theirs; how many were new."""
    mine = Q(to_user_id=actor.user_id) | Q(to_role=actor.role)
    rows = Notice.objects.filter(mine, public_id__in=notice_ids, read_at=None)
    count = rows.update(read_at=now, read_by_id=actor.user_id)
    if count:
        audit.record_event(
            actor=actor,
            now=now,
            action=AuditAction.NOTICE_READ,
            subject=Subject(kind="notice"),
        )
    return count
