"""Questions about what people asked to hear. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.care.journey.models import Wish
from alongside.care.journey.types import WishKind


@dataclass(frozen=True, kw_only=True)
class WishLine:
    """What somebody asked for, since when, and who wrote it down.

    `channel` is a channel's code, or empty where any safe one will do.
    """

    asks: WishKind
    every_days: int | None
    channel: str
    words: str
    since: datetime
    until: datetime | None
    recorded_by: str


def _line(row: Wish) -> WishLine:
    return WishLine(
        asks=WishKind(row.asks),
        every_days=row.every_days,
        channel=row.channel,
        words=row.words,
        since=row.since,
        until=row.until,
        recorded_by=row.recorded_by.name if row.recorded_by else "",
    )


def wish_now(case_id: int) -> WishLine | None:
    """What the person of a case asks for now; None where nobody has asked them."""
    rows = Wish.objects.select_related("recorded_by").filter(case_id=case_id)
    row = rows.filter(until=None).first()
    return _line(row) if row else None


def list_wishes(case_id: int) -> list[WishLine]:
    """Everything the person asked for over time, newest first. One statement."""
    rows = Wish.objects.select_related("recorded_by").filter(case_id=case_id)
    return [_line(row) for row in rows.order_by("-since", "-pk")]


def standing_wishes(case_ids: Sequence[int]) -> dict[int, WishKind]:
    """How much the people of these cases want to hear, where they said so."""
    rows = Wish.objects.filter(case_id__in=list(case_ids), until=None)
    return {key: WishKind(asks) for key, asks in rows.values_list("case_id", "asks")}
