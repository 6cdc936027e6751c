"""When a promise is due, and whether it was kept.

No database and no clock: the day is always given.
"""

import calendar
from collections.abc import Callable, Container
from datetime import date, datetime, timedelta

from alongside.care.journey.rules.details import CUSTODY
from alongside.care.journey.types import (
    ClockStart,
    ClockState,
    DeadlineRule,
    Eligible,
    MatterFacts,
    Trigger,
    Unit,
)
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.working_days import add_working_days

MONTHS = 12
HOURS = 24


def due_on(
    rule: DeadlineRule,
    start: datetime | date,
    enhanced: bool,
    closed: Container[date],
) -> date:
    """The last day on which the promise can be kept.

    The day of the start is day 0, as it falls in London. `closed` holds the public
    holidays. A limit in hours ends on the day in which its last hour falls; counted
    from a mere day it is rounded up to whole days.

    Raises ValueError for a rule that sets no length.
    """
    limit = rule.length(enhanced=enhanced)
    if limit.unit is Unit.NO_NUMBER:
        raise ValueError(f"{rule.code} sets no number of days")
    if limit.unit is Unit.HOURS:
        return _after_hours(start, limit.length)
    day = local_day(start) if isinstance(start, datetime) else start
    if limit.unit is Unit.WORKING_DAYS:
        return add_working_days(day, limit.length, closed)
    if limit.unit is Unit.MONTHS:
        return _add_months(day, limit.length)
    return day + timedelta(days=limit.length)


def clock_state(
    *, due_on: date | None, met_on: date | None, not_owed_reason: str, on: date
) -> ClockState:
    """How a promise stood at the end of the day `on`.

    Due to-day is still due. Kept late is missed, for good: `met_on` says when. What
    happened after `on` is not looked at. Without a day by which it is due a promise
    is owed until it is kept, and never late.
    """
    if not_owed_reason:
        return ClockState.NOT_OWED
    if due_on is None:
        kept = met_on is not None and met_on <= on
        return ClockState.MET if kept else ClockState.OWED
    if met_on is not None and met_on <= on:
        return ClockState.MET if met_on <= due_on else ClockState.MISSED
    return ClockState.MISSED if on > due_on else ClockState.DUE


def is_owed(rule: DeadlineRule, facts: MatterFacts) -> bool:
    """Whether the rule makes its promise to this person in this matter."""
    return (
        facts.record_type in rule.record_types
        and _ELIGIBLE[rule.eligible](facts)
        and _is_about(rule, facts)
        and _long_enough(rule, facts)
        and is_started(rule, facts.trigger, facts.outcome)
    )


def is_started(rule: DeadlineRule, trigger: str, outcome: str) -> bool:
    """Whether what happened starts the rule's limit, by the outcome code that it says.

    One that says none starts what only some codes do not.
    """
    only = {code for event, code in rule.only_outcomes if event == trigger}
    if only and outcome not in only:
        return False
    return (trigger, outcome) not in rule.not_outcomes


def _long_enough(rule: DeadlineRule, facts: MatterFacts) -> bool:
    """Whether a sentence is one that the rule is about.

    Custody of which nobody said how long counts: a promise too many is asked about, one
    that was never made is not.
    """
    if rule.custody_months is None or facts.sentence in rule.sentences:
        return True
    if facts.custody_months is None:
        return facts.sentence == CUSTODY
    return facts.custody_months >= rule.custody_months


def _is_about(rule: DeadlineRule, facts: MatterFacts) -> bool:
    if not rule.offence_groups and not rule.flags:
        return True
    return facts.offence_group in rule.offence_groups or not rule.flags.isdisjoint(
        facts.flags
    )


def _after_hours(start: datetime | date, hours: int) -> date:
    if isinstance(start, datetime):
        return local_day(start + timedelta(hours=hours))
    return start + timedelta(days=-(-hours // HOURS))


def _add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last day of it where there is none."""
    count = day.year * MONTHS + day.month - 1 + months
    year, month = count // MONTHS, count % MONTHS + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last))


_ELIGIBLE: dict[Eligible, Callable[[MatterFacts], bool]] = {
    Eligible.ALL_VICTIMS: lambda facts: True,
    Eligible.WITNESSES: lambda facts: facts.gives_evidence,
    Eligible.CONTACT_SCHEME: lambda facts: facts.in_contact_scheme,
}


def starts_by_itself(rule: DeadlineRule, trigger: str) -> bool:
    """Whether the trigger alone starts the limit's clock.

    A window that counts from the crime itself is opened by whoever asks for it.
    """
    by_crime = trigger == Trigger.REPORT and rule.clock is ClockStart.OCCURRED_AT
    return rule.runs and rule.has_length and not by_crime
