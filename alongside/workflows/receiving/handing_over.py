"""What becomes of the promises of an event in whose place another stands.

What the person was told goes over where it still holds of what stands now. Where it
does not, they are owed what really happened. What was kept for something that never
happened was not kept, and was never due (ADR 0049).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alongside.care.journey import operations as journey
from alongside.care.journey import queries
from alongside.care.journey.operations.tellings import carry_tellings
from alongside.care.journey.queries.clocks import EventClock
from alongside.care.journey.queries.heard import list_heard
from alongside.care.journey.rules import Heard, due_on, still_heard, still_holds
from alongside.care.journey.tables import NOT_OWED, rule_for
from alongside.care.journey.types import ClockStart, Happened, MetBy
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.types import Calendar

CORRECTED = "corrected"
# Kept by the news itself: without it there was nothing to keep.
BY_THE_NEWS = frozenset({MetBy.TOLD_ON, MetBy.RECEIVED_AT})


@dataclass(frozen=True, slots=True)
class Correction:
    """An event that stands in the place of others, and what it promises."""

    event: Happened
    replaces: Sequence[int]
    clocks: Sequence[journey.NewClock]


@dataclass(slots=True)
class _Changes:
    """What is to be written of the promises of a lot of corrections."""

    was: Mapping[int, Happened]
    calendar: Calendar
    fresh: list[journey.NewClock] = field(default_factory=list)
    pairs: list[tuple[int, journey.NewClock]] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    redone: list[journey.Redo] = field(default_factory=list)
    carried: list[tuple[int, int]] = field(default_factory=list)


def hand_over(
    *,
    actor: Actor,
    now: datetime,
    corrections: Sequence[Correction],
    was: Mapping[int, Happened],
    calendar: Calendar,
) -> None:
    """Have the promises of events go over to those in whose place they stand.

    `was` holds the events as they were before. Four statements at most beside what is
    written. Runs in the transaction of what corrects them.
    """
    keys = [key for one in corrections for key in one.replaces]
    old = queries.list_clocks_of_events(event_ids=keys)
    told = list_heard(event_ids=keys)
    changes = _Changes(was, calendar)
    for one in corrections:
        said = [heard for key in one.replaces for heard in told.get(key, ())]
        clocks = [clock for key in one.replaces for clock in old.get(key, ())]
        _correct(changes, one, still_heard(said, one.event), clocks)
    carry_tellings(actor=actor, now=now, carried=changes.carried)
    journey.start_clocks(actor=actor, now=now, clocks=changes.fresh)
    journey.replace_clocks(actor=actor, now=now, replacements=changes.pairs)
    journey.redo_clocks(actor=actor, now=now, redone=changes.redone)
    journey.end_these(actor=actor, now=now, clock_ids=changes.ended, reason=CORRECTED)


def _correct(
    changes: _Changes,
    one: Correction,
    heard: Sequence[Heard],
    clocks: Sequence[EventClock],
) -> None:
    changes.carried.extend((by.telling_id, one.event.event_id) for by in heard)
    standing = [clock for clock in clocks if clock.due_on is None]
    changes.redone.extend(_moved(standing, one.event, changes.was))
    by_rule: dict[str, list[EventClock]] = defaultdict(list)
    for clock in clocks:
        if clock.due_on is not None:
            by_rule[clock.rule].append(clock)
    for new in one.clocks:
        olds = sorted(by_rule.pop(new.rule.code, ()), key=_open_last)
        first = olds[0] if olds else None
        _as_heard(new, heard, changes.calendar)
        if first is None:
            changes.fresh.append(new)
            continue
        holds = still_holds(changes.was[first.event_id], one.event)
        _as_settled(new, first, holds=holds)
        changes.pairs.append((first.clock_id, new))
        by_rule[f"{new.rule.code} again"] = olds[1:]
    for clock in (clock for olds in by_rule.values() for clock in olds):
        _undo(changes, clock)


def _open_last(clock: EventClock) -> tuple[bool, bool, int]:
    return clock.met_on is None, not clock.settled_by_hand, clock.clock_id


def _as_heard(
    new: journey.NewClock, heard: Sequence[Heard], calendar: Calendar
) -> None:
    """As planned from nothing it would stand, by what they were told."""
    if not heard:
        return
    first = heard[0]
    if new.rule.clock is ClockStart.TOLD_AT:
        closed = calendar.closed_for(new.rule.duty_holder)
        new.starts_at = first.told_at
        new.due_on = due_on(new.rule, first.told_at, new.enhanced, closed)
    if new.rule.met_by is MetBy.TOLD_ON:
        new.met_on, new.evidence = local_day(first.told_at), first.evidence


def _as_settled(new: journey.NewClock, old: EventClock, *, holds: bool) -> None:
    """What somebody wrote of the promise stays, where it was not of what was wrong."""
    if new.met_on is not None:
        return
    if old.settled_by_hand:
        if holds or not NOT_OWED[old.not_owed_reason].of_the_news:
            new.not_owed_reason, new.by_hand = old.not_owed_reason, True
    elif old.met_on is not None and (holds or new.rule.met_by not in BY_THE_NEWS):
        new.met_on, new.evidence = old.met_on, old.evidence


def _undo(changes: _Changes, clock: EventClock) -> None:
    """Nothing is promised of it any more. What a step of a right kept is put right
    with the step."""
    rule = rule_for(clock.rule, clock.rule_from)
    if clock.met_on is None:
        if not clock.settled_by_hand:
            changes.ended.append(clock.clock_id)
    elif rule.met_by in BY_THE_NEWS:
        changes.redone.append(
            journey.Redo(clock_id=clock.clock_id, not_owed_reason=CORRECTED)
        )


def _moved(
    standing: Sequence[EventClock], event: Happened, was: Mapping[int, Happened]
) -> Iterator[journey.Redo]:
    """What somebody settled of a promise with no day set stays with what stands now."""
    for clock in standing:
        settled = clock.met_on is not None or clock.not_owed_reason != ""
        if settled and still_holds(was[clock.event_id], event):
            yield journey.Redo(
                clock_id=clock.clock_id,
                met_on=clock.met_on,
                evidence=clock.evidence,
                not_owed_reason=clock.not_owed_reason,
                event_id=event.event_id,
            )
