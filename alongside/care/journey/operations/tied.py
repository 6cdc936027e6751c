"""Clocks that hang on something written down elsewhere: a step of a right.

Whoever writes it down keeps the keys, so that what was started or met can be put
right with it. Each runs in the transaction of what it hangs on, which audits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.care.journey.models import Clock
from alongside.care.journey.operations.clocks import MET, OPEN, NewClock, end_these
from alongside.care.journey.types import DeadlineRule
from alongside.foundation.accounts.types import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone:
    """How a clock should have stood. None leaves the start as it was; no `met_on`
    lets it run again."""

    starts_at: datetime | None = None
    due_on: date | None = None
    met_on: date | None = None
    evidence: str = ""


def start_tied(*, actor: Actor, now: datetime, clocks: Sequence[NewClock]) -> list[int]:
    """Start a few clocks; their keys."""
    rows = [
        Clock(
            area_id=actor.area_id,
            case_id=new.case_id,
            victimisation_id=new.victimisation_id,
            event_id=new.event_id,
            rule=new.rule.code,
            rule_from=new.rule.in_force_from,
            starts_at=new.starts_at,
            due_on=new.due_on,
            enhanced=new.enhanced,
            holder=new.rule.duty_holder,
            met_on=new.met_on,
            evidence=new.evidence,
        )
        for new in clocks
    ]
    return [row.pk for row in Clock.objects.bulk_create(rows)]


def meet_tied(
    *,
    actor: Actor,
    now: datetime,
    clock_ids: Sequence[int],
    met_on: date,
    evidence: str,
) -> None:
    """Say that running clocks were met on a day, and what shows it."""
    Clock.objects.filter(OPEN, pk__in=list(clock_ids)).update(
        **MET,
        met_on=met_on,
        evidence=evidence,
        settled_at=now,
        settled_by_id=actor.user_id,
    )


def keep_standing(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    victimisation_id: int,
    rule: DeadlineRule,
    met_on: date,
    evidence: str,
) -> int:
    """Say that a promise with no day set was kept: it has a row from then on."""
    kept = Clock.objects.create(
        area_id=actor.area_id,
        case_id=case_id,
        victimisation_id=victimisation_id,
        rule=rule.code,
        rule_from=rule.in_force_from,
        starts_at=now,
        due_on=None,
        enhanced=False,
        holder=rule.duty_holder,
        met_on=met_on,
        evidence=evidence,
        settled_at=now,
        settled_by_id=actor.user_id,
    )
    return kept.pk


def end_tied(
    *, actor: Actor, now: datetime, clock_ids: Sequence[int], reason: str
) -> None:
    """Say of those of the clocks that are open that they are not owed."""
    end_these(actor=actor, now=now, clock_ids=clock_ids, reason=reason)


def redo_tied(
    *, actor: Actor, now: datetime, clock_id: int, redone: Redone
) -> int | None:
    """Put a clock in the place of one that was started or met by mistake; its key.

    The old one is kept as it stood. None where it was replaced already.
    """
    old = Clock.objects.select_for_update().filter(pk=clock_id, replaced_by=None)
    found = old.first()
    if found is None:
        return None
    new = Clock.objects.create(
        area_id=found.area_id,
        case_id=found.case_id,
        victimisation_id=found.victimisation_id,
        event_id=found.event_id,
        rule=found.rule,
        rule_from=found.rule_from,
        starts_at=redone.starts_at or found.starts_at,
        due_on=redone.due_on or found.due_on,
        enhanced=found.enhanced,
        holder=found.holder,
        met_on=redone.met_on,
        evidence=redone.evidence,
    )
    found.replaced_by = new
    found.settled_at, found.settled_by_id = now, actor.user_id
    found.save(update_fields=["replaced_by", "settled_at", "settled_by"])
    return new.pk
