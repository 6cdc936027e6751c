"""Starting, re-planning and ending clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.care.journey.models import Clock
from alongside.care.journey.types import DeadlineRule
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.bulk import bulk_insert, bulk_update, take_ids

CLOCK_COLUMNS = (
    *("case_id", "victimisation_id", "event_id", "rule"),
    *("rule_from", "starts_at", "due_on", "enhanced", "holder", "met_on", "evidence"),
)


@dataclass(slots=True)
class NewClock:
    """A clock to start. Met at once where `met_on` and `evidence` are given."""

    case_id: int
    victimisation_id: int | None
    rule: DeadlineRule
    starts_at: datetime
    due_on: date
    enhanced: bool
    event_id: int | None = None
    met_on: date | None = None
    evidence: str = ""


def start_clocks(*, actor: Actor, now: datetime, clocks: Sequence[NewClock]) -> None:
    """Start many clocks. Runs in the transaction of what started them."""
    bulk_insert(Clock, CLOCK_COLUMNS, map(_clock_row, clocks), alike=_at_first(actor))


def _at_first(actor: Actor) -> dict[str, object]:
    return {"area_id": actor.area_id, "not_owed_reason": ""}


def _clock_row(c: NewClock) -> tuple[object, ...]:
    rule = c.rule
    return (
        *(c.case_id, c.victimisation_id, c.event_id, rule.code, rule.in_force_from),
        *(c.starts_at, c.due_on, c.enhanced, rule.duty_holder, c.met_on, c.evidence),
    )


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
        ("id", *CLOCK_COLUMNS),
        (
            (pk, *_clock_row(new))
            for pk, (_, new) in zip(new_ids, replacements, strict=True)
        ),
        alike=_at_first(actor),
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
    """Say of the running clocks of these victimisations that they are not owed."""
    if victimisation_ids:
        Clock.objects.filter(
            victimisation_id__in=list(victimisation_ids),
            met_on=None,
            not_owed_reason="",
            replaced_by=None,
        ).update(not_owed_reason=reason, settled_at=now, settled_by_id=actor.user_id)


def end_these(
    *, actor: Actor, now: datetime, clock_ids: Sequence[int], reason: str
) -> None:
    """Say of these clocks, as far as they still run, that they are not owed."""
    if clock_ids:
        Clock.objects.filter(
            pk__in=list(clock_ids), met_on=None, not_owed_reason="", replaced_by=None
        ).update(not_owed_reason=reason, settled_at=now, settled_by_id=actor.user_id)
