"""Clocks that turn out to have been settled by what was not so.

The old row is kept as it stood, pointing at the one that took its place. Each runs in
the transaction of what puts it right, which audits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.care.journey.models import Clock
from alongside.foundation.accounts.types import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """How a clock stands after all: met, not owed for a reason, or running.

    Empty `starts_at`, `due_on` and `event_id` leave those as they were.
    """

    clock_id: int
    met_on: date | None = None
    evidence: str = ""
    not_owed_reason: str = ""
    starts_at: datetime | None = None
    due_on: date | None = None
    event_id: int | None = None


def redo_clocks(*, actor: Actor, now: datetime, redone: Sequence[Redo]) -> None:
    """Put clocks in the place of these. One that was replaced meanwhile is left."""
    by_key = {one.clock_id: one for one in redone}
    if not by_key:
        return
    held = Clock.objects.select_for_update().filter(pk__in=by_key, replaced_by=None)
    olds = list(held.order_by("pk"))
    news = Clock.objects.bulk_create(
        [_instead(old, by_key[old.pk], actor, now) for old in olds]
    )
    for old, new in zip(olds, news, strict=True):
        old.replaced_by = new
        old.settled_at, old.settled_by_id = now, actor.user_id
    Clock.objects.bulk_update(olds, ["replaced_by", "settled_at", "settled_by"])


def _instead(old: Clock, redo: Redo, actor: Actor, now: datetime) -> Clock:
    settled = redo.met_on is not None or redo.not_owed_reason != ""
    return Clock(
        area_id=old.area_id,
        case_id=old.case_id,
        victimisation_id=old.victimisation_id,
        event_id=redo.event_id or old.event_id,
        rule=old.rule,
        rule_from=old.rule_from,
        starts_at=redo.starts_at or old.starts_at,
        due_on=redo.due_on or old.due_on,
        enhanced=old.enhanced,
        holder=old.holder,
        met_on=redo.met_on,
        evidence=redo.evidence,
        not_owed_reason=redo.not_owed_reason,
        settled_at=now if settled else None,
        settled_by_id=actor.user_id if settled else None,
    )
