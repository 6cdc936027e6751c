"""Until when something may be asked for."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.care.code_rights.types import (
    ChildLimit,
    Late,
    Problem,
    RightKind,
    Window,
)
from alongside.care.intake.types import Role
from alongside.care.journey.rules import due_on, is_owed, is_started
from alongside.care.journey.tables import RULES
from alongside.care.journey.types import ClockStart, DeadlineRule, MatterFacts, Trigger
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations.types import Calendar

MONTHS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """Something that happened in a matter. No suspect: it concerns every one.

    `outcome` is the outcome code that it says, empty where it says none; `told_at` when
    the person was first told of it, as far as anybody has said. `sentence` and
    `custody_months` are what a sentence says.
    """

    event: str
    at: datetime
    suspect_ref: str = ""
    outcome: str = ""
    told_at: datetime | None = None
    sentence: str = ""
    custody_months: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """What opened a window: the limit as it stood then, the moment it happened, and
    the one from which it is counted."""

    rule: DeadlineRule
    at: datetime
    counted_from: datetime


def find_openings(
    window: Window,
    *,
    happened: Sequence[Happened],
    crime_at: datetime,
    offence_group: str = "",
    suspect_ref: str = "",
) -> Iterator[Opening]:
    """What opened a window: the crime itself, or what happened to a suspect.

    A limit for some groups of offences opens nothing for another.
    """
    told = [one for one in happened if _concerns(one, suspect_ref)]
    for rule in RULES:
        if rule.code != window.rule:
            continue
        if rule.offence_groups and offence_group not in rule.offence_groups:
            continue
        moments = [
            (one.at, _counted_from(rule, one))
            for one in told
            if one.event in rule.triggers and is_started(rule, one.event, one.outcome)
        ]
        if Trigger.REPORT in rule.triggers:
            moments.append((crime_at, crime_at))
        for at, start in moments:
            # A scheme is for decisions from its first day, told whenever.
            if rule.holds_on(local_day(at)):
                yield Opening(rule=rule, at=at, counted_from=start)


def _counted_from(rule: DeadlineRule, one: Happened) -> datetime:
    """When the limit began to run: some run from when the person was told."""
    if rule.clock is ClockStart.TOLD_AT and one.told_at is not None:
        return one.told_at
    return one.at


def _concerns(one: Happened, suspect_ref: str) -> bool:
    return not suspect_ref or not one.suspect_ref or one.suspect_ref == suspect_ref


def is_offered(
    kind: RightKind,
    *,
    happened: Sequence[Happened],
    record_type: str,
    role: str,
    offence_group: str,
) -> bool:
    """Whether what happened makes the right one to speak of: where it hangs on a limit,
    one of the events must make that limit owed."""
    if not kind.owed_by:
        return True
    return any(
        is_owed(rule, _facts(one, record_type, role, offence_group))
        for rule in RULES
        if rule.code == kind.owed_by
        for one in happened
        if one.event in rule.triggers and rule.holds_on(local_day(one.at))
    )


def _facts(
    one: Happened, record_type: str, role: str, offence_group: str
) -> MatterFacts:
    return MatterFacts(
        record_type=record_type,
        gives_evidence=role != Role.VICTIM,
        in_contact_scheme=False,
        offence_group=offence_group,
        custody_months=one.custody_months,
        trigger=one.event,
        outcome=one.outcome,
        sentence=one.sentence,
    )


def applies(kind: RightKind, *, stage: str, role: str, record_type: str) -> bool:
    """Whether somebody with that part in a matter at that stage may use the right."""
    return (
        stage in kind.stages
        and role in kind.roles
        and (record_type == "crime" or not kind.crime_only)
    )


def window_until(
    openings: Sequence[Opening], *, told_on: date | None, calendar: Calendar
) -> date | None:
    """The last day of a window: from the newest thing that opened it.

    `told_on` is the day the person says that they were told, which counts before what
    we know. Where nobody knows it, counted from what opened it, it is never too late.
    None where nothing has opened it.
    """
    if not openings:
        return None
    newest = max(openings, key=lambda one: one.at)
    start: date | datetime = told_on or newest.counted_from
    closed = calendar.closed_for(newest.rule.duty_holder)
    return due_on(newest.rule, start, False, closed)


def child_until(
    limit: ChildLimit, *, born: date | None, reported_on: date, occurred_on: date
) -> date | None:
    """Until when whoever was a child at the time may claim; None for anybody else.

    Reported before the birthday of majority: until the later birthday. Reported
    after it: so many months from the report.
    """
    if born is None or occurred_on >= _birthday(born, limit.majority):
        return None
    if reported_on < _birthday(born, limit.majority):
        return _birthday(born, limit.birthday)
    return _later(reported_on, limit.months)


def late_problem(
    window: Window, until: date | None, *, on: date, explained: bool
) -> Problem | None:
    """What is said of asking on a day after the window has closed."""
    if until is None or on <= until:
        return None
    day = f"{until.day} {until:%B %Y}"
    if window.late is Late.EXPLAIN:
        if explained:
            return None
        words = f"The time to ask ended on {day}. Say below why it was taken late"
        return Problem(field="words", words=words)
    more = ". If they were told later, fill in that day" if window.told else ""
    return Problem(field="on", words=f"The time to ask ended on {day}{more}")


def _birthday(born: date, age: int) -> date:
    """The birthday of that age; of somebody born on 29 February, 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _later(day: date, months: int) -> date:
    """The same day of a later month, or the last day of it where there is none."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
