"""Planning promises by the facts that stand: one by one, in plain Python.

`planning_sql.FACTS_SAY` is the same for many at once; a test compares the two.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet

from alongside.care.journey.models import Clock
from alongside.care.journey.operations.clocks import OPEN, NewClock, replace_clocks
from alongside.care.journey.queries.reach import list_facts
from alongside.care.journey.rules import due_on, starts_by_itself
from alongside.care.journey.rules.facts import follow_facts, frees
from alongside.care.journey.tables import UnknownRule, rule_for
from alongside.care.journey.types import DeadlineRule, DutyHolder
from alongside.care.journey.types.reach import FactsSay
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.queries import read_calendar


def plan_by_facts(*, actor: Actor, now: datetime, case_ids: Sequence[int]) -> None:
    """Bring the open promises of these cases to what the facts say. Part of what
    changed a fact or started promises.

    What a fact frees from is not owed, with its reason; what no fact frees from any
    more runs again, the old kept. One statement where no fact was ever written down.
    """
    facts = list_facts(case_ids) if case_ids else {}
    if not facts:
        return
    freed: dict[str, list[int]] = {}
    replaced: list[tuple[int, NewClock]] = []
    for clock in _open(list(facts)):
        rule = rule_for(clock.rule, clock.rule_from)
        holder = DutyHolder(clock.holder)
        if clock.due_on is None:
            continue
        says = follow_facts(
            (one for one in facts[clock.case_id] if frees(one, rule, holder)),
            starts_at=clock.starts_at,
            due_on=clock.due_on,
            again=_again(clock, clock.due_on),
        )
        if says == FactsSay(clock.starts_at, clock.due_on, clock.not_owed_reason):
            continue
        if says.starts_at == clock.starts_at and not clock.not_owed_reason:
            freed.setdefault(says.reason, []).append(clock.pk)
        elif says.reason and says.starts_at == clock.starts_at or _still_stands(clock):
            replaced.append((clock.pk, _anew(clock, says)))
    for reason, keys in freed.items():
        Clock.objects.filter(pk__in=keys).update(
            not_owed_reason=reason,
            by_fact=True,
            settled_at=now,
            settled_by_id=actor.user_id,
        )
    replace_clocks(actor=actor, now=now, replacements=replaced)


def _open(case_ids: Sequence[int]) -> QuerySet[Clock]:
    """Held: one that somebody settles at this moment is waited for, and left alone."""
    rows = Clock.objects.select_for_update(of=("self",)).filter(OPEN)
    rows = rows.filter(case_id__in=case_ids)
    return rows.select_related("event", "victimisation").order_by("pk")


def _still_stands(clock: Clock) -> bool:
    """Whether what it was promised for counts: neither corrected nor taken back."""
    if clock.event is not None and clock.event.superseded_by_id is not None:
        return False
    part = clock.victimisation
    return part is None or (part.live and part.same_as_id is None)


def _again(clock: Clock, due: date) -> Callable[[datetime], date]:
    """By when a promise is owed that runs anew from a moment."""

    def again(start: datetime) -> date:
        day = local_day(start)
        rule = _in_force(clock.rule, day)
        if rule is None:
            return day + (due - local_day(clock.starts_at))
        closed = read_calendar().closed_for(rule.duty_holder)
        return due_on(rule, day, clock.enhanced, closed)

    return again


def _anew(clock: Clock, says: FactsSay) -> NewClock:
    rule, holder = rule_for(clock.rule, clock.rule_from), DutyHolder(clock.holder)
    if says.starts_at != clock.starts_at:
        new = _in_force(clock.rule, local_day(says.starts_at))
        rule, holder = (new, new.duty_holder) if new else (rule, holder)
    return NewClock(
        case_id=clock.case_id,
        victimisation_id=clock.victimisation_id,
        event_id=clock.event_id,
        rule=rule,
        holder=holder,
        starts_at=says.starts_at,
        due_on=says.due_on,
        enhanced=clock.enhanced,
        not_owed_reason=says.reason,
    )


@lru_cache(maxsize=4096)
def _in_force(code: str, day: date) -> DeadlineRule | None:
    """The version of a limit in force on a day, where it counts by itself."""
    try:
        rule = rule_for(code, day)
    except UnknownRule:
        return None
    counts = any(starts_by_itself(rule, trigger) for trigger in rule.triggers)
    return rule if counts else None
