"""Starting, re-planning and ending clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from alongside.care.journey.models import Clock
from alongside.care.journey.types import DeadlineRule, DutyHolder
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.bulk import bulk_insert, bulk_update, take_ids

CLOCK_COLUMNS = (
    *("case_id", "victimisation_id", "event_id", "rule"),
    *("rule_from", "starts_at", "due_on", "enhanced", "holder", "met_on", "evidence"),
)
# How a clock that takes the place of another stands: that may be not owed, by a fact.
STANDING = ("not_owed_reason", "by_fact", "settled_at", "settled_by_id")
# Neither kept nor settled by anybody: what runs, and what a fact frees from.
OPEN = Q(met_on=None, replaced_by=None) & (Q(not_owed_reason="") | Q(by_fact=True))
# What is kept after all was owed: no fact frees from it any more.
MET = {"not_owed_reason": "", "by_fact": False}


@dataclass(slots=True)
class NewClock:
    """A clock to start. Met at once where `met_on` and `evidence` are given.

    `holder` is who owes it where that is not whom the limit names; `not_owed_reason`
    is why it is not owed, only for one that takes the place of another: a fact that
    may pass, or, with `by_hand`, what somebody settled.
    """

    case_id: int
    victimisation_id: int | None
    rule: DeadlineRule
    starts_at: datetime
    due_on: date
    enhanced: bool
    event_id: int | None = None
    met_on: date | None = None
    evidence: str = ""
    holder: DutyHolder | None = None
    not_owed_reason: str = ""
    by_hand: bool = False


def start_clocks(*, actor: Actor, now: datetime, clocks: Sequence[NewClock]) -> None:
    """Start many clocks. Runs in the transaction of what started them."""
    bulk_insert(Clock, CLOCK_COLUMNS, map(_clock_row, clocks), alike=_at_first(actor))


def _at_first(actor: Actor) -> dict[str, object]:
    return {"area_id": actor.area_id, "not_owed_reason": ""}


def _clock_row(c: NewClock) -> tuple[object, ...]:
    rule = c.rule
    return (
        *(c.case_id, c.victimisation_id, c.event_id, rule.code, rule.in_force_from),
        *(c.starts_at, c.due_on, c.enhanced, c.holder or rule.duty_holder),
        *(c.met_on, c.evidence),
    )


def _standing(
    c: NewClock, actor: Actor, now: datetime
) -> tuple[str, bool, datetime | None, int | None]:
    if c.not_owed_reason:
        return c.not_owed_reason, not c.by_hand, now, actor.user_id
    return "", False, None, None


def replace_clocks(
    *, actor: Actor, now: datetime, replacements: Sequence[tuple[int, NewClock]]
) -> None:
    """Plan running clocks anew: (the clock, what takes its place).

    The old one is kept as it stood, pointing at the one that replaced it.
    """
    if not replacements:
        return
    new_ids = take_ids(Clock, len(replacements))
    bulk_insert(
        Clock,
        ("id", *CLOCK_COLUMNS, *STANDING),
        (
            (pk, *_clock_row(new), *_standing(new, actor, now))
            for pk, (_, new) in zip(new_ids, replacements, strict=True)
        ),
        alike={"area_id": actor.area_id},
    )
    bulk_update(
        Clock,
        ("id", "replaced_by_id", "settled_at", "settled_by_id"),
        (
            (old_id, pk, now, actor.user_id)
            for pk, (old_id, _) in zip(new_ids, replacements, strict=True)
        ),
    )


def end_clocks(
    *, actor: Actor, now: datetime, victimisation_ids: Sequence[int], reason: str
) -> None:
    """Say of the open clocks of these victimisations that they are never owed."""
    if victimisation_ids:
        _end(actor, now, reason, Q(victimisation_id__in=list(victimisation_ids)))


def end_these(
    *, actor: Actor, now: datetime, clock_ids: Sequence[int], reason: str
) -> None:
    """Say of these clocks, where they are open, that they are never owed."""
    if clock_ids:
        _end(actor, now, reason, Q(pk__in=list(clock_ids)))


def _end(actor: Actor, now: datetime, reason: str, which: Q) -> None:
    Clock.objects.filter(OPEN, which).update(
        not_owed_reason=reason,
        by_fact=False,
        settled_at=now,
        settled_by_id=actor.user_id,
    )
