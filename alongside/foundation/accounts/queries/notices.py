"""What a member of staff has been told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from alongside.foundation.accounts.models import Notice
from alongside.foundation.accounts.types import Actor, NoticeKind


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """One notice as a list shows it."""

    public_id: UUID
    kind: NoticeKind
    words: str
    subject_kind: str
    subject_id: UUID | None
    at: datetime
    is_read: bool


def _mine(actor: Actor) -> QuerySet[Notice]:
    to_me = Q(to_user_id=actor.user_id) | Q(to_role=actor.role)
    return Notice.objects.filter(to_me, agency_id=actor.agency_id)


def list_notices(*, actor: Actor, limit: int, skip: int = 0) -> list[NoticeLine]:
    """Notices to the actor or their role, the unread first. One statement."""
    rows = _mine(actor).annotate(
        done=ExpressionWrapper(~Q(read_at=None), output_field=BooleanField())
    )
    rows = rows.order_by("done", "-at", "-pk")[skip : skip + limit]
    return [
        NoticeLine(
            public_id=row.public_id,
            kind=NoticeKind(row.kind),
            words=row.words,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            at=row.at,
            is_read=row.read_at is not None,
        )
        for row in rows
    ]


def count_unread(*, actor: Actor) -> int:
    """How many notices to the actor nobody has read yet."""
    return _mine(actor).filter(read_at=None).count()
