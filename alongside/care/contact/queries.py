"""Questions about contact. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime

from alongside.care.contact.models import ContactAttempt
from alongside.care.contact.types import Channel


@dataclass(frozen=True, kw_only=True)
class AttemptLine:
    """One attempt as the timeline shows it."""

    at: datetime
    by: str
    channel: Channel
    safety: str
    result: str
    words: str


def list_attempts(*, case_id: int, limit: int) -> list[AttemptLine]:
    """Attempts to reach the person, newest first. One statement."""
    rows = ContactAttempt.objects.filter(case_id=case_id).select_related("by")
    return [
        AttemptLine(
            at=row.at,
            by=row.by.name,
            channel=Channel(row.channel),
            safety=row.safety,
            result=row.result,
            words=row.words,
        )
        for row in rows.order_by("-at", "-pk")[:limit]
    ]
