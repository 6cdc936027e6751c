"""Who was joined into whom."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from alongside.care.linking.models import Merge
from alongside.care.linking.types import MergeLine


def get_known_as(*, person_id: UUID) -> UUID | None:
    """By which id a person is known now: their own, or whose they were joined into.

    None where the area has no such person. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT linking_known_as(%s)", [person_id])
        known: UUID | None = cursor.fetchone()[0]
    return known


def was_joined_or_parted(*, person_key: int, since: datetime) -> bool:
    """Whether somebody was joined with another, or parted, after a moment. One
    statement."""
    rows = Merge.objects.filter(Q(kept=person_key) | Q(gone=person_key))
    return rows.filter(Q(made_at__gt=since) | Q(undone_at__gt=since)).exists()


def list_merges(*, person_key: int) -> list[MergeLine]:
    """Every time a person was joined with somebody, newest first. One statement."""
    rows = Merge.objects.filter(Q(kept=person_key) | Q(gone=person_key))
    rows = rows.select_related("kept", "gone", "made_by", "undone_by")
    return [
        MergeLine(
            merge_id=row.public_id,
            kept=row.kept.public_id,
            gone=row.gone.public_id,
            made_at=row.made_at,
            made_by=row.made_by.name,
            reason=row.reason,
            undone_at=row.undone_at,
            undone_by=row.undone_by.name if row.undone_by else "",
            undone_reason=row.undone_reason,
        )
        for row in rows.order_by("-made_at", "-pk")
    ]
